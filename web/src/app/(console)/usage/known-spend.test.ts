import { expect, it } from 'vitest';
import { knownSpend } from './known-spend';

it('a sum of nothing but calls without a price is unknown, not zero', () => {
  expect(knownSpend({ spend: '0.000000000000', unpricedCalls: 3 })).toBeNull();
  expect(knownSpend({ spend: '0', unpricedCalls: 0 })).toBe('0');
  expect(knownSpend({ spend: '0.000000000001', unpricedCalls: 3 })).toBe('0.000000000001');
});
