import { catalogEntry } from '@weir/contracts';
import { openCatalog } from '@weir/pricing';
import { expect, test } from 'vitest';
import type { OverrideRates } from './override-input.js';
import { bucketsOf, type CardOverride, exampleOf } from './rate-card.js';
import { warningsOf } from './warnings.js';

const page = (asOf: string) => ({ source: 'list', sourceVersion: '1', url: 'https://example.com/prices', asOf });
const entry = catalogEntry.parse({
  ...{ vendor: 'openai', model: 'm', displayName: null, contextTokens: null, match: null },
  ...{ from: null, until: null, daily: null, provenance: page('2026-01-01') },
  addedFrom: { cache_write_1h: page('2026-02-02') },
  rates: {
    input: [
      { above: 0, usdPerMillion: '2.5' },
      { above: 1_000, usdPerMillion: '5' },
    ],
    output: [{ above: 0, usdPerMillion: '10' }],
    cache_write_1h: [{ above: 0, usdPerMillion: '5' }],
  },
});
const version = { id: 'v', source: 's', sourceVersion: '1', effectiveFrom: 0, entries: [entry] };
const listed = openCatalog(version, { openai: ['openai'] }).find('openai', 'm', 0);
const dollars = (rates: OverrideRates): CardOverride => ({ rates, currency: 'USD', usdPerUnit: '1' });
const card = (override: OverrideRates, model = listed) => bucketsOf(model, [dollars(override)]);
const effective = (override: OverrideRates, model = listed) =>
  card(override, model)
    .slice(0, 5)
    .map(({ bucket, effectiveUsdPerMillion }) => [bucket, effectiveUsdPerMillion]);

test('a bucket costs its override, else the catalog; what is cached costs the input rate where neither names one', () => {
  expect(effective({})).toEqual([
    ['input', '2.5'],
    ['output', '10'],
    ['cached_input', '2.5'],
    ['cache_write_5m', '2.5'],
    ['cache_write_1h', '5'],
  ]);
  expect(effective({ input: '0', cached_input: '0.1' })).toEqual([
    ['input', '0'],
    ['output', '10'],
    ['cached_input', '0.1'],
    ['cache_write_5m', '0'],
    ['cache_write_1h', '5'],
  ]);
});

test('what nobody names is not known, which is not 0', () => {
  expect(effective({}, null).map(([, usd]) => usd)).toEqual([null, null, null, null, null]);
  expect(exampleOf(card({ input: '1' }, null))).toEqual({ catalogUsd: null, effectiveUsd: null });
  expect(exampleOf(card({ input: '1', output: '0' }, null))).toEqual({ catalogUsd: null, effectiveUsd: '1' });
});

test('each rate says where it was read', () => {
  const [input, , cached, , write] = card({ input: '1' });
  expect(input).toMatchObject({ catalogUsdPerMillion: '2.5', overrideUsdPerMillion: '1', asOf: '2026-01-01' });
  expect(cached).toMatchObject({ catalogUsdPerMillion: null, source: null, sourceUrl: null, asOf: null });
  expect(write).toMatchObject({ source: 'list', sourceUrl: 'https://example.com/prices', asOf: '2026-02-02' });
});

test('the example adds 1M input and 1M output tokens up exactly', () => {
  expect(exampleOf(card({ output: '0.000001' }))).toEqual({
    catalogUsd: '12.5',
    effectiveUsd: '2.500001',
  });
});

const warned = (override: OverrideRates, model = listed) =>
  warningsOf(card(override, model), dollars(override)).map(({ bucket, code }) => [bucket, code]);

test.each<[OverrideRates, string[][]]>([
  [{ input: '0.000003' }, [['input', 'per_token']]],
  [{ input: '25', output: '100' }, []],
  [{ input: '25.000001' }, [['input', 'far_above']]],
  [{ output: '1' }, []],
  [{ output: '0.999999' }, [['output', 'far_below']]],
  [{ input: '0', output: '0' }, []],
  [{ cached_input: '3' }, []],
])('of %j the warnings are %j', (override, warnings) => {
  expect(warned(override)).toEqual(warnings);
});

test('without a published rate only what no vendor asks for is warned of', () => {
  expect(warned({ input: '0.0005', output: '0.001' }, null)).toEqual([['input', 'per_token']]);
  const slip = { input: '0.000003' };
  const [warning] = warningsOf(card(slip, null), dollars(slip));
  expect(warning?.message).toContain('For 1M tokens that would be 3.');
});
