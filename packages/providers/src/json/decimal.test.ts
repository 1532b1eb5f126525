import fc from 'fast-check';
import { expect, it } from 'vitest';
import { plainDecimal } from './decimal.js';

it.each([
  ['0', '0'],
  ['1.4e-05', '0.000014'],
  ['1.50', '1.50'],
  ['12e2', '1200'],
  ['1.2345e2', '123.45'],
  ['0.1e1', '1'],
  ['007', '7'],
  ['-1', null],
  ['1e400', null],
  ['NaN', null],
  ['', null],
  ['{"a":1}', null],
])('%s is %s', (text, plain) => {
  expect(plainDecimal(text, 63)).toBe(plain);
});

it('keeps the value of every number', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1e20, noNaN: true }), fc.integer({ min: 0, max: 12 }), (number, digits) => {
      const plain = plainDecimal(number.toExponential(digits), 400);
      expect(plain).toMatch(/^\d+(\.\d+)?$/);
      expect(Number(plain)).toBe(Number(number.toExponential(digits)));
    }),
  );
});
