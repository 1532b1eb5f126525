import { describe, expect, test } from 'vitest';
import {
  bytes,
  compact,
  count,
  duration,
  minuteTime,
  percent,
  plural,
  relativeTime,
  usd,
  usdCompact,
  usdExact,
  usdPlaces,
  usdSigned,
  usdSignedExact,
} from './format';

test('money in a column has as many places as it is given', () => {
  expect(usdPlaces('1234.5', 4)).toBe('$1,234.5000');
  expect(usdPlaces('-0.000003085', 9)).toBe('-$0.000003085');
});

describe('usd', () => {
  test.each([
    ['0', '$0.00'],
    ['0.000', '$0.00'],
    ['1234.56', '$1,234.56'],
    ['1234.565', '$1,234.57'],
    ['1', '$1.00'],
    ['0.5', '$0.50'],
    ['0.1', '$0.10'],
    ['0.12345', '$0.1235'],
    ['0.0004312', '$0.0004312'],
    ['0.00043129', '$0.0004313'],
    ['0.000000000001', '$0.000000000001'],
    ['0.99994', '$0.9999'],
    ['0.99996', '$1.00'],
    ['0.009', '$0.009'],
    ['-0.0004312', '-$0.0004312'],
    ['-12.5', '-$12.50'],
    ['123456789012345678.99', '$123,456,789,012,345,678.99'],
  ])('%s reads %s', (amount, shown) => {
    expect(usd(amount)).toBe(shown);
  });

  test('unknown is never zero', () => {
    expect(usd(null)).toBe('unpriced');
    expect(count(null)).not.toContain('0');
    expect(duration(null)).not.toContain('0');
  });

  test('nothing that is not zero reads as zero', () => {
    for (let exponent = 1; exponent <= 12; exponent++) {
      for (const digit of [1, 4, 5, 9]) {
        const amount = `0.${'0'.repeat(exponent - 1)}${digit}`;
        expect(usd(amount)).not.toMatch(/^\$0\.0*$/);
      }
    }
  });

  test('the exact form keeps every digit', () => {
    expect(usdExact('1234.567890123456')).toBe('$1,234.567890123456');
    expect(usdExact('2.5')).toBe('$2.50');
  });

  test('refuses what is no decimal', () => {
    expect(() => usd('1e-7')).toThrow(RangeError);
  });
});

test.each([
  ['3.1', '+$3.10'],
  ['-3.1', '-$3.10'],
  ['0.0004312', '+$0.0004312'],
  ['0', '$0.00'],
])('a difference of %s reads %s', (amount, shown) => {
  expect(usdSigned(amount)).toBe(shown);
});

test('the exact form of a difference keeps its sign and every digit', () => {
  expect(usdSignedExact('1234.567890123456')).toBe('+$1,234.567890123456');
  expect(usdSignedExact('-0.000000000001')).toBe('-$0.000000000001');
});

test.each([
  ['2026-11-01T00:00:00.000Z', '1 Nov 2026, 00:00 UTC'],
  ['2026-11-01T09:05:07.000Z', '1 Nov 2026, 09:05:07 UTC'],
])('%s reads %s', (at, shown) => {
  expect(minuteTime(at)).toBe(shown);
});

test.each([
  [0, '0'],
  [840, '840'],
  [999.9, '1000'],
  [1200, '1.2 k'],
  [999_999, '1 M'],
  [1_234_567, '1.23 M'],
  [2_000_000_000, '2 B'],
  [-1500, '-1.5 k'],
])('compact(%d) reads %s', (value, shown) => {
  expect(compact(value)).toBe(shown);
});

test.each([
  [0, '$0'],
  [0.0005, '$0.0005'],
  [12_000, '$12 k'],
])('usdCompact(%d) reads %s', (value, shown) => {
  expect(usdCompact(value)).toBe(shown);
});

test.each([
  [0, '0 ms'],
  [0.44, '0.4 ms'],
  [9.96, '10 ms'],
  [840, '840 ms'],
  [999.6, '1.00 s'],
  [2412, '2.41 s'],
  [59_996, '1 m 0 s'],
  [192_000, '3 m 12 s'],
  [7_500_000, '2 h 5 m'],
])('duration(%d) reads %s', (ms, shown) => {
  expect(duration(ms)).toBe(shown);
});

test.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [12_595, '12.3 KiB'],
  [1_048_570, '1.0 MiB'],
])('bytes(%d) reads %s', (value, shown) => {
  expect(bytes(value)).toBe(shown);
});

test.each([
  [0, 10, '0 %'],
  [1, 100_000, '< 0.1 %'],
  [99_999, 100_000, '> 99.9 %'],
  [1, 3, '33.3 %'],
])('percent(%d of %d) reads %s', (part, whole, shown) => {
  expect(percent(part, whole)).toBe(shown);
});

describe('relativeTime', () => {
  const now = new Date('2026-11-21T12:00:00Z');
  test.each([
    ['2026-11-21T11:59:58Z', 'just now'],
    ['2026-11-21T11:59:30Z', '30 s ago'],
    ['2026-11-21T11:00:30Z', '59 min ago'],
    ['2026-11-21T09:00:00Z', '3 h ago'],
    ['2026-11-16T12:00:00Z', '5 d ago'],
    ['2026-11-26T12:00:00Z', 'in 5 d'],
    ['2026-01-02T23:59:59Z', '2 Jan 2026'],
  ])('%s reads %s', (at, shown) => {
    expect(relativeTime(at, now)).toBe(shown);
  });
});

test('plural counts words', () => {
  expect(plural(1, 'call')).toBe('1 call');
  expect(plural(1200, 'reply', 'replies')).toBe('1,200 replies');
});
