import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MemoryRoom } from '../memory-room.js';
import { Capture } from './capture.js';
import type { FinishedCall, PassedBody } from './finished-call.js';
import { callsOf, parcelOf } from './parcel.js';

const MIB = 1024 * 1024;
const capture = (maxBytes: number, room = new MemoryRoom(8 * MIB), onNoRoom = () => undefined) =>
  new Capture(maxBytes, room, onNoRoom);
const bytesOf = (body: unknown): Buffer => Buffer.concat((body as PassedBody).pieces);

describe('what is kept of a body that passes', () => {
  it('is its beginning up to the limit, however it is cut, and it is told how much passed', () => {
    const chunks = fc.array(fc.uint8Array({ maxLength: 9_000 }), { maxLength: 40 });
    fc.assert(
      fc.property(chunks, fc.integer({ min: 1, max: 60_000 }), (parts, maxBytes) => {
        const all = Buffer.concat(parts);
        const kept = capture(maxBytes);
        for (const part of parts) {
          const chunk = Buffer.from(part);
          kept.push(chunk);
          // Whoever gave it goes on to use it.
          chunk.fill(0);
        }
        kept.end();
        const body = kept.take();
        if (all.length === 0) expect(body).toBe('none');
        else {
          expect(bytesOf(body).equals(all.subarray(0, maxBytes))).toBe(true);
          expect(body).toMatchObject({ passedBytes: all.length, isAllKept: all.length <= maxBytes, isEnded: true });
        }
      }),
    );
  });

  it('is a whole body without a copy, and its end is known', () => {
    const kept = capture(4);
    kept.keep(Buffer.from('abcdef'));
    expect(kept.take()).toMatchObject({ passedBytes: 6, isAllKept: false, isEnded: true });
    const cut = capture(100);
    cut.push(Buffer.from('abc'));
    expect(cut.take()).toMatchObject({ passedBytes: 3, isAllKept: true, isEnded: false });
  });

  it('takes no more memory than there is, says so once, and gives all of it back', () => {
    const room = new MemoryRoom(20_000);
    let told = 0;
    const kept = new Capture(MIB, room, () => told++);
    for (let n = 0; n < 50; n++) kept.push(Buffer.alloc(1_000, 1));
    expect([told, kept.held]).toEqual([1, 0]);
    expect(room.take(20_000)).toBe(true);
  });
});

describe('handing calls over', () => {
  const body = fc.oneof(
    fc.constantFrom('off' as const, 'none' as const),
    fc.record({
      pieces: fc.array(
        fc.oneof(fc.uint8Array({ minLength: 1, maxLength: 50 }), fc.constant(new Uint8Array(600_000).fill(7))),
        { minLength: 1, maxLength: 4 },
      ),
      isBorrowed: fc.boolean(),
    }),
  );

  it('tells every byte of every body in its place, and by what each is cleared', () => {
    const [settings, secrets] = [{ maxBodyBytes: 1 }, ['a']];
    const clearings = [
      { settings, secrets },
      { settings, secrets: ['b'] },
      { settings: { maxBodyBytes: 2 }, secrets },
    ];
    fc.assert(
      fc.property(fc.array(fc.tuple(body, body), { maxLength: 6 }), (pairs) => {
        const calls = pairs.map(
          ([request, response], id) =>
            ({ ...clearings[id % 3], head: { path: `/é/${id}` }, request, response }) as unknown as FinishedCall,
        );
        const over = callsOf(structuredClone(parcelOf(calls, (bytes) => new Uint8Array(bytes))));
        const plain = (each: Pick<FinishedCall, 'request' | 'response'>) =>
          [each.request, each.response].map((side) =>
            typeof side === 'string' ? side : bytesOf(side).toString('hex'),
          );
        expect(over.map(plain)).toEqual(calls.map(plain));
        expect(over.map(({ head }) => head.toString())).toEqual(calls.map(({ head }) => JSON.stringify(head)));
        const clearing = ({ settings, secrets }: FinishedCall) => ({ settings, secrets });
        expect(over.map((each) => JSON.parse(each.clearing))).toEqual(calls.map(clearing));
      }),
    );
  });
});
