import { describe, expect, it } from 'vitest';
import { describeRange, LONGEST_MS, PRESETS, previousOf, resolveRange, spanText } from './range';

const now = new Date('2026-11-21T05:47:12.345Z');
const none = { start: null, end: null };
const isoOf = (
  preset: Parameters<typeof resolveRange>[0],
  custom = none as { start: Date | null; end: Date | null },
) => {
  const range = resolveRange(preset, custom, now);
  return [range.from.toISOString(), range.to.toISOString(), range.interval];
};

describe('a preset', () => {
  it('24 h is 24 whole hours, the current one included', () => {
    expect(isoOf('24h')).toEqual(['2026-11-20T06:00:00.000Z', '2026-11-21T06:00:00.000Z', 'hour']);
  });

  it('7 d is 6 whole days and today up to the hour under way', () => {
    expect(isoOf('7d')).toEqual(['2026-11-15T00:00:00.000Z', '2026-11-21T06:00:00.000Z', 'day']);
  });

  it('to date starts with the month, the quarter, the year', () => {
    expect(isoOf('mtd')).toEqual(['2026-11-01T00:00:00.000Z', '2026-11-21T06:00:00.000Z', 'day']);
    expect(isoOf('qtd')).toEqual(['2026-10-01T00:00:00.000Z', '2026-11-21T06:00:00.000Z', 'day']);
    expect(isoOf('ytd')).toEqual(['2026-01-01T00:00:00.000Z', '2026-11-21T06:00:00.000Z', 'month']);
    expect(isoOf('last_month')).toEqual(['2026-10-01T00:00:00.000Z', '2026-11-01T00:00:00.000Z', 'day']);
  });

  it('has the days of its time zone', () => {
    const range = resolveRange('7d', none, now, 'Asia/Kolkata');
    expect([range.from.toISOString(), range.to.toISOString()]).toEqual([
      '2026-11-14T18:30:00.000Z',
      '2026-11-21T06:30:00.000Z',
    ]);
  });

  it('holds now and has no empty window, also exactly on an edge', () => {
    for (const at of ['2026-11-21T00:00:00.000Z', '2026-12-01T00:00:00.000Z', '2026-11-21T23:59:59.999Z']) {
      for (const preset of PRESETS.filter((one) => one !== 'last_month')) {
        const range = resolveRange(preset, none, new Date(at));
        expect(range.from.getTime()).toBeLessThanOrEqual(Date.parse(at));
        expect(range.to.getTime()).toBeGreaterThan(Date.parse(at));
      }
    }
  });
});

describe('a custom range', () => {
  const custom = (start: string, end: string) => ({ start: new Date(start), end: new Date(end) });

  it('is taken to the minute; up to two days it has hours, up to a quarter days, beyond months', () => {
    const [start, end] = ['2026-11-01T10:20:00.000Z', '2026-11-02T09:10:00.000Z'];
    expect(isoOf('custom', custom(start, end))).toEqual([start, end, 'hour']);
    expect(isoOf('custom', custom('2026-11-01T10:20:00Z', '2026-11-04T00:00:00Z'))[2]).toBe('day');
    expect(isoOf('custom', custom('2026-01-01T00:00:00Z', '2026-11-04T00:00:00Z'))[2]).toBe('month');
  });

  it('that makes no sense falls back to 7 days', () => {
    expect(isoOf('custom')).toEqual(isoOf('7d'));
    expect(isoOf('custom', custom('2026-11-04T00:00:00Z', '2026-11-01T00:00:00Z'))).toEqual(isoOf('7d'));
    expect(isoOf('custom', custom('nonsense', '2026-11-01T00:00:00Z'))).toEqual(isoOf('7d'));
  });

  it('is cut at its start when it is longer than can be drawn', () => {
    const range = resolveRange('custom', custom('1970-01-01T00:00:00Z', '2026-11-01T00:00:00Z'), now);
    expect(range.to.getTime() - range.from.getTime()).toBe(LONGEST_MS);
  });
});

it('says range, bucket and zone in words', () => {
  expect(describeRange(resolveRange('7d', none, now))).toBe('15 Nov 2026 – 21 Nov 2026, by day, UTC');
  expect(describeRange(resolveRange('24h', none, now))).toBe('20 Nov, 06:00 – 21 Nov, 06:00, by hour, UTC');
  expect(describeRange(resolveRange('24h', none, now, 'Europe/Berlin'), 'Europe/Berlin')).toBe(
    '20 Nov, 07:00 – 21 Nov, 07:00, by hour, Europe/Berlin',
  );
  expect(describeRange(resolveRange('last_month', none, now))).toBe('1 Oct 2026 – 31 Oct 2026, by day, UTC');
});

describe('the period before', () => {
  const before = (preset: Parameters<typeof resolveRange>[0], zone = 'UTC', custom = none as Custom) => {
    const range = resolveRange(preset, custom, now, zone);
    return spanText(previousOf(preset, range, zone), zone);
  };
  interface Custom {
    start: Date | null;
    end: Date | null;
  }

  it('has the same part of the days, the month, the quarter and the year', () => {
    expect(before('24h')).toBe('19 Nov, 06:00 – 20 Nov, 06:00');
    expect(before('7d')).toBe('8 Nov 2026, 00:00 – 14 Nov 2026, 06:00');
    expect(before('mtd')).toBe('1 Oct 2026, 00:00 – 21 Oct 2026, 06:00');
    expect(before('qtd')).toBe('1 Jul 2026, 00:00 – 21 Aug 2026, 06:00');
    expect(before('ytd')).toBe('1 Jan 2025, 00:00 – 21 Nov 2025, 06:00');
    expect(before('last_month')).toBe('1 Sep 2026 – 30 Sep 2026');
    expect(before('mtd', 'Europe/Berlin')).toBe('1 Oct 2026, 00:00 – 21 Oct 2026, 07:00');
  });

  it('of whole months is as many whole months', () => {
    const quarter = { start: new Date('2026-04-01T00:00:00Z'), end: new Date('2026-07-01T00:00:00Z') };
    expect(before('custom', 'UTC', quarter)).toBe('1 Jan 2026 – 31 Mar 2026');
  });

  it('never reaches into the range, also where the month before is shorter', () => {
    const end = new Date('2026-03-31T12:10:00Z');
    const range = resolveRange('mtd', none, end);
    const previous = previousOf('mtd', range);
    expect(previous.from.toISOString()).toBe('2026-02-01T00:00:00.000Z');
    expect(previous.to.getTime()).toBeLessThanOrEqual(range.from.getTime());
    expect(previous.from.getTime()).toBeLessThan(previous.to.getTime());
  });

  it('of anything else is as long and ends where the range begins', () => {
    const odd = { start: new Date('2026-11-10T10:00:00Z'), end: new Date('2026-11-12T09:00:00Z') };
    expect(before('custom', 'UTC', odd)).toBe('8 Nov, 11:00 – 10 Nov, 10:00');
  });
});
