import { describe, expect, it } from 'vitest';
import { toCsv } from '../../../csv';
import { linesOf } from './lines';

const BUCKETS = ['2026-10-31T23:00:00.000Z', '2026-11-01T23:00:00.000Z'];
const SPEND = {
  buckets: BUCKETS,
  interval: 'day' as const,
  timeZone: 'Europe/Berlin',
  unit: 'usd' as const,
  series: [
    { key: '=cmd', label: '=cmd|x', values: ['0.000000000123', null] },
    { key: ' other', label: 'Other (4)', values: ['12345678901234.567890123456', '0'], other: true },
  ],
};

describe('a chart as CSV', () => {
  it('has a line for each bucket and series with every digit, its instants and the time of the zone', () => {
    expect(linesOf(SPEND)).toEqual([
      ['kind', 'day_start_utc', 'day_end_utc', 'day_start_local', 'key', 'label', 'spend_usd'],
      ['actual', BUCKETS[0], BUCKETS[1], '2026-11-01 00:00 UTC+1', '=cmd', '=cmd|x', '0.000000000123'],
      ['actual', BUCKETS[0], BUCKETS[1], '2026-11-01 00:00 UTC+1', '', 'Other (4)', '12345678901234.567890123456'],
      ['actual', BUCKETS[1], '2026-11-02T23:00:00.000Z', '2026-11-02 00:00 UTC+1', '=cmd', '=cmd|x', 'unpriced'],
      ['actual', BUCKETS[1], '2026-11-02T23:00:00.000Z', '2026-11-02 00:00 UTC+1', '', 'Other (4)', '0'],
    ]);
  });

  it('runs no formula in a spreadsheet', () => {
    expect(toCsv(linesOf(SPEND))).toContain(",'=cmd,'=cmd|x,0.000000000123\r\n");
  });

  it('tells what was, what was before and what is expected apart', () => {
    const lines = linesOf({
      ...SPEND,
      series: [{ key: 'a', label: 'A', values: ['1', '2'] }],
      previous: { label: '', buckets: ['2026-09-30T22:00:00.000Z'], series: [{ key: 'b', label: 'B', values: ['7'] }] },
      forecast: [{ bucket: '2026-11-02T23:00:00.000Z', low: '1', expected: '2', high: '3' }],
    }).slice(1);
    expect(lines.map(([kind, , , , , label, value]) => [kind, label, value])).toEqual([
      ['actual', 'A', '1'],
      ['actual', 'A', '2'],
      ['previous', 'B', '7'],
      ['forecast', 'Low', '1'],
      ['forecast', 'Expected', '2'],
      ['forecast', 'High', '3'],
    ]);
  });

  it('leaves a rate empty where there is nothing to compute it from', () => {
    const lines = linesOf({ ...SPEND, unit: 'share', series: [{ key: 'e', label: 'Errors', values: [0.125, null] }] });
    expect(lines.slice(1).map((line) => line.at(-1))).toEqual(['0.125', '']);
  });
});
