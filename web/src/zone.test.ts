import { describe, expect, it } from 'vitest';
import { addDays, addMonths, fromWall, isZone, startOfDay, startOfHour, startOfMonth, wallOf, zoneNames } from './zone';

const iso = (ms: number) => new Date(ms).toISOString();
const at = (text: string) => Date.parse(text);

describe('a time zone', () => {
  it('is known by its IANA name, and nothing else is one', () => {
    for (const zone of ['UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires', 'Asia/Kolkata'])
      expect(isZone(zone)).toBe(true);
    for (const zone of ['', '+02:00', 'Berlin', 'Europe/Atlantis', "UTC'; --", 'utc '])
      expect(isZone(zone)).toBe(false);
    expect(zoneNames()[0]).toBe('UTC');
    expect(zoneNames().every(isZone)).toBe(true);
  });

  it('has days of 23, 24 and 25 hours', () => {
    const hoursOf = (text: string, zone: string) => {
      const start = startOfDay(at(text), zone);
      return (addDays(start, 1, zone) - start) / 3_600_000;
    };
    expect(hoursOf('2026-03-29T12:00:00Z', 'Europe/Berlin')).toBe(23);
    expect(hoursOf('2026-10-25T12:00:00Z', 'Europe/Berlin')).toBe(25);
    expect(hoursOf('2026-10-26T12:00:00Z', 'Europe/Berlin')).toBe(24);
    expect(hoursOf('2026-03-08T20:00:00Z', 'America/New_York')).toBe(23);
  });

  it('begins its days, hours and months where its own clock does', () => {
    expect(iso(startOfDay(at('2026-11-21T23:30:00Z'), 'Europe/Berlin'))).toBe('2026-11-21T23:00:00.000Z');
    expect(iso(startOfHour(at('2026-11-21T05:47:12Z'), 'Asia/Kolkata'))).toBe('2026-11-21T05:30:00.000Z');
    expect(iso(startOfMonth(at('2026-10-31T23:30:00Z'), 'Europe/Berlin'))).toBe('2026-10-31T23:00:00.000Z');
    expect(iso(startOfMonth(at('2026-01-15T00:00:00Z'), 'UTC', -1))).toBe('2025-12-01T00:00:00.000Z');
    expect(iso(startOfDay(at('2026-11-21T05:00:00Z'), 'Pacific/Auckland'))).toBe('2026-11-20T11:00:00.000Z');
  });

  it('that skips midnight begins its day when the clock jumps', () => {
    // Cairo went from 23:59:59 on Thursday to 01:00 on Friday, 24 April 2026.
    expect(iso(startOfDay(at('2026-04-24T12:00:00Z'), 'Africa/Cairo'))).toBe('2026-04-23T22:00:00.000Z');
  });

  it('reads its own clock both ways', () => {
    for (const zone of ['UTC', 'Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe', 'Asia/Kathmandu']) {
      for (let ms = at('2026-01-01T00:30:00Z'); ms < at('2026-12-31T00:00:00Z'); ms += 86_400_000 * 3.37) {
        expect(wallOf(fromWall(wallOf(ms, zone), zone), zone)).toBe(wallOf(ms, zone));
      }
    }
  });

  it('keeps the last day of a month when the other month is shorter', () => {
    expect(iso(addMonths(at('2026-03-31T10:00:00Z'), -1, 'UTC'))).toBe('2026-02-28T10:00:00.000Z');
    expect(iso(addMonths(at('2026-11-21T10:00:00Z'), -12, 'UTC'))).toBe('2025-11-21T10:00:00.000Z');
  });
});
