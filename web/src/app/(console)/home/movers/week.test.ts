import { expect, test } from 'vitest';
import { weeksAt } from './week';

test('seven whole days against the seven before, whatever the time of day', () => {
  for (const now of ['2026-11-21T00:00:00.000Z', '2026-11-21T23:59:59.999Z']) {
    expect(weeksAt(Date.parse(now))).toEqual({
      after: { from: '2026-11-14T00:00:00.000Z', to: '2026-11-21T00:00:00.000Z' },
      before: { from: '2026-11-07T00:00:00.000Z', to: '2026-11-14T00:00:00.000Z' },
    });
  }
});
