import { expect, it } from 'vitest';
import { monthName, monthOf, monthSpan, monthsIn } from './month';

it('a month has a name and the exact UTC instants it lies between', () => {
  expect(monthName('2026-11')).toBe('November 2026');
  expect(monthSpan('2026-12')).toEqual({
    from: new Date('2026-12-01T00:00:00Z'),
    to: new Date('2027-01-01T00:00:00Z'),
  });
  expect(() => monthName('2026-13')).toThrow(RangeError);
});

it('an instant belongs to its UTC month', () => {
  expect(monthOf(new Date('2026-10-31T23:59:59.999Z'))).toBe('2026-10');
  expect(monthOf(new Date('2026-11-01T00:00:00Z'))).toBe('2026-11');
});

it('a range touches every month it has an instant of, and not the one that begins at its end', () => {
  const months = (from: string, to: string) => monthsIn(new Date(from), new Date(to));
  expect(months('2026-10-01T00:00:00Z', '2026-11-01T00:00:00Z')).toEqual(['2026-10']);
  expect(months('2026-10-31T23:59:59Z', '2026-11-01T00:00:01Z')).toEqual(['2026-10', '2026-11']);
  expect(months('2026-11-15T00:00:00Z', '2027-01-15T00:00:00Z')).toEqual(['2026-11', '2026-12', '2027-01']);
  expect(months('2026-11-15T00:00:00Z', '2026-11-15T00:00:00Z')).toEqual([]);
});
