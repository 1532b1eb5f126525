import { type CatalogEntryInput, catalogEntry } from '@weir/contracts';
import { expect, test } from 'vitest';
import { type Addition, add, additions } from './additions.js';

const PAGE = { url: 'https://platform.claude.com/docs/en/about-claude/pricing', asOf: '2026-11-21' };
/** Claude Sonnet 4.5 as on that page: $3, $3.75, $0.30 and $15; 1 h writes $6; batches half of all of it. */
const SONNET = catalogEntry.parse({
  ...{ vendor: 'anthropic', model: 'claude-sonnet-4-5', displayName: null, contextTokens: null, match: null },
  ...{ from: null, until: null, daily: null },
  rates: {
    input: [
      { above: 0, usdPerMillion: '3' },
      { above: 200_000, usdPerMillion: '6' },
    ],
    output: [{ above: 0, usdPerMillion: '15' }],
  },
} satisfies CatalogEntryInput);
const rule = (over: object) =>
  additions.parse([{ ...PAGE, vendor: 'anthropic', models: { startsWith: 'claude-' }, ...over }]);
const only = (toAdd: readonly Addition[], base = SONNET) => add([base], toAdd)[0];

test('a multiple of a rate keeps its context tiers and names its page', () => {
  const added = only(rule({ rates: { cache_write_1h: { times: '2', of: 'input' } } }));
  expect(added?.rates.cache_write_1h).toEqual([
    { above: 0, usdPerMillion: '6' },
    { above: 200_000, usdPerMillion: '12' },
  ]);
  expect(added?.addedFrom.cache_write_1h).toMatchObject(PAGE);
  expect(added?.rates.input).toEqual(SONNET.rates.input);
});

test('a special tier has the rates that are stated for it and no others', () => {
  const added = only(
    rule({
      ...{ serviceTier: 'batch' },
      rates: { input: { times: '0.5', of: 'input' }, cached_input: { times: '0.5', of: 'cached_input' } },
    }),
  );
  expect(added?.serviceTiers).toEqual({
    batch: {
      input: [
        { above: 0, usdPerMillion: '1.5' },
        { above: 200_000, usdPerMillion: '3' },
      ],
    },
  });
  expect(added?.rates).toEqual(SONNET.rates);
  expect(added?.addedFrom.batch).toMatchObject(PAGE);
});

test('a rate that a list has is left alone by all but a correction', () => {
  expect(only(rule({ rates: { input: { usdPerMillion: '99' } } }))).toEqual(SONNET);
  expect(only(rule({ vendor: 'aws', rates: { request: { usdPerMillion: '1' } } }))).toEqual(SONNET);
});

test('a correction holds for the days it names, and the list before and after', () => {
  const fix = additions.parse([
    {
      ...PAGE,
      vendor: 'anthropic',
      corrects: SONNET.model,
      until: '2027-01-01',
      rates: { input: { usdPerMillion: '1' } },
    },
  ]);
  const [before, fixed] = add([SONNET], fix);
  expect(before).toEqual(SONNET);
  expect(fixed).toMatchObject({ from: null, until: Date.UTC(2027, 0, 1), addedFrom: { input: PAGE } });
  expect(fixed?.rates.input).toEqual([{ above: 0, usdPerMillion: '1' }]);
  expect(fixed?.rates.output).toEqual(SONNET.rates.output);
  expect(() => add([], fix)).toThrow(RangeError);
});

test('a correction without rates makes a model known and unpriced from its day on', () => {
  const tiers = { batch: SONNET.rates };
  const fix = { ...PAGE, vendor: 'anthropic', corrects: SONNET.model, from: '2027-01-01', rates: {} };
  const [, gone] = add([{ ...SONNET, serviceTiers: tiers }], additions.parse([fix]));
  expect(gone).toMatchObject({ from: Date.UTC(2027, 0, 1), rates: {}, serviceTiers: {}, placeRates: {} });
});

test('a product that a rate cannot hold exactly is refused rather than rounded', () => {
  expect(() => only(rule({ rates: { request: { times: '0.0000001', of: 'input' } } }))).toThrow(RangeError);
});
