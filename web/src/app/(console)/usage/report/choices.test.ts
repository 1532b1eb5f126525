import { expect, test } from 'vitest';
import { rowText, startingDimensions } from './choices';

test('says what a row of the report is', () => {
  expect(rowText('total', [], [])).toBe('One row: everything in the range.');
  expect(rowText('day', [], [])).toBe('One row for each day.');
  expect(rowText('hour', ['model', 'provider'], ['team'])).toBe(
    'One row for each hour, provider, model and tag “team”.',
  );
  expect(rowText('total', ['user'], [])).toBe('One row for each user.');
});

test('begins with what the page is split by, where rows can be', () => {
  expect(startingDimensions('app')).toEqual(['app']);
  expect(startingDimensions('token_type')).toEqual(['provider', 'model']);
  expect(startingDimensions('tag')).toEqual([]);
});
