import { describe, expect, test } from 'vitest';
import { bucketStarts } from './buckets.js';

const HOUR = 3_600_000;
const shown = (starts: readonly number[]) => starts.map((start) => new Date(start).toISOString().slice(0, 16));
const from = (text: string) => Date.parse(`${text}Z`);

describe('days', () => {
  test('have 23 and 25 hours where clocks change', () => {
    const spring = bucketStarts(
      { from: from('2026-03-28T12:00'), to: from('2026-03-30T12:00') },
      'day',
      'Europe/Berlin',
    );
    expect(shown(spring)).toEqual(['2026-03-27T23:00', '2026-03-28T23:00', '2026-03-29T22:00']);
    const autumn = bucketStarts(
      { from: from('2026-11-01T12:00'), to: from('2026-11-02T12:00') },
      'day',
      'America/New_York',
    );
    expect(shown(autumn)).toEqual(['2026-11-01T04:00', '2026-11-02T05:00']);
  });

  test('begin with their first instant where clocks skip midnight', () => {
    const cairo = bucketStarts({ from: from('2026-04-23T12:00'), to: from('2026-04-25T12:00') }, 'day', 'Africa/Cairo');
    expect(shown(cairo)).toEqual(['2026-04-22T22:00', '2026-04-23T22:00', '2026-04-24T21:00']);
  });

  test('begin off the hour in zones that are', () => {
    const india = bucketStarts(
      { from: from('2026-06-01T12:00'), to: from('2026-06-02T12:00') },
      'day',
      'Asia/Kathmandu',
    );
    expect(shown(india)).toEqual(['2026-05-31T18:15', '2026-06-01T18:15']);
  });
});

test('the hour that clocks repeat is two buckets, the one they skip is none', () => {
  const range = { from: from('2026-10-25T00:00'), to: from('2026-10-25T03:00') };
  expect(bucketStarts(range, 'hour', 'Europe/Berlin')).toEqual([0, 1, 2].map((n) => range.from + n * HOUR));
  const half = bucketStarts(
    { from: from('2026-04-04T14:00'), to: from('2026-04-04T17:00') },
    'hour',
    'Australia/Lord_Howe',
  );
  expect(shown(half)).toEqual(['2026-04-04T14:00', '2026-04-04T15:00', '2026-04-04T15:30', '2026-04-04T16:30']);
});

test('months begin with the first of the month in the zone', () => {
  const months = bucketStarts(
    { from: from('2026-02-28T20:00'), to: from('2026-04-01T00:00') },
    'month',
    'Asia/Kolkata',
  );
  expect(shown(months)).toEqual(['2026-02-28T18:30', '2026-03-31T18:30']);
});

test('months of every zone of the database, and days of some, follow each other without gap or overlap', () => {
  const all = Intl.supportedValuesOf('timeZone');
  for (const [index, zone] of all.entries()) {
    for (const interval of index % 25 === 0 ? (['day', 'month'] as const) : (['month'] as const)) {
      const range = { from: from('2026-01-01T00:00'), to: from('2027-01-01T00:00') };
      const starts = bucketStarts(range, interval, zone);
      const lengths = starts.slice(1).map((start, index) => start - (starts[index] as number));
      expect([zone, starts[0] as number]).toEqual([zone, Math.min(range.from, starts[0] as number)]);
      const [least, most] = interval === 'day' ? [22, 26] : [27 * 24, 32 * 24];
      expect([zone, lengths.filter((length) => length < least * HOUR || length > most * HOUR)]).toEqual([zone, []]);
    }
  }
});

test('more than can be shown, and zones that there are not, are refused', () => {
  const year = { from: from('2026-01-01T00:00'), to: from('2027-01-01T00:00') };
  expect(() => bucketStarts(year, 'hour')).toThrowError(expect.objectContaining({ code: 'RANGE_TOO_LONG' }));
  expect(() => bucketStarts(year, 'day', 'Mars/Base')).toThrowError(
    expect.objectContaining({ code: 'TIME_ZONE_UNKNOWN' }),
  );
});
