import { expect, test } from 'vitest';
import { rangesAt } from './ranges';

test('today, the month and the last hour are in UTC and end with the running minute', () => {
  const { today, month, lastHour } = rangesAt(Date.parse('2026-11-21T00:00:30Z'));
  expect(today).toEqual({ from: '2026-11-21T00:00:00.000Z', to: '2026-11-21T00:01:00.000Z' });
  expect(month.from).toBe('2026-11-01T00:00:00.000Z');
  expect(lastHour.from).toBe('2026-11-20T23:01:00.000Z');
});

test('within a minute the ranges do not change, so the cache answers', () => {
  expect(rangesAt(Date.parse('2026-11-21T10:20:01Z'))).toEqual(rangesAt(Date.parse('2026-11-21T10:20:59.999Z')));
});
