import { describe, expect, it } from 'vitest';
import { type KnownDay, project } from './project.js';

/** A generator with a seed, so that a failure can be seen again (Lehmer, 48271 modulo 2^31 - 1). */
function random(seed: number): () => number {
  let state = (seed * 7_919 + 1) % 2_147_483_647;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

interface World {
  readonly weekend: number;
  readonly noise: number;
  /** Growth a day. */
  readonly growth: number;
  /** Share of days that are wild, five times as dear. */
  readonly wild: number;
}

function days(count: number, { weekend, noise, growth, wild }: World, seed: number): KnownDay[] {
  const next = random(seed);
  return Array.from({ length: count }, (_, index) => {
    const weekday = index % 7;
    // The sum of three even numbers is near enough to a bell.
    const bell = next() + next() + next() - 1.5;
    const usual = 100 * (1 + growth * index) * (weekday >= 5 ? weekend : 1) * (1 + noise * bell);
    return { weekday, spend: next() < wild ? usual * 5 : usual };
  });
}

const MONTH = 20;

/** Forecasts the last 20 of 70 days from the first 50 in 200 worlds. */
function backtest(world: World) {
  const runs = Array.from({ length: 200 }, (_, seed) => {
    const all = days(50 + MONTH, world, seed);
    const rest = all.slice(50);
    const found = project(
      all.slice(0, 50),
      rest.map(({ weekday }) => ({ weekday, share: 1 })),
    );
    if (!found) throw new Error('no forecast');
    const actual = rest.reduce((sum, { spend }) => sum + spend, 0);
    const { low, expected, high } = found.total;
    return { inside: low <= actual && actual <= high, error: Math.abs(expected - actual) / actual };
  });
  const errors = runs.map(({ error }) => error).sort((a, b) => a - b);
  return { covered: runs.filter(({ inside }) => inside).length / runs.length, typical: errors[100] ?? 1 };
}

describe('what the month will end at', () => {
  it('is exact where every week is like the other', () => {
    const week = [5, 6, 7, 8, 9, 1, 0];
    const known = Array.from({ length: 28 }, (_, index) => ({ weekday: index % 7, spend: week[index % 7] ?? 0 }));
    const found = project(known, [
      { weekday: 0, share: 1 },
      { weekday: 6, share: 1 },
      { weekday: 4, share: 0.5 },
    ]);
    expect(found?.days.map(({ expected }) => expected)).toEqual([5, 0, 4.5]);
    expect(found?.total).toEqual({ low: 9.5, expected: 9.5, high: 9.5 });
  });

  it.each([
    ['weekends at a third', { weekend: 0.3, noise: 0.3, growth: 0, wild: 0 }],
    ['every day alike', { weekend: 1, noise: 0.3, growth: 0, wild: 0 }],
    ['steady growth', { weekend: 0.3, noise: 0.2, growth: 0.02, wild: 0 }],
  ])('is off by less than 6 % and in the band in 7 of 10 cases: %s', (_, world) => {
    const { covered, typical } = backtest(world);
    expect(typical).toBeLessThan(0.06);
    expect(covered).toBeGreaterThan(0.7);
    expect(covered).toBeLessThan(1);
  });

  it('is not moved by a wild day in the past', () => {
    const calm = days(50, { weekend: 0.3, noise: 0.2, growth: 0, wild: 0 }, 4);
    const wild = calm.map((day, index) => (index === 45 ? { ...day, spend: 50_000 } : day));
    const ahead = calm.slice(0, 10).map(({ weekday }) => ({ weekday, share: 1 }));
    const [a, b] = [project(calm, ahead), project(wild, ahead)];
    expect(Math.abs((b?.total.expected ?? 0) / (a?.total.expected ?? 1) - 1)).toBeLessThan(0.05);
  });

  it('has a wider band where days scatter more, and where fewer are known', () => {
    const width = (known: readonly KnownDay[]) => {
      const band = project(known, [{ weekday: 1, share: 1 }])?.total ?? { low: 0, high: 0 };
      return band.high - band.low;
    };
    const calm = days(28, { weekend: 1, noise: 0.1, growth: 0, wild: 0 }, 9);
    const rough = days(28, { weekend: 1, noise: 0.4, growth: 0, wild: 0 }, 9);
    expect(width(rough)).toBeGreaterThan(2 * width(calm));
    const few = [90, 100, 110].map((spend, weekday) => ({ weekday, spend }));
    const many = Array.from({ length: 27 }, (_, index) => ({
      weekday: index % 7,
      spend: [90, 100, 110][index % 3] ?? 0,
    }));
    expect(width(few)).toBeGreaterThan(width(many));
  });

  it('is unknown of fewer than three whole days, and never below nothing', () => {
    expect(project([], [{ weekday: 1, share: 1 }])).toBeNull();
    expect(
      project(
        [
          { weekday: 0, spend: 1 },
          { weekday: 1, spend: 1 },
        ],
        [{ weekday: 2, share: 1 }],
      ),
    ).toBeNull();
    const falling = Array.from({ length: 30 }, (_, index) => ({ weekday: index % 7, spend: 30 - index }));
    const found = project(
      falling,
      Array.from({ length: 20 }, (_, index) => ({ weekday: (index + 2) % 7, share: 1 })),
    );
    for (const { low, expected } of found?.days ?? []) expect(Math.min(low, expected)).toBeGreaterThanOrEqual(0);
    expect(found?.days.at(-1)?.expected).toBe(0);
  });
});
