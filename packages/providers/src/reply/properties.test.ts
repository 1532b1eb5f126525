import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PROVIDER_TYPE_DEFINITIONS, type ProviderTypeDefinition, type UsageReading } from '../index.js';

const ENDPOINTS = [
  ...['chat.completions', 'responses', 'messages', 'embeddings', 'opaque'],
  ...['stream_generate_content', 'embed_content', 'interactions'],
];

const seeds = ['openai', 'anthropic', 'openai-compatible', 'google', 'vertex'].flatMap((folder) => {
  const home = new URL(`../${folder}/fixtures/`, import.meta.url);
  const names = readdirSync(home).filter((file) => !file.endsWith('.expected.json'));
  return names.map((file) => readFileSync(new URL(file, home)));
});

function read(definition: ProviderTypeDefinition, endpoint: string, pieces: readonly Uint8Array[]): UsageReading {
  const reader = definition.usageReader(endpoint, { status: 200, contentType: 'text/event-stream' });
  for (const piece of pieces) reader.push(piece);
  return reader.read();
}

function filter(definition: ProviderTypeDefinition, pieces: readonly Buffer[]): string {
  const stream = definition.streamFilter();
  const out = pieces.map((piece) => Buffer.from(stream.push(piece)));
  return Buffer.concat([...out, stream.flush()]).toString('latin1');
}

function mutated(seed: Buffer, edits: readonly { at: number; bytes: Uint8Array; drop: number }[]): Buffer {
  let body = seed;
  for (const { at, bytes, drop } of edits) {
    const place = at % (body.length + 1);
    body = Buffer.concat([body.subarray(0, place), bytes, body.subarray(place + drop)]);
  }
  return body;
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
        '\n\n',
        '\r',
        'data:',
        '"usage":',
        'null',
        '-1',
        '1e999',
        '{"a":'.repeat(200),
      )
      .map((text) => Buffer.from(text)),
  ),
});

/** Many runs on a busy machine, not slow code. */
const TIMEOUT_MS = 120_000;

describe('any bytes at all', { timeout: TIMEOUT_MS }, () => {
  it('10,000 mutated answers never throw, read the same however they are cut, and keep their meters sound', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...seeds),
        fc.array(edit, { minLength: 1, maxLength: 5 }),
        fc.constantFrom(...PROVIDER_TYPE_DEFINITIONS),
        fc.constantFrom(...ENDPOINTS),
        fc.nat(),
        (seed, edits, definition, endpoint, at) => {
          const body = mutated(seed, edits);
          const cut = at % (body.length + 1);
          const pieces = [body.subarray(0, cut), body.subarray(cut)];
          const reading = read(definition, endpoint, [body]);
          expect(read(definition, endpoint, pieces)).toEqual(reading);
          expect(filter(definition, pieces)).toBe(filter(definition, [body]));
          for (const count of Object.values({ ...reading.meters, ...reading.otherMeters })) {
            expect(Number.isSafeInteger(count) && count >= 0).toBe(true);
          }
        },
      ),
      { numRuns: 10_000 },
    );
  });
});

const NINE = '9'.charCodeAt(0);

/** A buffer that counts how many of its bytes are looked at. */
function counted(bytes: Buffer, work: { bytes: number }): Buffer {
  return new Proxy(bytes, {
    get(target, name) {
      // Asked for at every step of every loop: found out without a pattern.
      if (name === 'length') return target.length;
      if (typeof name === 'string' && name.charCodeAt(0) <= NINE) {
        work.bytes++;
        return target[name as unknown as number];
      }
      if (name === 'indexOf') {
        return (wanted: number | Buffer, from = 0) => {
          const at = target.indexOf(wanted, from);
          work.bytes += (at < 0 ? target.length : at) - from + 1;
          return at;
        };
      }
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

describe('work grows with the bytes, not faster', { timeout: TIMEOUT_MS }, () => {
  const patterns: [string, (n: number) => string][] = [
    ['chat events', (n) => 'data: {"choices":[{"delta":{"content":"x"}}],"usage":null}\n\n'.repeat(n / 60)],
    ['usage in every event', (n) => 'data: {"model":"m","choices":[],"usage":{"prompt_tokens":1}}\n\n'.repeat(n / 60)],
    ['carriage returns', (n) => '\r'.repeat(n)],
    ['line feeds', (n) => '\n'.repeat(n)],
    ['alternating line ends', (n) => 'data: x\r\rdata: y\n\n'.repeat(n / 18)],
    ['one line', (n) => `data: ${'x'.repeat(n)}`],
    ['quotes', (n) => `data: ${'"'.repeat(n)}`],
    ['odd quotes in many events', (n) => 'data: {"\n\n'.repeat(n / 10)],
    ['backslashes in a string', (n) => `data: {"a":"${'\\'.repeat(n)}`],
    ['nesting', (n) => `data: {"a":${'['.repeat(n)}`],
    ['keys', (n) => `data: {${'"usage":{},'.repeat(n / 11)}`],
    ['one long key', (n) => `data: {"${'k'.repeat(n)}`],
    ['comments', (n) => ': "usage":{\n'.repeat(n / 12)],
    ['JSON array', (n) => `[${'{"candidates":[{"content":{"parts":[{}]}}],"usageMetadata":{}},'.repeat(n / 66)}`],
    ['arrays in arrays', (n) => `[{"candidates":${'['.repeat(n)}`],
    ['elements', (n) => `{"candidates":[${'{"finishReason":1},'.repeat(n / 19)}`],
    ['JSON body', (n) => `{"a":[${'{"usage":"\\""},'.repeat(n / 15)}`],
  ];
  const pieceSizes = [1, 61, 4_096, Number.POSITIVE_INFINITY];
  const cases = patterns.flatMap(([name, make]) => pieceSizes.map((size) => ({ name, make, size })));

  it.each(cases)('$name in pieces of $size', ({ make, size }) => {
    for (const definition of PROVIDER_TYPE_DEFINITIONS) {
      const own = definition.type === 'google' ? ['stream_generate_content', 'predict'] : [];
      for (const endpoint of ['chat.completions', 'responses', 'messages', ...own]) {
        const worked = [4_096, 8_192].map((n) => {
          const work = { bytes: 0 };
          const bytes = Buffer.from(make(n));
          const reader = definition.usageReader(endpoint, { status: 200, contentType: '' });
          const stream = definition.streamFilter();
          for (let at = 0; at < bytes.length; at += size) {
            const piece = counted(bytes.subarray(at, at + size), work);
            reader.push(piece);
            stream.push(piece);
          }
          reader.read();
          return work.bytes;
        });
        const [small = 0, large = 0] = worked;
        expect(large).toBeLessThanOrEqual(2.1 * small + 1_000);
        expect(large).toBeLessThanOrEqual(24 * 8_192);
      }
    }
  });
});
