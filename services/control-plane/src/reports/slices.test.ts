import fc from 'fast-check';
import { expect, it } from 'vitest';
import { slicesOf } from './slices.js';
import { withOffset } from './zone.js';

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

it('an instant is shown by the clock of the zone, with its offset', () => {
  const shown = (text: string, timeZone: string) => withOffset(Date.parse(text), timeZone);
  expect(shown('2026-04-23T22:00:00Z', 'Africa/Cairo')).toBe('2026-04-24T01:00:00+03:00');
  expect(shown('2026-10-31T23:59:59.999Z', 'America/St_Johns')).toBe('2026-10-31T21:29:59-02:30');
  fc.assert(
    fc.property(instant, fc.constantFrom(...ZONES), (at, timeZone) => {
      expect(Date.parse(withOffset(at, timeZone))).toBe(Math.floor(at / 1_000) * 1_000);
    }),
  );
});
