import { describe, expect, it } from 'vitest';
import { endOf, labelOf, momentOf, named, stampOf, tickOf } from './bucket';

describe('names of buckets', () => {
  it('are in UTC and say so', () => {
    expect(tickOf('2026-11-21T14:00:00Z', 'hour', 'UTC')).toBe('14:00');
    expect(tickOf('2026-11-21T00:00:00Z', 'hour', 'UTC')).toBe('21 Nov');
    expect(labelOf('2026-11-21T23:00:00Z', 'hour', 'UTC')).toBe('21 Nov 2026, 23:00 to 00:00 UTC');
    expect(labelOf('2026-11-21T00:00:00Z', 'day', 'UTC')).toBe('21 Nov 2026 UTC');
    expect(labelOf('2026-11-01T00:00:00Z', 'month', 'UTC')).toBe('Nov 2026 UTC');
  });

  it('are in the zone that was chosen', () => {
    expect(labelOf('2026-11-20T23:00:00Z', 'day', 'Europe/Berlin')).toBe('21 Nov 2026, Europe/Berlin');
    expect(labelOf('2026-11-20T23:00:00Z', 'hour', 'Europe/Berlin')).toBe('21 Nov 2026, 00:00 to 01:00 UTC+1');
    expect(tickOf('2026-11-20T18:15:00Z', 'hour', 'Asia/Kathmandu')).toBe('21 Nov');
    expect(labelOf('2026-11-20T19:15:00Z', 'hour', 'Asia/Kathmandu')).toBe('21 Nov 2026, 01:00 to 02:00 UTC+5:45');
    expect(tickOf('2026-01-01T05:00:00Z', 'month', 'America/New_York')).toBe('Jan 2026');
    expect(tickOf('2026-02-01T05:00:00Z', 'month', 'America/New_York')).toBe('Feb');
  });

  it('tell the two hours apart that a clock shows twice', () => {
    expect(labelOf('2026-10-25T00:00:00Z', 'hour', 'Europe/Berlin')).toBe('25 Oct 2026, 02:00 UTC+2 to 02:00 UTC+1');
    expect(labelOf('2026-10-25T01:00:00Z', 'hour', 'Europe/Berlin')).toBe('25 Oct 2026, 02:00 to 03:00 UTC+1');
  });

  it('name moments and stamps with their offset', () => {
    expect(momentOf('2026-11-21T13:20:00Z', 'Europe/Berlin')).toBe('21 Nov 2026, 14:20 UTC+1');
    expect(stampOf('2026-11-21T13:20:05Z', 'UTC')).toBe('2026-11-21 13:20:05 UTC');
  });

  it('refuse a zone that does not exist', () => {
    expect(() => tickOf('2026-11-21T00:00:00Z', 'day', 'Europe/Nowhere')).toThrow(RangeError);
  });
});

describe('the end of a bucket', () => {
  it.each([
    ['2026-11-21T14:00:00Z', 'hour', 'UTC', '2026-11-21T15:00:00.000Z'],
    ['2026-02-28T00:00:00Z', 'day', 'UTC', '2026-03-01T00:00:00.000Z'],
    ['2026-12-01T00:00:00Z', 'month', 'UTC', '2027-01-01T00:00:00.000Z'],
    // 25 and 23 hours long.
    ['2026-10-24T22:00:00Z', 'day', 'Europe/Berlin', '2026-10-25T23:00:00.000Z'],
    ['2026-03-28T23:00:00Z', 'day', 'Europe/Berlin', '2026-03-29T22:00:00.000Z'],
    ['2026-02-28T23:00:00Z', 'month', 'Europe/Berlin', '2026-03-31T22:00:00.000Z'],
    // Clocks are turned at midnight: the day of 6 September 2026 begins at 01:00 in Santiago.
    ['2026-09-05T04:00:00Z', 'day', 'America/Santiago', '2026-09-06T04:00:00.000Z'],
  ] as const)('%s by %s in %s is %s', (start, interval, zone, end) => {
    expect(endOf(start, interval, zone)).toBe(end);
  });
});

describe('names on the axis', () => {
  const hours = (from: string, count: number) =>
    Array.from({ length: count }, (_, index) => new Date(Date.parse(from) + index * 3_600_000).toISOString());
  const texts = (buckets: string[], interval: 'hour' | 'day', zone: string, room: number) =>
    named(buckets, interval, zone, room).map(({ text }) => text);

  it('are at even hours and name every midnight by its day', () => {
    expect(texts(hours('2026-11-20T15:00:00Z', 24), 'hour', 'UTC', 5)).toEqual(['18:00', '21 Nov', '06:00', '12:00']);
    expect(texts(hours('2026-11-20T15:00:00Z', 24), 'hour', 'Europe/Berlin', 5)[1]).toBe('21 Nov');
  });

  it('are days alone where there are many, also after clocks were turned', () => {
    const names = texts(hours('2026-10-20T22:00:00Z', 24 * 14), 'hour', 'Europe/Berlin', 8);
    expect(names).toEqual(['21 Oct', '23 Oct', '25 Oct', '26 Oct', '28 Oct', '30 Oct', '1 Nov']);
  });

  it('never are more than there is room for', () => {
    for (const room of [1, 3, 10, 40]) {
      for (const count of [1, 24, 168, 2160]) {
        expect(texts(hours('2026-01-01T07:00:00Z', count), 'hour', 'UTC', room).length).toBeLessThanOrEqual(room);
      }
    }
    expect(texts(['2026-11-01T00:00:00Z', '2026-11-02T00:00:00Z'], 'day', 'UTC', 1)).toEqual(['1 Nov']);
    expect(named([], 'day', 'UTC', 5)).toEqual([]);
  });
});
