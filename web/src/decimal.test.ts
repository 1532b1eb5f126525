import { expect, test } from 'vitest';
import { compareDecimals, fromScaled, sumDecimals, toScaled } from './decimal';

test.each(['0', '1.5', '-0.000000000001', '123456789012345678.123456789012'])('%s survives parse and print', (text) => {
  expect(fromScaled(toScaled(text))).toBe(text);
});

test('sums without loss where floats lose', () => {
  expect(sumDecimals(['0.1', '0.2'])).toBe('0.3');
  expect(sumDecimals(['9007199254740993', '0.000000000001'])).toBe('9007199254740993.000000000001');
  expect(sumDecimals([])).toBe('0');
});

test('compares by value, not by text', () => {
  expect(compareDecimals('10', '9.99')).toBeGreaterThan(0);
  expect(compareDecimals('1.50', '1.5')).toBe(0);
  expect(compareDecimals('-1', '0')).toBeLessThan(0);
});

test.each(['', '1e3', 'abc', '1.', '0x10'])('refuses %j', (text) => {
  expect(() => toScaled(text)).toThrow(RangeError);
});
