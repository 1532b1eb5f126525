import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encoded, type FixtureMessage } from '../../test/bedrock-events.js';
import type { UsageReading } from '../provider-type.js';
import { bedrock } from './index.js';

const home = new URL('./fixtures/', import.meta.url);
const seeds = readdirSync(home)
  .filter((file) => !file.endsWith('.expected.json'))
  .map((file) => ({ file, bytes: readFileSync(new URL(file, home)) }))
  .map(({ file, bytes }) =>
    file.endsWith('.events.json') ? encoded(JSON.parse(bytes.toString()) as FixtureMessage[]) : bytes,
  );

const ENDPOINTS = ['converse', 'converse_stream', 'invoke', 'invoke_stream', 'chat.completions', 'opaque'];
/** Many runs on a busy machine, not slow code. */
const TIMEOUT_MS = 120_000;

function read(endpoint: string, status: number, pieces: readonly Uint8Array[], header?: string): UsageReading {
  const head = { status, contentType: 'application/vnd.amazon.eventstream', header: () => header ?? null };
  const reader = bedrock.usageReader(endpoint, head);
  for (const piece of pieces) reader.push(piece);
  return reader.read();
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
  drop: fc.nat(40),
  bytes: fc.oneof(
    fc.uint8Array({ maxLength: 12 }),
    fc.constantFrom('"usage":{', '"', '\\', '{', '}', '"bytes":"', '-1', '1e99').map((text) => Buffer.from(text)),
  ),
});

describe('any bytes at all', { timeout: TIMEOUT_MS }, () => {
  it('5,000 damaged answers never throw, read the same however they are cut, and keep their meters sound', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...seeds),
        fc.array(edit, { maxLength: 4 }),
        fc.constantFrom(...ENDPOINTS),
        fc.constantFrom(200, 400),
        fc.array(fc.nat(), { minLength: 1, maxLength: 6 }),
        fc.option(fc.string(), { nil: undefined }),
        (seed, edits, endpoint, status, at, header) => {
          const body = mutated(seed, edits);
          const cuts = [0, ...at.map((cut) => cut % (body.length + 1)).sort((a, b) => a - b), body.length];
          const pieces = cuts.slice(1).map((cut, index) => body.subarray(cuts[index], cut));
          const reading = read(endpoint, status, [body], header);
          expect(read(endpoint, status, pieces, header)).toEqual(reading);
          for (const count of Object.values({ ...reading.meters, ...reading.otherMeters })) {
            expect(Number.isSafeInteger(count) && count >= 0).toBe(true);
          }
        },
      ),
      { numRuns: 5_000 },
    );
  });

  it('no bit of a closing message can be turned and still be believed', () => {
    const usage = { inputTokens: 14, outputTokens: 28, totalTokens: 42 };
    const headers = { ':event-type': 'metadata', ':message-type': 'event' };
    const bytes = encoded([{ headers, payload: { usage } }]);
    expect(read('converse_stream', 200, [bytes]).meters).toEqual({ input: 14, output: 28 });
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const damaged = Buffer.from(bytes);
      damaged[bit >> 3] = (damaged[bit >> 3] as number) ^ (1 << (bit & 7));
      expect(read('converse_stream', 200, [damaged]).meters).toEqual({});
    }
  });
});

describe('messages of megabytes', () => {
  const CHUNK_BYTES = 65_536;
  const LARGE_BYTES = 17 * 1024 * 1024;
  const inChunks = (bytes: Buffer) =>
    Array.from({ length: Math.ceil(bytes.length / CHUNK_BYTES) }, (_, i) =>
      bytes.subarray(i * CHUNK_BYTES, (i + 1) * CHUNK_BYTES),
    );

  it('an image in a delta does not hide the usage behind it', () => {
    const data = Buffer.alloc(LARGE_BYTES, 'iVBORw0KGgo').toString();
    const bytes = encoded([
      { headers: { ':event-type': 'contentBlockDelta', ':message-type': 'event' }, payload: { delta: { data } } },
      {
        headers: { ':event-type': 'metadata', ':message-type': 'event' },
        payload: { trace: { data }, usage: { inputTokens: 3, outputTokens: 4 } },
      },
    ]);
    expect(read('converse_stream', 200, inChunks(bytes))).toMatchObject({
      meters: { input: 3, output: 4 },
      usageSource: 'reported',
      finished: true,
    });
  });

  it('metrics are found at the end of a wrapped chunk however long it is', () => {
    const metrics = { inputTokenCount: 5, outputTokenCount: 0 };
    const chunk = { image: 'A'.repeat(LARGE_BYTES), 'amazon-bedrock-invocationMetrics': metrics };
    const bytes = encoded([{ headers: { ':event-type': 'chunk', ':message-type': 'event' }, bytes: chunk }]);
    expect(read('invoke_stream', 200, inChunks(bytes)).meters).toEqual({ input: 5, output: 0 });
  });
});
