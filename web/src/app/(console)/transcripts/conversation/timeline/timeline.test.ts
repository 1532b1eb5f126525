import { expect, test } from 'vitest';
import { barsOf, placesInSight, runsOf, turnAt } from './bars';
import { inSightText } from './in-sight';
import { lanesOf } from './lanes';
import { scaleOf, timeScale } from './scale';
import { brushed, holding, leastOf, panned, WHOLE, zoomed } from './span';
import { comparedWith, failedBeside, type TimelineColumns, turnsIndex } from './turns-index';

const columns = (
  turns: readonly (Partial<Record<'parent' | 'ms' | 'token', number>> & { at: number; is?: string })[],
): TimelineColumns => {
  const places = (kind: string) => turns.flatMap(({ is }, place) => (is === kind ? [place] : []));
  return {
    leftOut: 0,
    eventIds: turns.map((_, place) => `e${place}`),
    startsMs: turns.map(({ at }) => at),
    durationsMs: turns.map(({ ms }) => ms ?? null),
    firstTokensMs: turns.map(({ token }) => token ?? null),
    parents: turns.map(({ parent }) => parent ?? null),
    failed: places('failed').map((at) => ({ at, errorCode: 'rate_limit' })),
    ...{ forks: places('fork'), spawned: places('spawned'), repeats: places('repeat') },
  };
};

const AGENTS = columns([
  { at: 0, ms: 100 },
  { at: 200, ms: 1_000, parent: 0, is: 'spawned' },
  { at: 300, ms: 100, parent: 0, is: 'spawned' },
  { at: 1_300, ms: 50, parent: 1, is: 'failed' },
  { at: 1_500, ms: 50, parent: 0 },
  { at: 1_600, ms: 50, parent: 0, is: 'fork' },
  { at: 1_700, ms: 50, parent: 5, is: 'spawned' },
]);

test('turns of a sub-agent stay with it, and the turn they start at knows them', () => {
  const index = turnsIndex(AGENTS);
  expect(index.threadOf).toEqual([0, 1, 2, 1, 0, 0, 3]);
  expect(index.threads.map(({ first, startedBy, turns, failed }) => [first, startedBy, turns, failed])).toEqual([
    [0, null, 3, 0],
    [1, 0, 2, 1],
    [2, 0, 1, 0],
    [6, 5, 1, 0],
  ]);
  expect([...index.branchesOf]).toEqual([
    [0, [1, 2, 5]],
    [5, [6]],
  ]);
  expect(turnsIndex({ ...AGENTS, leftOut: 30 }).numberOf(0)).toBe(31);
  expect(index.placeOf('e3')).toBe(3);
});

test('agents at work at the same time have lanes of their own, and lanes that are free again are used', () => {
  expect(lanesOf(turnsIndex(AGENTS))).toEqual([0, 1, 2, 1]);
  const many = columns(Array.from({ length: 30 }, (_, n) => ({ at: n, ms: 1_000, is: 'spawned' })));
  expect(Math.max(...lanesOf(turnsIndex(many)))).toBe(5);
});

test('failures are stepped through in both directions, and prompts compared with what they go on from', () => {
  const index = turnsIndex(
    columns([{ at: 0 }, { at: 1, is: 'failed' }, { at: 2 }, { at: 3, is: 'failed', parent: 1 }]),
  );
  expect([failedBeside(index, null, 1), failedBeside(index, 1, 1), failedBeside(index, 3, 1)]).toEqual([1, 3, null]);
  expect([failedBeside(index, null, -1), failedBeside(index, 3, -1), failedBeside(index, 1, -1)]).toEqual([3, 1, null]);
  expect([comparedWith(index, 0), comparedWith(index, 2), comparedWith(index, 3)]).toEqual([null, 1, 1]);
});

test('long pauses are shortened and told, unless time is to scale', () => {
  const works = [
    [0, 10_000],
    [3_600_000, 3_610_000],
  ] as const;
  const short = timeScale(works, 1_000, false);
  expect(short.pauses).toMatchObject([{ ms: 3_590_000 }]);
  expect(Math.round(short.xOf(10_000))).toBe(476);
  expect(Math.round(short.xOf(3_610_000))).toBe(1_000);
  const long = timeScale(works, 1_000, true);
  expect(long.pauses).toEqual([]);
  expect(Math.round(long.xOf(10_000))).toBe(3);
  expect(timeScale([], 1_000, false).xOf(5)).toBe(0);
  expect(timeScale([[5, 5]], 1_000, false).xOf(5)).toBe(0);
});

test('twenty thousand turns are no more runs than there are pixels, and a failure among them is seen', () => {
  const turns = Array.from({ length: 20_000 }, (_, n) => ({
    ...{ at: n * 1_000, ms: 100, token: 50 },
    ...(n === 7_777 && { is: 'failed' }),
  }));
  const index = turnsIndex(columns(turns));
  const laneOf = lanesOf(index);
  const scale = timeScale(
    turns.map(({ at, ms }) => [at, at + ms]),
    800,
    false,
  );
  const bars = barsOf(index, scale);
  const runs = runsOf(index, laneOf, bars, 800);
  expect(runs.length).toBeLessThanOrEqual(1_600);
  const [failed, ...others] = runs.filter(({ kind }) => kind === 'failed');
  expect(others).toEqual([]);
  expect(turnAt(index, laneOf, bars, { xPx: ((failed?.fromPx ?? 0) + (failed?.toPx ?? 0)) / 2, lane: 0 })).toBe(7_777);
});

test('the wait for the first token is told from the answer', () => {
  const index = turnsIndex(columns([{ at: 0, ms: 1_000, token: 400 }]));
  const scale = timeScale([[0, 1_000]], 100, false);
  expect(runsOf(index, [0], barsOf(index, scale), 100)).toEqual([
    { lane: 0, kind: 'waiting', fromPx: 0, toPx: 40 },
    { lane: 0, kind: 'answered', fromPx: 40, toPx: 99 },
  ]);
});

test('a part of a span is gone into and left again, never beyond the whole', () => {
  const near = zoomed(WHOLE, 0.5, 0.25, 0.01);
  expect(near).toEqual({ from: 0.125, to: 0.625 });
  expect(zoomed(near, 2, 0.25, 0.01)).toEqual(WHOLE);
  expect(zoomed(WHOLE, 0.001, 1, 0.1)).toEqual({ from: 0.9, to: 1 });
  expect(brushed(0.75, 0.25, 0.01)).toEqual({ from: 0.25, to: 0.75 });
  expect(brushed(0.5, 0.5, 0.25)).toEqual({ from: 0.375, to: 0.625 });
  expect(panned(near, 5)).toEqual({ from: 0.5, to: 1 });
  expect(holding(near, 0.3)).toBe(near);
  expect(holding(near, 0.75)).toEqual({ from: 0.5, to: 1 });
  expect(leastOf(2_000)).toBe(1 / 4_000);
});

test('of two thousand turns with long pauses a part is drawn wide, and what is out of sight not at all', () => {
  const turns = Array.from({ length: 2_000 }, (_, n) => ({
    ...{ at: Math.floor(n / 10) * 3_600_000 + (n % 10) * 5_000, ms: 3_000, token: 1_000 },
    ...(n === 1_500 && { is: 'failed' }),
  }));
  const index = turnsIndex(columns(turns));
  const whole = timeScale(
    turns.map(({ at, ms }) => [at, at + ms]),
    1,
    false,
  );
  const around = zoomed(WHOLE, 1 / 400, whole.xOf(turns[1_500]?.at ?? 0), leastOf(2_000));
  const scale = scaleOf(whole, around, 1_000);
  const bars = barsOf(index, scale);
  const runs = runsOf(index, lanesOf(index), bars, 1_000);
  expect(runs.filter(({ kind }) => kind === 'failed')).toHaveLength(1);
  const [failed] = runs.filter(({ kind }) => kind === 'failed');
  expect((failed?.toPx ?? 0) - (failed?.fromPx ?? 0)).toBeGreaterThan(50);
  expect(runs.length).toBeLessThan(30);
  expect(runs.every(({ fromPx, toPx }) => fromPx >= 0 && toPx <= 1_002)).toBe(true);
  const [first = 0, last = 0] = placesInSight(bars, 1_000) ?? [];
  expect(first).toBeGreaterThan(1_490);
  expect(last).toBeLessThan(1_510);
  expect(turnAt(index, lanesOf(index), bars, { xPx: ((failed?.fromPx ?? 0) + (failed?.toPx ?? 0)) / 2, lane: 0 })).toBe(
    1_500,
  );
  expect(inSightText(index, [0, 12])).toBe('13 turns in sight, 1 to 13: 1 Jan 1970, 00:00:00 UTC – 01:00:10 UTC');
});
