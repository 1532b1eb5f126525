import { describe, expect, it } from 'vitest';
import { spendSeries, tokenSeries, type UsageGroup } from './series';

const group = (change: Partial<UsageGroup>): UsageGroup => ({
  key: 'a',
  label: 'A',
  providerType: 'openai',
  other: false,
  deleted: false,
  spend: ['0.5', '0', '0.000000000000'],
  calls: [2, 3, 0],
  tokens: [20, 30, 0],
  unpricedCalls: [0, 0, 0],
  ...change,
});
const naming = { groupBy: 'provider', otherGroups: 0 } as const;

describe('spend', () => {
  it('stays exact text', () => {
    expect(spendSeries([group({})], naming)[0]).toMatchObject({ values: ['0.5', '0', '0.000000000000'] });
  });

  it('of calls without a price is unknown, of no calls and of free ones it is zero', () => {
    const [series] = spendSeries([group({ unpricedCalls: [1, 3, 0] })], naming);
    expect(series?.values).toEqual(['0.5', null, '0.000000000000']);
    expect(series?.note).toBe('+ 4 unpriced');
  });

  it('says nothing twice where no call has a price', () => {
    const [series] = spendSeries([group({ spend: ['0', '0', '0'], unpricedCalls: [2, 3, 0] })], naming);
    expect(series?.values).toEqual([null, null, '0']);
    expect(series?.note).toBeUndefined();
  });
});

it('the rest never shares a key with a group, says how many it adds up, and a deleted one says so', () => {
  const many = { ...naming, otherGroups: 1234 };
  const series = tokenSeries([group({ key: '', label: 'Unknown' }), group({ key: '', other: true })], many);
  expect(new Set(series.map(({ key }) => key)).size).toBe(2);
  expect(series.map(({ label }) => label)).toEqual(['no provider', 'Other (1,234 more)']);
  expect(tokenSeries([group({ deleted: true })], naming)[0]?.label).toBe('A (deleted)');
});
