import fc from 'fast-check';
import { expect, it } from 'vitest';
import { slicesOf } from './slices.js';
import { startOfDay, wallClockMs, withOffset } from './zone.js';

const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Pacific/Auckland',
  'America/St_Johns',
  'Africa/Cairo',
];
const instant = fc.integer({ min: Date.UTC(2020, 0, 2), max: Date.UTC(2030, 0, 1) });

it('slices follow each other without gap or overlap over exactly the range', () => {
  fc.assert(
    fc.property(
      instant,
      fc.integer({ min: 1, max: 500 * 86_400_000 }),
      fc.constantFrom('hour', 'day', 'month', 'total' as const),
      fc.constantFrom(...ZONES),
      (from, length, interval, timeZone) => {
        const slices = slicesOf({ from, to: from + length, interval, timeZone });
        expect(slices[0]?.from).toBe(from);
        expect(slices.at(-1)?.to).toBe(from + length);
        for (const [index, slice] of slices.entries()) {
          expect(slice.from).toBeLessThan(slice.to);
          if (index > 0) expect(slice.from).toBe(slices[index - 1]?.to);
        }
      },
    ),
  );
});

it('a slice ends where a month ends by the clock of the zone, or at midnight where rows are hours', () => {
  const from = Date.parse('2026-10-20T12:34:56.789Z');
  const to = Date.parse('2026-12-05T00:00:00Z');
  const ends = (interval: 'day' | 'hour') =>
    slicesOf({ from, to, interval, timeZone: 'Europe/Berlin' }).map((slice) => withOffset(slice.to, 'Europe/Berlin'));
  expect(ends('day')).toEqual(['2026-11-01T00:00:00+01:00', '2026-12-01T00:00:00+01:00', '2026-12-05T01:00:00+01:00']);
  expect(ends('hour').slice(0, 2)).toEqual(['2026-10-27T00:00:00+01:00', '2026-11-03T00:00:00+01:00']);
});

it('a day begins at its first instant, also where clocks skip midnight', () => {
  // In Cairo 2026-04-24 begins at 01:00, since its clocks go from 23:59:59 of the 23rd to 01:00.
  const start = startOfDay(Date.UTC(2026, 3, 24, 15), 'Africa/Cairo');
  expect(withOffset(start, 'Africa/Cairo')).toBe('2026-04-24T01:00:00+03:00');
  expect(withOffset(start - 1000, 'Africa/Cairo')).toBe('2026-04-23T23:59:59+02:00');
});

it('the start of a day is of that day, and the instant before is not', () => {
  fc.assert(
    fc.property(instant, fc.constantFrom(...ZONES), (at, timeZone) => {
      const day = (ms: number) => Math.floor(wallClockMs(ms, timeZone) / 86_400_000);
      const start = startOfDay(wallClockMs(at, timeZone), timeZone);
      expect(start).toBeLessThanOrEqual(at);
      expect(day(start)).toBe(day(at));
      expect(day(start - 1)).toBe(day(at) - 1);
    }),
  );
});
