import { expect, it } from 'vitest';
import { rowsWithin } from './readout-model';

const row = (key: string, isNothing = false) => ({ key, label: key, text: '', isNothing });
const ROWS = [row('a'), row('b', true), row('c'), row('d'), row('e')];
const keys = (room: number, key: string | null) => rowsWithin(ROWS, room, key).rows.map((one) => one.key);

it('a box with room shows every row, those with nothing too', () => {
  expect(rowsWithin(ROWS, 5, null)).toEqual({ rows: ROWS, more: 0 });
});

it('a small box drops what has nothing, says how many it leaves out and keeps the one pointed at', () => {
  expect(rowsWithin(ROWS, 3, null)).toMatchObject({ more: 1 });
  expect(keys(3, null)).toEqual(['a', 'c', 'd']);
  expect(keys(3, 'e')).toEqual(['a', 'c', 'e']);
  expect(keys(3, 'b')).toEqual(['a', 'b', 'c']);
});
