import { expect, test } from 'vitest';
import { linesOf } from './lines';

test('lines stay lines, and long ones are cut between characters', () => {
  expect(linesOf('a\n\nb\r\nc')).toEqual(['a', '', 'b', 'c']);
  expect(linesOf('')).toEqual(['']);
  const long = '😀'.repeat(1_000);
  const lines = linesOf(long);
  expect(lines.length).toBeGreaterThan(4);
  expect(lines.join('')).toBe(long);
  expect(lines.every((line) => line.length <= 401 && !/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/.test(line))).toBe(true);
});
