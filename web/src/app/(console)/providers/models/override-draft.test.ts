import { expect, it } from 'vitest';
import { draftOf, fieldRate, isChanged, kindOf, NO_OVERRIDE, rateProblem, ratesOf } from './override-draft';

const STORED = {
  currency: 'USD',
  from: '2026-11-10T00:00:00Z',
  rates: [
    { bucket: 'input', perMillion: '2.00' },
    { bucket: 'cached_input', perMillion: '0' },
    { bucket: 'web_search', perMillion: '10000' },
  ],
};
const wanted = { draft: draftOf(STORED.rates), currency: 'USD', validFrom: null };

it('keeps blank, zero and a rate apart', () => {
  expect(['', ' ', '0', '0.00', '.0', '0.000001', '3'].map(kindOf)).toEqual([
    ...['catalog', 'catalog', 'free', 'free', 'free'],
    ...['custom', 'custom'],
  ]);
});

it('sends what was typed and leaves blank fields to the catalog', () => {
  const draft = { ...draftOf(STORED.rates), output: ' .5 ', cache_write_1h: '2.' };
  expect(ratesOf(draft)).toEqual([
    { bucket: 'input', perMillion: '2.00' },
    { bucket: 'output', perMillion: '0.5' },
    { bucket: 'cached_input', perMillion: '0' },
    { bucket: 'cache_write_1h', perMillion: '2' },
    { bucket: 'web_search', perMillion: '10000' },
  ]);
  expect(ratesOf({ ...draft, input: '-1' })).toBeNull();
});

it('shows what is paid by the piece for 1,000, and sends it for 1M, to the last digit', () => {
  expect(fieldRate('web_search', '10000')).toBe('10');
  expect(fieldRate('input', '10000')).toBe('10000');
  for (const perMillion of ['10000', '0.000001', '35', '0']) {
    const draft = draftOf([{ bucket: 'request', perMillion }]);
    expect(rateProblem(draft.request, 'request'), perMillion).toBeNull();
    expect(ratesOf(draft)).toEqual([{ bucket: 'request', perMillion }]);
  }
});

it('says what is wrong with a rate', () => {
  const problem = (typed: string) => rateProblem(typed, 'input');
  for (const good of ['', '0', '2.5', '1000000', '0.000001']) expect(problem(good), good).toBeNull();
  expect(problem('-1')).toMatch(/0 \(free\) or more/);
  expect(problem('$2')).toMatch(/number alone/);
  expect(problem('2 EUR')).toMatch(/number alone/);
  expect(problem('2,50')).toMatch(/after a point/);
  expect(problem('0.0000001')).toMatch(/6 decimal places/);
  expect(problem('1000000.1')).toMatch(/at most/);
  expect(problem('99999999999')).toMatch(/at most/);
  expect(problem('2€')).toMatch(/number alone/);
  expect(problem('ten')).toMatch(/price of 1M tokens/);
  expect(problem('1.2.3')).toMatch(/price of 1M tokens/);
  expect(rateProblem('100000000', 'web_search')).toBeNull();
  expect(rateProblem('100000001', 'web_search')).toMatch(/for 1,000/);
});

it('another spelling of the same rate is no change, blank instead of free is one', () => {
  expect(isChanged(wanted, STORED)).toBe(false);
  expect(isChanged({ ...wanted, draft: { ...wanted.draft, input: '2' } }, STORED)).toBe(false);
  expect(isChanged({ ...wanted, draft: { ...wanted.draft, cached_input: '' } }, STORED)).toBe(true);
  expect(isChanged({ ...wanted, draft: { ...wanted.draft, output: '0' } }, STORED)).toBe(true);
});

it('the same rates in another currency or from an earlier time are a change, from a later one they are none', () => {
  expect(isChanged({ ...wanted, currency: 'EUR' }, STORED)).toBe(true);
  expect(isChanged({ ...wanted, validFrom: new Date('2026-11-01T00:00:00Z') }, STORED)).toBe(true);
  expect(isChanged({ ...wanted, validFrom: new Date('2026-11-12T00:00:00Z') }, STORED)).toBe(false);
});

it('without rates neither currency nor time is a change', () => {
  const nothing = { draft: draftOf([]), currency: 'EUR', validFrom: new Date(0) };
  expect(isChanged(nothing, NO_OVERRIDE)).toBe(false);
});
