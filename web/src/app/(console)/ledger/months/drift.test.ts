import { expect, it } from 'vitest';
import { driftOf } from './drift';

const CLOSED = { spend: '10.5', calls: 7, spendAtClose: '10.5', callsAtClose: 7 };

it('a month that was never closed has none', () => {
  expect(driftOf({ ...CLOSED, spendAtClose: null, callsAtClose: null })).toBeNull();
});

it('another spelling of the same sum is none', () => {
  expect(driftOf({ ...CLOSED, spend: '10.500000000000' })).toBeNull();
});

it('is exact to the last digit, and a late call without a cost is one too', () => {
  expect(driftOf({ ...CLOSED, spend: '10.499999999999' })).toEqual({ spend: '-0.000000000001', calls: 0 });
  expect(driftOf({ ...CLOSED, calls: 8 })).toEqual({ spend: '0', calls: 1 });
});
