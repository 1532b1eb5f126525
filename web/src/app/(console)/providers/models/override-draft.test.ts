import { expect, it } from 'vitest';
import { draftOf, isChanged, kindOf, rateProblem, ratesOf } from './override-draft';

const card = [
  { bucket: 'input', catalogUsdPerMillion: '2.5', overrideUsdPerMillion: '2.00' },
  { bucket: 'output', catalogUsdPerMillion: '10', overrideUsdPerMillion: null },
  { bucket: 'cached_input', catalogUsdPerMillion: null, overrideUsdPerMillion: '0' },
];

it('keeps blank, zero and a rate apart', () => {
  expect(['', ' ', '0', '0.00', '.0', '0.000001', '3'].map(kindOf)).toEqual([
    ...['catalog', 'catalog', 'free', 'free', 'free'],
    ...['custom', 'custom'],
  ]);
});

it('sends what was typed and leaves blank fields to the catalog', () => {
  const draft = { ...draftOf(card), output: ' .5 ', cache_write_1h: '2.' };
  expect(ratesOf(draft)).toEqual([
    { bucket: 'input', usdPerMillion: '2.00' },
    { bucket: 'output', usdPerMillion: '0.5' },
    { bucket: 'cached_input', usdPerMillion: '0' },
    { bucket: 'cache_write_1h', usdPerMillion: '2' },
  ]);
  expect(ratesOf({ ...draft, input: '-1' })).toBeNull();
});

it('says what is wrong with a rate', () => {
  for (const good of ['', '0', '2.5', '1000000', '0.000001']) expect(rateProblem(good), good).toBeNull();
  expect(rateProblem('-1')).toMatch(/0 \(free\) or more/);
  expect(rateProblem('$2')).toMatch(/number alone/);
  expect(rateProblem('2,50')).toMatch(/after a point/);
  expect(rateProblem('0.0000001')).toMatch(/6 decimal places/);
  expect(rateProblem('1000000.1')).toMatch(/at most/);
  expect(rateProblem('99999999999')).toMatch(/at most/);
  expect(rateProblem('cheap')).toMatch(/dollars per 1M/);
});

it('another spelling of the same rate is no change, blank instead of free is one', () => {
  const stored = draftOf(card);
  expect(isChanged(stored, card)).toBe(false);
  expect(isChanged({ ...stored, input: '2' }, card)).toBe(false);
  expect(isChanged({ ...stored, cached_input: '' }, card)).toBe(true);
  expect(isChanged({ ...stored, output: '0' }, card)).toBe(true);
});
