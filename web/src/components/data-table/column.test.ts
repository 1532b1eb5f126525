import { describe, expect, test } from 'vitest';
import { type Column, compareValues, nextSort, parseSort, printSort } from './column';

interface Row {
  name: string;
  spend: number | null;
}
const name: Column<Row> = { id: 'name', header: 'Name', cell: (row) => row.name, sortValue: (row) => row.name };
const spend: Column<Row> = {
  id: 'spend',
  header: 'Spend',
  numeric: true,
  cell: () => null,
  sortValue: (row) => row.spend,
};

describe('sort in the URL', () => {
  test.each(['spend', '-spend'])('%s survives parse and print', (text) => {
    const sort = parseSort(text);
    expect(sort && printSort(sort)).toBe(text);
  });

  test.each(['', '-', '--a', 'a b', "a'; drop"])('%j is no sort', (text) => {
    expect(parseSort(text)).toBeNull();
  });

  test('a header goes from its natural order to the reverse and back to none', () => {
    const first = nextSort(null, spend);
    expect(first).toEqual({ column: 'spend', direction: 'desc' });
    const second = nextSort(first, spend);
    expect(second).toEqual({ column: 'spend', direction: 'asc' });
    expect(nextSort(second, spend)).toBeNull();
    expect(nextSort(second, name)).toEqual({ column: 'name', direction: 'asc' });
  });
});

test('text sorts as people count: model-9 before model-10', () => {
  expect(['model-10', 'Model-9'].toSorted(compareValues)).toEqual(['Model-9', 'model-10']);
  expect([10, 9].toSorted(compareValues)).toEqual([9, 10]);
});
