import { expect, test } from 'vitest';
import { unpricedHref } from './href';
import { unpricedRange } from './range';
import { exposureOf, remedyOf, tokensOf } from './unpriced';

test('tokens are counted, searches and requests are not', () => {
  const quantities = [
    { bucket: 'input', quantity: 100 },
    { bucket: 'reasoning', quantity: 20 },
    { bucket: 'web_search', quantity: 3 },
    { bucket: 'audio_second', quantity: 60 },
    { bucket: 'other:codeRuns', quantity: 5 },
  ];
  expect(tokensOf(quantities)).toBe(120);
});

test('a price is offered only where a price is what is missing', () => {
  expect(remedyOf({ reason: 'exchange_rate_missing', model: 'house' })).toBe('exchange_rate');
  expect(remedyOf({ reason: 'model_unknown', model: 'house' })).toBe('price');
  expect(remedyOf({ reason: 'usage_unknown', model: 'house' })).toBeNull();
  expect(remedyOf({ reason: 'model_unknown', model: '' })).toBeNull();
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
  expect(unpricedHref({ month: '2026-10' })).toBe('/usage/unpriced?month=2026-10');
});

test('a month reaches from its first instant to its last, the running one to now', () => {
  const now = new Date('2026-11-21T15:00:00Z');
  expect(unpricedRange('2026-10', '90d', now)).toEqual({
    ...{ from: new Date('2026-10-01T00:00:00Z'), to: new Date('2026-11-01T00:00:00Z') },
    ...{ month: '2026-10', text: 'October 2026, UTC' },
  });
  expect(unpricedRange('2026-11', '90d', now).to).toEqual(now);
});

test('what is no month, or has not begun, leaves the range as it was', () => {
  const now = new Date('2026-11-21T15:00:00Z');
  for (const month of [null, '2026-13', 'November', '2026-12', '2199-01']) {
    expect(unpricedRange(month, '7d', now)).toMatchObject({ from: new Date('2026-11-15T00:00:00Z'), month: null });
  }
});
