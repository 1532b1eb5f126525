import { describe, expect, test } from 'vitest';
import { compareDecimals } from '../../decimal';
import { type Column, minWidthOf, nextSort, parseSort, printSort, sorted } from './column';

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

describe('sorted', () => {
  const rows: Row[] = [
    { name: 'model-10', spend: null },
    { name: 'Model-9', spend: 2 },
    { name: 'a', spend: 10 },
  ];
  const names = (list: readonly Row[]) => list.map((row) => row.name);

  test('unknown values come last in both directions', () => {
    expect(names(sorted(rows, spend, 'asc'))).toEqual(['Model-9', 'a', 'model-10']);
    expect(names(sorted(rows, spend, 'desc'))).toEqual(['a', 'Model-9', 'model-10']);
  });

  test('text sorts as people count: model-9 before model-10', () => {
    expect(names(sorted(rows, name, 'asc'))).toEqual(['a', 'Model-9', 'model-10']);
  });

  test('money in text sorts by value, to the last digit', () => {
    const money: Column<Row> = { ...spend, sortValue: (row) => row.name, compare: compareDecimals };
    const amounts = ['10', '9.5', '0.000000000002', '0.000000000001'].map((text) => ({ name: text, spend: null }));
    expect(names(sorted(amounts, money, 'asc'))).toEqual(['0.000000000001', '0.000000000002', '9.5', '10']);
  });
});

test('a table needs the sum of its columns: px as given, else what its kind of value needs', () => {
  expect(minWidthOf([{ ...name, width: '14%' }, { ...spend, width: '104px' }, spend])).toBe(112 + 104 + 72);
  expect(minWidthOf([{ ...name, minWidthPx: 200 }])).toBe(200);
});
