import { expect, test } from 'vitest';
import { barsOf, runsOf, turnAt } from './bars';
import { lanesOf } from './lanes';
import { timeScale } from './scale';
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
