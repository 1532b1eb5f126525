import { readdirSync, readFileSync } from 'node:fs';
import type { ProviderType } from '@weir/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { providerTypeOf, type UsageReading } from '../index.js';

interface Recorded {
  readonly type: ProviderType;
  readonly endpoint: string;
  readonly status: number;
  readonly contentType: string;
  readonly body: Buffer;
}

const FOLDERS = [
  ...['mistral', 'groq', 'cohere', 'deepseek', 'together', 'perplexity', 'fireworks', 'ai21', 'xai', 'replicate'],
  ...['hugging-face', 'ollama', 'azure-openai', 'azure-foundry'],
];

const recorded = FOLDERS.flatMap((folder) => {
  const home = new URL(`../${folder}/fixtures/`, import.meta.url);
  const files = readdirSync(home);
  return files.flatMap((file): Recorded[] => {
    if (!file.endsWith('.expected.json')) return [];
    const name = file.replace('expected.json', '');
    const body = readFileSync(new URL(files.find((other) => other !== file && other.startsWith(name)) as string, home));
    return [{ ...(JSON.parse(readFileSync(new URL(file, home), 'utf8')) as Omit<Recorded, 'body'>), body }];
  });
});

function read(answer: Recorded, pieces: readonly Uint8Array[]): UsageReading {
  const reader = providerTypeOf(answer.type).usageReader(answer.endpoint, answer);
  for (const piece of pieces) reader.push(piece);
  return reader.read();
}

const edit = fc.record({
  at: fc.nat(),
  drop: fc.nat(20),
  bytes: fc.oneof(
    fc.uint8Array({ maxLength: 6 }),
    fc
      .constantFrom(
        '"',
        '\\',
        '{',
        '}',
        '[',
        ']',
        ',',
        '\n',
        '\r',
        '-1',
        '1e999',
        '0.5',
        '"usage":',
        'null',
        '{"a":'.repeat(200),
      )
      .map((text) => Buffer.from(text)),
  ),
});

/** Many runs on a busy machine, not slow code. */
const TIMEOUT_MS = 120_000;

it('3,000 mutated answers never throw, read the same however they are cut, and keep their meters sound', {
  timeout: TIMEOUT_MS,
}, () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...recorded),
      fc.array(edit, { minLength: 1, maxLength: 4 }),
      fc.nat(),
      (answer, edits, at) => {
        let { body } = answer;
        for (const { at: place, bytes, drop } of edits) {
          const from = place % (body.length + 1);
          body = Buffer.concat([body.subarray(0, from), bytes, body.subarray(from + drop)]);
        }
        const cut = at % (body.length + 1);
        const reading = read(answer, [body]);
        expect(read(answer, [body.subarray(0, cut), body.subarray(cut)])).toEqual(reading);
        const { meters, otherMeters } = reading;
        for (const count of Object.values({ ...meters, ...otherMeters })) {
          expect(Number.isSafeInteger(count) && count >= 0).toBe(true);
        }
        expect(meters.reasoning ?? 0).toBeLessThanOrEqual(meters.output ?? Number.POSITIVE_INFINITY);
        expect(meters.imageInput ?? 0).toBeLessThanOrEqual(meters.input ?? Number.POSITIVE_INFINITY);
      },
    ),
    { numRuns: 3_000 },
  );
});

describe('every token is counted once, whatever the numbers', () => {
  const count = fc.nat(2_000_000);
  const metersOf = (type: ProviderType, endpoint: string, usage: object) => {
    const head = { status: 200, contentType: 'application/json' };
    const reader = providerTypeOf(type).usageReader(endpoint, head);
    reader.push(Buffer.from(JSON.stringify({ model: 'm', choices: [], usage })));
    return reader.read().meters;
  };
  const cachedOf = (prompt: number, share: number) => Math.floor((prompt * share) / 100);
  const quantities = [count, fc.nat(100), count, count] as const;

  it('xAI: reasoning beside the completion, inside the total', () => {
    fc.assert(
      fc.property(...quantities, (prompt, share, completion, reasoning) => {
        const cached = cachedOf(prompt, share);
        const meters = metersOf('xai', 'chat.completions', {
          ...{ prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion + reasoning },
          prompt_tokens_details: { cached_tokens: cached },
          completion_tokens_details: { reasoning_tokens: reasoning },
        });
        expect(meters).toEqual({
          input: prompt - cached,
          cachedInput: cached,
          output: completion + reasoning,
          reasoning,
        });
      }),
    );
  });

  it('Perplexity: reasoning beside the completion, outside the total', () => {
    fc.assert(
      fc.property(...quantities, (prompt, _share, completion, reasoning) => {
        const meters = metersOf('perplexity', 'chat.completions', {
          ...{ prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion },
          reasoning_tokens: reasoning,
        });
        expect(meters).toEqual({ input: prompt, output: completion + reasoning, reasoning });
      }),
    );
  });

  it.each<ProviderType>(['deepseek', 'mistral', 'groq', 'fireworks', 'ai21', 'cohere'])(
    '%s: parts inside their totals',
    (type) => {
      fc.assert(
        fc.property(...quantities, (prompt, share, completion, part) => {
          const cached = cachedOf(prompt, share);
          const reasoning = Math.min(part, completion);
          const meters = metersOf(type, 'chat.completions', {
            ...{ prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion },
            prompt_tokens_details: { cached_tokens: cached },
            completion_tokens_details: { reasoning_tokens: reasoning },
          });
          expect(meters).toEqual({ input: prompt - cached, cachedInput: cached, output: completion, reasoning });
        }),
      );
    },
  );
});
