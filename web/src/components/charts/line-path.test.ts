import { expect, it } from 'vitest';
import { linePath, pointsOf } from './line-path';

const drawn = (values: (number | null)[]) =>
  linePath(
    pointsOf(
      values,
      (index) => index * 10,
      (value) => 100 - value,
    ),
  );

it('a line breaks where nothing is known and never falls to zero there', () => {
  expect(drawn([1, 2, null, 3, 4])).toEqual({ path: 'M0 99L10 98M30 97L40 96', alone: [] });
});

it('a value between unknown ones is a dot of its own', () => {
  expect(drawn([null, 5, null])).toEqual({ path: '', alone: [{ x: 10, y: 95 }] });
  expect(drawn([0])).toEqual({ path: '', alone: [{ x: 0, y: 100 }] });
});

it('nothing known draws nothing', () => {
  expect(drawn([null, null])).toEqual({ path: '', alone: [] });
});
