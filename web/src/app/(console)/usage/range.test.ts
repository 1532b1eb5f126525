import { describe, expect, it } from 'vitest';
import { describeRange, LONGEST_MS, PRESETS, resolveRange } from './range';

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

  it('7 d is 7 whole days, today included', () => {
    expect(isoOf('7d')).toEqual(['2026-11-15T00:00:00.000Z', '2026-11-22T00:00:00.000Z', 'day']);
  });

  it('month to date starts on the first', () => {
    expect(isoOf('mtd')).toEqual(['2026-11-01T00:00:00.000Z', '2026-11-22T00:00:00.000Z', 'day']);
  });

  it('holds now and has no empty window, also exactly on an edge', () => {
    for (const at of ['2026-11-21T00:00:00.000Z', '2026-12-01T00:00:00.000Z', '2026-11-21T23:59:59.999Z']) {
      for (const preset of PRESETS) {
        const range = resolveRange(preset, none, new Date(at));
        expect(range.from.getTime()).toBeLessThanOrEqual(Date.parse(at));
        expect(range.to.getTime()).toBeGreaterThan(Date.parse(at));
      }
    }
  });
});

describe('a custom range', () => {
  const custom = (start: string, end: string) => ({ start: new Date(start), end: new Date(end) });

  it('is widened to whole buckets, hours up to two days', () => {
    expect(isoOf('custom', custom('2026-11-01T10:20:00Z', '2026-11-02T09:10:00Z'))).toEqual([
      '2026-11-01T10:00:00.000Z',
      '2026-11-02T10:00:00.000Z',
      'hour',
    ]);
    expect(isoOf('custom', custom('2026-11-01T10:20:00Z', '2026-11-04T00:00:00Z'))).toEqual([
      '2026-11-01T00:00:00.000Z',
      '2026-11-04T00:00:00.000Z',
      'day',
    ]);
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
});
