import { expect, it } from 'vitest';
import { knownSpend, knownSpends } from './known-spend';

it('a sum of nothing but calls without a price is unknown, not zero', () => {
  expect(knownSpend({ spend: '0.000000000000', unpricedCalls: 3 })).toBeNull();
  expect(knownSpend({ spend: '0', unpricedCalls: 0 })).toBe('0');
  expect(knownSpend({ spend: '0.000000000001', unpricedCalls: 3 })).toBe('0.000000000001');
});

it('a day is drawn as unknown where it has calls and no price, as nothing where it has none', () => {
  expect(knownSpends(['0', '0', '0.5', '2'], [0, 3, 1, 0])).toEqual([0, null, 0.5, 2]);
});
