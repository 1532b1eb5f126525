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
  ...change,
});

describe('spend', () => {
  it('stays exact text', () => {
    expect(spendSeries([group({})], new Map(), 0)[0]).toMatchObject({ values: ['0.5', '0', '0.000000000000'] });
  });

  it('of calls without a price is unknown, of no calls it is zero', () => {
    const [series] = spendSeries([group({})], new Map([['a', 3]]), 3);
    expect(series?.values).toEqual(['0.5', null, '0.000000000000']);
    expect(series?.note).toBe('+ 3 unpriced');
  });

  it('says nothing twice where no call has a price', () => {
    const [series] = spendSeries([group({ spend: ['0', '0', '0'] })], new Map([['a', 5]]), 5);
    expect(series?.values).toEqual([null, null, '0']);
    expect(series?.note).toBeUndefined();
  });
});

it('the rest has what no named group has', () => {
  const rest = group({ key: '', label: 'Other', other: true, spend: ['0', '0', '0'] });
  const [, other] = spendSeries([group({}), rest], new Map([['a', 3]]), 8);
  expect(other?.values).toEqual([null, null, '0']);
});

it('the rest never shares a key with a group, and a deleted one says so', () => {
  const series = tokenSeries([group({ key: '', label: 'Unknown' }), group({ key: '', label: 'Other', other: true })]);
  expect(new Set(series.map(({ key }) => key)).size).toBe(2);
  expect(tokenSeries([group({ deleted: true })])[0]?.label).toBe('A (deleted)');
});
