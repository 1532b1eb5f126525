import { expect, test } from 'vitest';
import { unpricedHref } from './href';
import { canBePriced, exposureOf, tokensOf } from './unpriced';

test('tokens are counted, searches and requests are not', () => {
  const quantities = [
    { bucket: 'input', quantity: 100 },
    { bucket: 'reasoning', quantity: 20 },
    { bucket: 'web_search', quantity: 3 },
    { bucket: 'other:codeRuns', quantity: 5 },
  ];
  expect(tokensOf(quantities)).toBe(120);
});

test('a price is offered only where a price is what is missing', () => {
  expect(canBePriced({ reason: 'model_unknown', model: 'house' })).toBe(true);
  expect(canBePriced({ reason: 'usage_unknown', model: 'house' })).toBe(false);
  expect(canBePriced({ reason: 'model_unknown', model: '' })).toBe(false);
});

test('exposure is exact, and what nothing is known about is counted, not added as zero', () => {
  expect(exposureOf([{ exposure: '0.1' }, { exposure: null }, { exposure: '0.2' }])).toEqual({
    amount: '0.3',
    unknownModels: 1,
  });
});

test('an address leads to one model of one provider', () => {
  expect(unpricedHref()).toBe('/usage/unpriced');
  expect(unpricedHref({ providers: ['openai'], models: ['acme/house,v1'] })).toBe(
    '/usage/unpriced?providers=openai&models=acme%2Fhouse%252Cv1',
  );
  expect(unpricedHref({ range: '30d' })).toBe('/usage/unpriced?range=30d');
  expect(unpricedHref({ range: 'custom' })).toBe('/usage/unpriced');
});
