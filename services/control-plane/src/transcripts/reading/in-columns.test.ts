import { expect, test } from 'vitest';
import { inColumns } from './in-columns.js';

const mark = (eventId: string, over: object = {}) => ({
  ...{ eventId, startedAt: 5, durationMs: null, firstTokenMs: 1.5, isFailed: false, errorCode: null },
  ...{ relation: 'continues' as const, parentEventId: null, ...over },
});

test('places stand for ids, and a parent that is not listed is none', () => {
  const marks = [
    mark('a', { parentEventId: 'older' }),
    mark('b', { parentEventId: 'a', relation: 'spawned' }),
    mark('c', { parentEventId: 'a', relation: 'forks', isFailed: true, errorCode: 'rate_limit' }),
  ];
  expect(inColumns({ marks, leftOut: 7 })).toEqual({
    ...{ leftOut: 7, eventIds: ['a', 'b', 'c'], startsMs: [5, 5, 5], durationsMs: [null, null, null] },
    ...{ firstTokensMs: [1.5, 1.5, 1.5], parents: [null, 0, 0], failed: [{ at: 2, errorCode: 'rate_limit' }] },
    ...{ forks: [2], spawned: [1], repeats: [] },
  });
});
