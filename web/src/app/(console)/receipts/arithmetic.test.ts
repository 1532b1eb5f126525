import { expect, test } from 'vitest';
import { checkOf, isRight, placesFor, productOf } from './arithmetic';
import type { Line } from './receipt';

const ORIGIN = {
  ...{ kind: 'CATALOG' as const, label: 'OpenAI', url: null, asOf: null },
  ...{ priceVersion: null, overrideId: null, by: null, at: null },
};
const line = (quantity: number, usdPerMillion: string | null, amount: string | null): Line => ({
  ...{ bucket: 'input', quantity, usdPerMillion, amount, rule: null, origin: ORIGIN },
});

test('quantity x rate is exact where a float is not', () => {
  expect(productOf({ quantity: 3, usdPerMillion: '0.1' })).toBe('0.0000003');
  expect(productOf({ quantity: 9_007_199_254_740_991, usdPerMillion: '0.000001' })).toBe('9007.199254740991');
  expect(productOf({ quantity: 1, usdPerMillion: null })).toBeNull();
});

test('a line off by its last digit is not right', () => {
  expect(isRight(line(1234, '2.5', '0.003085'))).toBe(true);
  expect(isRight(line(1234, '2.5', '0.003085000001'))).toBe(false);
  expect(isRight(line(1234, null, null))).toBe(true);
});

test('lines add up to the total to the last digit, with what is not listed', () => {
  const lines = [line(1000, '2.5', '0.0025'), line(10, '10', '0.0001')];
  expect(checkOf(lines, '0.0026')).toEqual({ sum: '0.0026', addsUp: true });
  expect(checkOf(lines, '0.002600000001').addsUp).toBe(false);
  expect(checkOf(lines, '1.0026', '1').addsUp).toBe(true);
  expect(checkOf([line(1000, '2.5', '0.0026')], '0.0026').addsUp).toBe(false);
});

test('a column has the places of its longest amount, and never fewer than cents', () => {
  expect(placesFor(['1', '0.5', null])).toBe(2);
  expect(placesFor(['1', '0.003085000'])).toBe(6);
});
