import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UsageChunkFilter } from './usage-chunk-filter.js';

function filtered(pieces: readonly Buffer[]): { text: string; removed: boolean } {
  const filter = new UsageChunkFilter();
  // Copied at once, as a socket would, since the filter may use its own memory again.
  const out = pieces.map((piece) => Buffer.from(filter.push(piece)));
  out.push(Buffer.from(filter.flush()));
  return { text: Buffer.concat(out).toString('latin1'), removed: filter.removed };
}

function cutAt(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const ends = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  return [...ends, bytes.length].map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
}

const USAGE = '"usage":{"prompt_tokens":3,"completion_tokens":1}';
const event = fc.constantFrom(
  'data: {"choices":[{"delta":{"content":"x"}}],"usage":null}',
  'data: {"choices":[{"delta":{"content":"\\"choices\\":[],\\"usage\\":{}"}}]}',
  `data: {"choices":[{"delta":{}}],${USAGE}}`,
  'data: {"choices":[],"prompt_filter_results":[{"prompt_index":0}],"usage":null}',
  'data: {"error":{"message":"no usage"}}',
  ': "usage":{',
  'event: x|id: 7',
  'data: [DONE]',
  '',
);
const usageOnly = fc.constantFrom(
  `data: {"choices":[],${USAGE}}`,
  `data:{"id":"1", "choices" : [ ] , ${USAGE}}`,
  `id: 5|data: {"choices":[],|data: ${USAGE}}|retry: 1`,
);
const lineEnd = fc.constantFrom('\n', '\r\n', '\r');
const bom = fc.constantFrom('', '\ufeff');
const encode = (event: string, end: string): string => `${event.replaceAll('|', end)}${end}${end}`;

describe('UsageChunkFilter', () => {
  it('gives back the stream that was never asked for usage, however both are cut', () => {
    const events = fc.array(fc.tuple(event, lineEnd));
    fc.assert(
      fc.property(
        bom,
        events,
        fc.tuple(usageOnly, lineEnd),
        events,
        fc.array(fc.nat()),
        (mark, before, usage, after, cuts) => {
          // A byte order mark belongs to the first event, so it goes where that goes.
          const head = (before.length > 0 ? mark : '') + before.map(([text, end]) => encode(text, end)).join('');
          const tail = after.map(([text, end]) => encode(text, end)).join('');
          // A lone CR before the LF of the next blank line would be one line end with it, here and in the plain stream.
          fc.pre(!(head.endsWith('\r') && tail.startsWith('\n')) && !(usage[1] === '\r' && tail.startsWith('\n')));
          const asked = Buffer.from(head + encode(usage[0], usage[1]) + tail);
          expect(filtered(cutAt(asked, cuts))).toEqual({
            text: Buffer.from(head + tail).toString('latin1'),
            removed: true,
          });
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('passes any other bytes unchanged', () => {
    const noise = fc.array(
      fc.oneof(fc.constantFrom('data: ', '"usage":{', '"choices":[1]', '\n', '\r', '\n\n'), fc.string()),
    );
    fc.assert(
      fc.property(noise, fc.array(fc.nat()), (parts, cuts) => {
        const bytes = Buffer.from(parts.join(''));
        expect(filtered(cutAt(bytes, cuts))).toEqual({ text: bytes.toString('latin1'), removed: false });
      }),
    );
  });

  it('holds back the event under way and not a byte more', () => {
    const filter = new UsageChunkFilter();
    expect(filter.push(Buffer.from('data: {"a":1}\n\n: ping\ndata: {"ch')).toString()).toBe(
      'data: {"a":1}\n\n: ping\n',
    );
    expect(filter.push(Buffer.from('oices":[1]}\n')).toString()).toBe('');
    expect(filter.push(Buffer.from('\nda')).toString()).toBe('data: {"choices":[1]}\n\n');
    expect(filter.flush().toString()).toBe('da');
  });

  it('passes an event of any size on while it comes', () => {
    const filter = new UsageChunkFilter();
    const piece = Buffer.alloc(16_384, 'x');
    let heldBytes = 0;
    let heldMost = 0;
    for (let i = 0; i < 64; i++) {
      heldBytes += piece.length - filter.push(piece).length;
      heldMost = Math.max(heldMost, heldBytes);
    }
    expect({ heldBytes, isBounded: heldMost <= 65_536 }).toEqual({ heldBytes: 0, isBounded: true });
  });

  it('does not copy a chunk of whole events', () => {
    const chunk = Buffer.from('data: {"choices":[{}],"usage":null}\n\n');
    expect(new UsageChunkFilter().push(chunk).buffer).toBe(chunk.buffer);
  });
});
