import fc from 'fast-check';
import type { Cut, Spoken } from './spoken.js';

const text = fc.string({ unit: 'grapheme', maxLength: 40 });

export const spoken: fc.Arbitrary<Spoken> = fc.record({
  reasoning: text,
  text,
  calls: fc
    .array(
      fc.record({
        id: fc.stringMatching(/^call_[a-z0-9]{1,8}$/),
        name: fc.stringMatching(/^[a-z_]{1,12}$/),
        args: fc
          .dictionary(fc.stringMatching(/^[a-z]{1,6}$/), fc.jsonValue({ maxDepth: 2 }))
          .map((args) => JSON.parse(JSON.stringify(args)) as object),
      }),
      { maxLength: 3 },
    )
    .map((calls) => calls.map((call, n) => ({ ...call, id: `${call.id}${n}` }))),
});

/** Cuts a text at its characters, by turns of these lengths. */
export const cuts: fc.Arbitrary<Cut> = fc
  .array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 })
  .map((lengths) => (whole) => {
    const points = [...whole];
    const pieces: string[] = [];
    for (let at = 0, n = 0; at < points.length; n++) {
      const length = lengths[n % lengths.length] as number;
      pieces.push(points.slice(at, at + length).join(''));
      at += length;
    }
    return pieces;
  });
