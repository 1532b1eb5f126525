import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrameReader } from './frames.js';
import { closeFrame, textFrame } from './own-frames.js';

interface Frame {
  readonly opcode: number;
  readonly isFinal: boolean;
  readonly payload: Buffer;
}

const MASK = Buffer.from([0x37, 0xfa, 0x21, 0x3d]);

/** RFC 6455 section 5.2. */
function encode({ opcode, isFinal, payload }: Frame, isMasked: boolean): Buffer {
  const first = (isFinal ? 0x80 : 0) | opcode;
  const masked = isMasked ? 0x80 : 0;
  const { length } = payload;
  const head =
    length < 126
      ? Buffer.from([first, masked | length])
      : length < 65_536
        ? Buffer.from([first, masked | 126, length >> 8, length & 0xff])
        : Buffer.from([
            first,
            masked | 127,
            0,
            0,
            0,
            0,
            length >>> 24,
            (length >> 16) & 255,
            (length >> 8) & 255,
            length & 255,
          ]);
  if (!isMasked) return Buffer.concat([head, payload]);
  return Buffer.concat([head, MASK, payload.map((byte, at) => byte ^ (MASK[at & 3] as number))]);
}

/** One message in one or several frames, with pings between them. */
const message = fc
  .record({
    text: fc.oneof(fc.string({ maxLength: 400 }), fc.constant('x'.repeat(70_000))),
    cuts: fc.array(fc.nat(400), { maxLength: 3 }),
    isText: fc.boolean(),
    hasPing: fc.boolean(),
  })
  .map(({ text, cuts, isText, hasPing }) => {
    const bytes = Buffer.from(text);
    const ends = [...new Set(cuts.map((cut) => Math.min(cut, bytes.length)))].sort((a, b) => a - b);
    const pieces = [...ends, bytes.length].map((end, at) => bytes.subarray(at === 0 ? 0 : ends[at - 1], end));
    const frames = pieces.flatMap((payload, at): Frame[] => [
      ...(hasPing && at > 0 ? [{ opcode: 9, isFinal: true, payload: Buffer.from('ping') }] : []),
      { opcode: at > 0 ? 0 : isText ? 1 : 2, isFinal: at === pieces.length - 1, payload },
    ]);
    return { frames, text: bytes.toString() };
  });

function split(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const ends = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  return [...ends, bytes.length].map((end, at) => bytes.subarray(at === 0 ? 0 : ends[at - 1], end));
}

describe('frames', () => {
  it('are read the same however their bytes are split, and all but the closing one is let through', () => {
    const cuts = fc.array(fc.nat(200_000), { maxLength: 12 });
    fc.assert(
      fc.property(
        fc.array(message, { maxLength: 5 }),
        fc.boolean(),
        fc.boolean(),
        cuts,
        (messages, isMasked, closes, at) => {
          const open = Buffer.concat(messages.flatMap(({ frames }) => frames).map((frame) => encode(frame, isMasked)));
          const closing = closes
            ? encode({ opcode: 8, isFinal: true, payload: Buffer.from([3, 232]) }, isMasked)
            : Buffer.alloc(0);
          const texts: string[] = [];
          const pings: string[] = [];
          const pieces: Buffer[] = [];
          const reader = new FrameReader({
            onData: (piece) => pieces.push(Buffer.from(piece)),
            onDataEnd: () => texts.push(Buffer.concat(pieces.splice(0)).toString()),
            onPing: (payload) => pings.push(payload.toString()),
          });
          const through: Buffer[] = [];
          let isClosing = false;
          for (const piece of split(Buffer.concat([open, closing]), at)) {
            if (isClosing || piece.length === 0) continue;
            const held = Buffer.from(reader.heldBytes);
            const pushed = reader.push(piece);
            if (pushed.upTo > 0) through.push(held, piece.subarray(0, pushed.upTo));
            isClosing = pushed.isClosing;
          }
          expect(texts).toEqual(messages.map(({ text }) => text));
          const sentPings = messages.flatMap(({ frames }) => frames).filter(({ opcode }) => opcode === 9);
          expect(pings).toEqual(sentPings.map(() => 'ping'));
          expect(Buffer.concat(through).equals(open)).toBe(true);
          expect(isClosing).toBe(closes);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('frames of our own', () => {
  it.each(['client', 'upstream'] as const)('for a %s are read as what they are', (to) => {
    for (const text of ['x', 'é'.repeat(60), 'é'.repeat(63), 'é'.repeat(30_000)]) {
      const pieces: Buffer[] = [];
      let ends = 0;
      const reader = new FrameReader({ onData: (piece) => pieces.push(Buffer.from(piece)), onDataEnd: () => ends++ });
      const bytes = textFrame(text, to);
      expect(reader.push(bytes)).toEqual({ upTo: bytes.length, isClosing: false });
      expect([Buffer.concat(pieces).toString(), ends]).toEqual([text, 1]);
      expect(((bytes[1] as number) & 0x80) !== 0).toBe(to === 'upstream');
    }
  });

  it('fit into a control frame, whatever the reason', () => {
    expect(closeFrame(1008, 'r'.repeat(200), 'client')).toHaveLength(2 + 125);
  });
});
