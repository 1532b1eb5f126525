import { describe, expect, test } from 'vitest';
import { groupsOf, shownOf, type Total, type TotalLine } from './total-lines';

const ORIGIN = {
  ...{ kind: 'CATALOG' as const, label: 'OpenAI', url: null, asOf: null },
  ...{ priceVersion: null, overrideId: null, by: null, at: null },
};
const line = (rest: Partial<TotalLine>): TotalLine => ({
  ...{ provider: 'openai', model: 'gpt-4o', bucket: 'input', quantity: 1_000_000, usdPerMillion: '2.5', amount: '2.5' },
  ...{ rule: null, origin: ORIGIN, calls: 3, unpricedReason: null },
  ...rest,
});
const output = line({ bucket: 'output', quantity: 1000, usdPerMillion: '10', amount: '0.01' });
const unpriced = line({ model: 'house', usdPerMillion: null, amount: null, unpricedReason: 'model_unknown' });
const receipt: Total = {
  ...{ total: '2.51', lines: [line({}), output, unpriced], otherLines: 0, otherAmount: '0', agrees: true },
};
const parts = {
  input: '2.5',
  cachedInput: '0',
  cacheWrite: '0',
  output: '0.01',
  reasoning: '0',
  toolUse: '0',
  other: '0',
};

describe('what a receipt of a total shows', () => {
  test('lists what is in the sum, and apart from it what has no known cost', () => {
    const shown = shownOf(receipt, null, parts);
    expect(shown.lines).toHaveLength(2);
    expect(shown.unpriced).toEqual([unpriced]);
    expect(shown).toMatchObject({ total: '2.51', rest: null, agrees: true });
  });

  test('does not agree when a line is off by the last digit, whatever the control plane says', () => {
    const wrong = { ...receipt, lines: [line({ amount: '2.500000000001' }), output] };
    expect(shownOf(wrong, null, parts).agrees).toBe(false);
    expect(shownOf({ ...receipt, agrees: false }, null, parts).agrees).toBe(false);
    expect(shownOf({ ...receipt, total: '2.52' }, null, parts).agrees).toBe(false);
  });

  test('adds what is not listed, and says how much of it there is', () => {
    const cut = { ...receipt, lines: [line({})], otherLines: 7, otherAmount: '0.01' };
    expect(shownOf(cut, null, parts)).toMatchObject({ rest: { lines: 7, amount: '0.01' }, agrees: true });
  });

  test('narrowed to a part has the lines of its buckets, and the figure of the roll-up', () => {
    expect(shownOf(receipt, 'output', parts)).toMatchObject({ total: '0.01', lines: [output], agrees: true });
    const other = { ...parts, output: '0.02' };
    expect(shownOf(receipt, 'output', other).agrees).toBe(false);
    const cut = { ...receipt, otherLines: 7, otherAmount: '0.01' };
    expect(shownOf(cut, 'output', other)).toMatchObject({ rest: { lines: null, amount: '0.01' } });
  });
});

test('lines stand under their model, the dearest first', () => {
  const small = line({ model: 'gpt-4o-mini', amount: '0.1', quantity: 40_000 });
  const groups = groupsOf([small, line({}), output]);
  expect(groups.map(({ title }) => title?.model)).toEqual(['gpt-4o', 'gpt-4o-mini']);
  expect(groups[0]?.lines).toHaveLength(2);
});
