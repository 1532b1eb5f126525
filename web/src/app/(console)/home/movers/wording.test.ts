import { expect, test } from 'vitest';
import { effectsText, fromToText, hasMoved, stayedText } from './wording';

test('effects come biggest first, whichever way they went, and those that moved nothing are left out', () => {
  const effects = [
    { kind: 'mix', amount: '0.5' },
    { kind: 'volume', amount: '-3.1' },
    { kind: 'cache_hit', amount: '0' },
  ];
  expect(effectsText(effects)).toBe('volume -$3.10, model mix +$0.50');
  expect(effectsText([])).toBe('');
});

test('what is new or gone is said so', () => {
  const amounts = { before: '2', after: '3.1', unpricedBefore: 0, unpricedAfter: 0, isNew: false, isGone: false };
  expect(fromToText(amounts)).toBe('$2.00 to $3.10');
  expect(fromToText({ ...amounts, before: '0', isNew: true })).toBe('new, $3.10');
  expect(fromToText({ ...amounts, after: '0', isGone: true })).toBe('gone, was $2.00');
  expect(hasMoved({ difference: '0.000000000000' })).toBe(false);
  expect(hasMoved({ difference: '-0.000000000001' })).toBe(true);
});

test('what has no price is not called zero', () => {
  const amounts = { before: '0', after: '3.1', unpricedBefore: 4, unpricedAfter: 1, isNew: false, isGone: false };
  expect(fromToText(amounts)).toBe('unpriced to $3.10');
  expect(stayedText({ spend: '0.000000000000', unpricedCalls: 2 })).toBe('What these weeks cost is unknown');
  expect(stayedText({ spend: '0', unpricedCalls: 0 })).toBe('Spend stayed at $0.00');
});
