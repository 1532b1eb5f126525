import { describe, expect, it } from 'vitest';
import { heldRows } from './held';

const page = (ids: string, hasNextPage = true, of = 'then') => ({
  nodes: ids.split('').map((id) => ({ id, of })),
  hasNextPage,
});
const after = (shown: string, read: string, hasNextPage = true) => {
  const { rows, newer } = heldRows(page(shown), page(read, hasNextPage, 'now'));
  return { ids: rows.map(({ id }) => id).join(''), now: rows.filter(({ of }) => of === 'now').length, newer };
};

describe('a list that is read again', () => {
  it('keeps its rows where they are, with the figures of now, and counts what is newer', () => {
    expect(after('abc', 'abc')).toEqual({ ids: 'abc', now: 3, newer: 0 });
    expect(after('abc', 'xyab')).toEqual({ ids: 'abc', now: 2, newer: 2 });
    expect(after('abc', 'cab')).toEqual({ ids: 'abc', now: 3, newer: 1 });
    expect(after('abc', 'xcab')).toEqual({ ids: 'abc', now: 3, newer: 2 });
  });

  it('keeps what is on a later page by now, all of it when everything is newer', () => {
    expect(after('abc', 'xyz')).toEqual({ ids: 'abc', now: 0, newer: 3 });
  });

  it('lets go what is on no page any more, and does not take for newer what came up at its end', () => {
    expect(after('abc', 'ac', false)).toEqual({ ids: 'ac', now: 2, newer: 0 });
    expect(after('abc', 'acd')).toEqual({ ids: 'abc', now: 2, newer: 0 });
  });
});
