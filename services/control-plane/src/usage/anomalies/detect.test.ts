import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detect } from './detect.js';

const WEEK = [100, 110, 90, 105, 95, 30, 20];
const steady = (days: number) => Array.from({ length: days }, (_, index) => WEEK[index % 7] ?? 0);
const whole = (days: number) => ({ from: 0, to: days });

function withSpike(days: number, at: number, value: number): number[] {
  return steady(days).map((usual, index) => (index === at ? value : usual));
}

describe('days that cost far more than usual', () => {
  it('are found with what was expected of them', () => {
    const spend = withSpike(40, 35, 900);
    expect(detect([{ key: 'a', spend }], spend, 0, whole(40))).toEqual([
      { key: 'a', day: 35, actual: 900, expected: 100, run: 1 },
    ]);
  });

  it('are none among weeks that are alike, weekends or not', () => {
    expect(detect([{ key: 'a', spend: steady(60) }], steady(60), 0, whole(60))).toEqual([]);
  });

  it('are not looked for before a week is known, nor outside the range', () => {
    const spend = withSpike(40, 12, 2_000);
    const project = spend;
    const found = (knownFrom: number, range = whole(40)) =>
      detect([{ key: 'a', spend }], project, knownFrom, range).map(({ day }) => day);
    expect(found(5)).toEqual([12]);
    expect(found(6)).toEqual([]);
    expect(found(0, { from: 13, to: 40 })).toEqual([]);
    expect(found(0, { from: 0, to: 12 })).toEqual([]);
  });

  it('are not told where the amount is small against the project', () => {
    const small = withSpike(40, 35, 900).map((value) => value / 1_000);
    const project = steady(40);
    expect(detect([{ key: 'a', spend: small }], project, 0, whole(40))).toEqual([]);
    expect(detect([{ key: 'a', spend: small }], small, 0, whole(40))).toHaveLength(1);
  });

  it('are told of what is new only when it is a good part of the project', () => {
    const fresh = (value: number) => Array.from({ length: 40 }, (_, index) => (index === 35 ? value : 0));
    const project = steady(40);
    expect(detect([{ key: 'n', spend: fresh(20) }], project, 0, whole(40))).toEqual([]);
    expect(detect([{ key: 'n', spend: fresh(60) }], project, 0, whole(40))).toMatchObject([
      { actual: 60, expected: 0 },
    ]);
  });

  it('are told once for days in a row, by the worst', () => {
    const spend = steady(40).map((usual, index) => ({ 30: 700, 31: 900, 32: 800 })[index] ?? usual);
    expect(detect([{ key: 'a', spend }], spend, 0, whole(40))).toMatchObject([{ day: 31, run: 3 }]);
  });

  it('stay the same whatever the currency amounts are counted in', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 1_000 }), { minLength: 40, maxLength: 40 }), (spend) => {
        const days = (scale: number) =>
          detect(
            [{ key: 'a', spend: spend.map((value) => value * scale) }],
            spend.map((value) => value * scale),
            0,
            whole(40),
          );
        expect(days(1).map(({ day }) => day)).toEqual(days(1_024).map(({ day }) => day));
      }),
    );
  });
});
