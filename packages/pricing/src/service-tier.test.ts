import { type CatalogEntry, formatUsd, type UsageEvent } from '@weir/contracts';
import { describe, expect, test } from 'vitest';
import { bookOf, entryOf, eventOf, overrideOf } from '../test/books.js';
import { rate } from './rate.js';

const tier = (rates: Record<string, string>, upTo?: number): CatalogEntry['rates'] =>
  Object.fromEntries(
    Object.entries(rates).map(([bucket, usdPerMillion]) => [
      bucket,
      [{ above: 0, usdPerMillion, ...(upTo ? { upTo } : {}) }],
    ]),
  );
/** gpt-5.4: https://developers.openai.com/api/docs/pricing, https://openai.com/api-priority-processing/ */
const BOOK = bookOf([
  entryOf(
    'm',
    { input: '2.5', cached_input: '0.25', output: '15', web_search: '10000' },
    {
      serviceTiers: {
        priority: tier({ input: '5', cached_input: '0.5', output: '30' }, 272_000),
        flex: tier({ input: '1.25', output: '7.5' }),
      },
    },
  ),
]);
const rated = (over: Partial<UsageEvent>, book = BOOK) => {
  const { status, reason, total } = rate(eventOf({ meters: { input: 1_000, output: 100 }, ...over }), book);
  return [status, reason, total === null ? null : formatUsd(total)];
};

test.each([[null], ['default'], ['standard'], ['auto'], ['on_demand'], ['DEFAULT']])(
  'a call served at %s costs the ordinary rates',
  (serviceTier) => {
    expect(rated({ serviceTier })).toEqual(['computed', null, '0.004']);
  },
);

test.each([
  ['priority', '0.008'],
  ['fast', '0.008'],
  ['flex', '0.002'],
])('a call served at %s costs the rates of that tier', (serviceTier, usd) => {
  expect(rated({ serviceTier })).toEqual(['computed', null, usd]);
});

describe('never the rate of another tier', () => {
  test.each(['batch', 'scale', 'reserved', 'provisioned_throughput', 'optimized', 'whatever'])(
    'a tier without rates is unpriced: %s',
    (serviceTier) => {
      expect(rated({ serviceTier })).toEqual(['unpriced', 'service_tier', null]);
    },
  );

  test('a bucket that the tier lacks is unpriced, also where an ordinary call would fall back on the input rate', () => {
    const meters = { input: 1_000, cachedInput: 10, output: 100 };
    expect(rated({ serviceTier: 'flex', meters })).toEqual(['unpriced', 'service_tier', null]);
    expect(rated({ serviceTier: null, meters })).toEqual(['computed', null, '0.0040025']);
  });

  test('what is counted beside the tokens has no rate at a special tier', () => {
    expect(rated({ serviceTier: 'flex', otherMeters: { webSearches: 1 } })).toEqual(['unpriced', 'service_tier', null]);
  });

  test('a rate that ends at a number of tokens does not hold above it', () => {
    const at = (input: number) => rated({ serviceTier: 'priority', meters: { input, output: 0 } });
    expect(at(272_000)).toEqual(['computed', null, '1.36']);
    expect(at(272_001)).toEqual(['unpriced', 'service_tier', null]);
  });
});

test('an override replaces the rate of whatever tier a call was served at', () => {
  const book = bookOf(BOOK.versions[0]?.entries, [overrideOf('m', { input: '1', output: '1' })]);
  for (const serviceTier of [null, 'flex', 'batch', 'whatever']) {
    expect(rated({ serviceTier }, book)).toEqual(['computed', null, '0.0011']);
  }
});
