import { describe, expect, it } from 'vitest';
import type { Amount } from './series';
import { sorted } from './sort-rows';

const row = (sortBy: string, ...values: Amount[]) => ({ sortBy, values });
const ROWS = [row('b', '0.3', 2), row('a', '10.000000000001', 1), row('d', null, 3), row('c', '10', 4)];
const order = (column: number | null, descending: boolean) =>
  sorted(ROWS, { column, descending })
    .map(({ sortBy }) => sortBy)
    .join('');

describe('rows of figures', () => {
  it('are ordered by every digit, not as text and not as floats', () => {
    expect(order(0, true)).toBe('acbd');
    expect(order(0, false)).toBe('bcad');
    expect(order(1, false)).toBe('abdc');
    const near = [row('y', '9007199254740993.000000000001'), row('x', '9007199254740993.000000000002')];
    expect(sorted(near, { column: 0, descending: true }).map(({ sortBy }) => sortBy)).toEqual(['x', 'y']);
  });

  it('are ordered by their own column both ways', () => {
    expect(order(null, false)).toBe('abcd');
    expect(order(null, true)).toBe('dcba');
  });

  it('with unknown figures come last, whichever way', () => {
    expect(order(0, true).at(-1)).toBe('d');
    expect(order(0, false).at(-1)).toBe('d');
  });
});
