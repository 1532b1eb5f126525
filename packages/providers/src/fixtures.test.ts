import { readdirSync, readFileSync } from 'node:fs';
import type { ProviderType } from '@weir/contracts';
import { describe, expect, it } from 'vitest';
import { providerTypeOf, type UsageReading } from './index.js';

interface Expected {
  readonly type: ProviderType;
  readonly endpoint: string;
  readonly status: number;
  readonly contentType: string;
  readonly sawToken: boolean;
  /** The page or the public report that the answer follows. */
  readonly source?: string;
  readonly reading: UsageReading;
}

const FOLDERS = [
  ...['openai', 'anthropic', 'openai-compatible', 'google', 'vertex', 'azure-openai', 'azure-foundry', 'mistral'],
  ...['groq', 'cohere', 'deepseek', 'together', 'perplexity', 'fireworks', 'ai21', 'xai', 'replicate', 'hugging-face'],
  'ollama',
];

function read(pieces: readonly Buffer[], expected: Expected): { reading: UsageReading; sawToken: boolean } {
  const reader = providerTypeOf(expected.type).usageReader(expected.endpoint, expected);
  for (const piece of pieces) reader.push(piece);
  return { reading: reader.read(), sawToken: reader.sawToken };
}

describe.each(FOLDERS)('recorded %s answers', (folder) => {
  const home = new URL(`./${folder}/fixtures/`, import.meta.url);
  const files = readdirSync(home);
  const cases = files
    .filter((file) => file.endsWith('.expected.json'))
    .map((file) => file.replace('.expected.json', ''));

  it.each(cases)('%s reads the same whole, cut at every byte and byte by byte', (name) => {
    const expected = JSON.parse(readFileSync(new URL(`${name}.expected.json`, home), 'utf8')) as Expected;
    const { reading, sawToken } = expected;
    const file = files.find((candidate) => candidate !== `${name}.expected.json` && candidate.startsWith(`${name}.`));
    const bytes = readFileSync(new URL(file as string, home));
    expect(read([bytes], expected)).toEqual({ reading, sawToken });
    const text = JSON.stringify({ reading: read([bytes], expected).reading, sawToken });
    for (let cut = 0; cut <= bytes.length; cut++) {
      const answer = JSON.stringify(read([bytes.subarray(0, cut), bytes.subarray(cut)], expected));
      if (answer !== text) expect.fail(`cut at ${cut}: ${answer}`);
    }
    const single = Array.from({ length: bytes.length }, (_, at) => bytes.subarray(at, at + 1));
    expect(read(single, expected)).toEqual({ reading, sawToken });
  });
});
