import { expect, test } from 'vitest';
import { daysText, weeksAt } from './week';

test('seven whole days against the seven before, whatever the time of day', () => {
  for (const now of ['2026-11-21T00:00:00.000Z', '2026-11-21T23:59:59.999Z']) {
    expect(weeksAt(Date.parse(now))).toEqual({
      after: { from: '2026-11-14T00:00:00.000Z', to: '2026-11-21T00:00:00.000Z' },
      before: { from: '2026-11-07T00:00:00.000Z', to: '2026-11-14T00:00:00.000Z' },
    });
  }
});

test('days are written once where they are the same', () => {
  const text = (from: string, to: string) => daysText({ from: `${from}T00:00:00Z`, to: `${to}T00:00:00Z` });
  expect(text('2026-11-14', '2026-11-21')).toBe('14 – 20 Nov 2026');
  expect(text('2026-10-28', '2026-11-04')).toBe('28 Oct – 3 Nov 2026');
  expect(text('2025-12-28', '2026-01-04')).toBe('28 Dec 2025 – 3 Jan 2026');
});
