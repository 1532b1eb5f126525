import { formatUsd, type UsageEvent } from '@weir/contracts';
import { expect, test } from 'vitest';
import { bookOf, entryOf, eventOf, overrideOf } from '../test/books.js';
import { rate } from './rate.js';

const usd = (event: UsageEvent, book = bookOf()) => {
  const { total } = rate(event, book);
  return total === null ? null : formatUsd(total);
};

const sonnet = (meters: UsageEvent['meters'], over: Partial<UsageEvent> = {}) =>
  eventOf({
    providerType: 'anthropic',
    endpoint: 'messages',
    servedModel: 'claude-sonnet-4-5-20250929',
    meters,
    ...over,
  });

// Rates by hand from https://docs.claude.com/en/docs/about-claude/pricing: Sonnet 4.5 input 3, 5 m write 3.75,
// 1 h write 6, read 0.30, output 15 USD per million; above 200,000 input tokens 6, 7.50, 12, 0.60, 22.50.
test('Anthropic cache writes of both lives, reads and output, to the last digit', () => {
  const meters = { input: 1_000, cachedInput: 20_000, cacheWrite5m: 4_000, cacheWrite1h: 500, output: 777 };
  // 0.003 + 0.006 + 0.015 + 0.003 + 0.011655
  expect(usd(sonnet(meters))).toBe('0.038655');
});

test('Anthropic one token of each', () => {
  expect(usd(sonnet({ input: 1, cachedInput: 1, cacheWrite5m: 1, cacheWrite1h: 1, output: 1 }))).toBe('0.00002805');
});

test('a tier holds for the whole request once everything read exceeds it', () => {
  expect(usd(sonnet({ input: 200_000, output: 10 }))).toBe('0.60015');
  expect(usd(sonnet({ input: 200_001, output: 10 }))).toBe('1.200231');
  // Cache reads and writes count towards the tier.
  expect(usd(sonnet({ input: 1, cachedInput: 200_000, output: 10 }))).toBe('0.120231');
});

// https://platform.openai.com/docs/pricing: gpt-4o 2.50, cached 1.25, output 10.
test('OpenAI cached input and reasoning: each token once, reasoning on its own line at the output rate', () => {
  const event = eventOf({
    servedModel: 'gpt-4o-2024-08-06',
    meters: { input: 976, cachedInput: 1_024, output: 300, reasoning: 120 },
  });
  const rating = rate(event, bookOf());
  expect(formatUsd(rating.total ?? 0n)).toBe('0.00672');
  expect(rating.status).toBe('computed');
  expect(rating.lines).toEqual([
    {
      bucket: 'input',
      quantity: 976,
      usdPerMillion: '2.5',
      source: 'catalog:v1:gpt-4o-2024-08-06',
      rule: null,
      amount: '0.00244',
    },
    {
      bucket: 'cached_input',
      quantity: 1_024,
      usdPerMillion: '1.25',
      source: 'catalog:v1:gpt-4o-2024-08-06',
      rule: null,
      amount: '0.00128',
    },
    {
      bucket: 'output',
      quantity: 180,
      usdPerMillion: '10',
      source: 'catalog:v1:gpt-4o-2024-08-06',
      rule: null,
      amount: '0.0018',
    },
    {
      bucket: 'reasoning',
      quantity: 120,
      usdPerMillion: '10',
      source: 'catalog:v1:gpt-4o-2024-08-06',
      rule: 'at_output_rate',
      amount: '0.0012',
    },
  ]);
  expect(Object.fromEntries(Object.entries(rating.parts).map(([part, amount]) => [part, formatUsd(amount)]))).toEqual({
    input: '0.00244',
    cachedInput: '0.00128',
    cacheWrite: '0',
    output: '0.0018',
    reasoning: '0.0012',
    other: '0',
  });
});

test('searches are priced by the piece', () => {
  const meters = { input: 0, output: 0 };
  // https://docs.claude.com/en/docs/about-claude/pricing: 10 USD per 1,000 searches; fetches cost only their tokens.
  expect(usd(sonnet(meters, { otherMeters: { webSearches: 3, webFetches: 9 } }))).toBe('0.03');
});

const flat = entryOf('m', { input: '2', output: '8' });

test('cached input, cache writes, audio and images without a rate of their own cost the input rate, and say so', () => {
  const meters = { input: 100, audioInput: 30, imageInput: 20, cachedInput: 10, cacheWrite5m: 10, cacheWrite1h: 10 };
  const { lines, total } = rate(eventOf({ meters }), bookOf([flat]));
  expect(lines.map(({ bucket, quantity, rule }) => [bucket, quantity, rule])).toEqual([
    ['input', 50, null],
    ['audio_input', 30, 'at_input_rate'],
    ['image_input', 20, 'at_input_rate'],
    ['cached_input', 10, 'at_input_rate'],
    ['cache_write_5m', 10, 'at_input_rate'],
    ['cache_write_1h', 10, 'at_input_rate'],
  ]);
  expect(formatUsd(total ?? 0n)).toBe('0.00026');
});

test('audio and images with a rate of their own cost that', () => {
  const book = bookOf([entryOf('m', { input: '2', output: '8', audio_input: '40', image_output: '50' })]);
  const meters = { input: 100, audioInput: 30, output: 20, imageOutput: 5 };
  // 70 x 2 + 30 x 40 + 15 x 8 + 5 x 50
  expect(usd(eventOf({ meters }), book)).toBe('0.00171');
});

test('parts that contradict their total are not counted beside it', () => {
  const meters = { input: 10, audioInput: 30, output: 5, reasoning: 9 };
  const { lines } = rate(eventOf({ meters }), bookOf([flat]));
  expect(lines.map(({ bucket, quantity }) => [bucket, quantity])).toEqual([
    ['input', 10],
    ['output', 5],
  ]);
});

test('cache writes of unknown life always cost the catalog rate', () => {
  const entry = entryOf('m', { input: '2', output: '8', cache_write_5m: '2.5', cache_write_unknown: '2.5' });
  const override = overrideOf('m', { input: '100', cache_write_5m: '200', cache_write_1h: '300' });
  const { lines } = rate(eventOf({ meters: { input: 0, cacheWriteUnknown: 10 } }), bookOf([entry], [override]));
  expect(lines).toMatchObject([{ usdPerMillion: '2.5', source: 'catalog:v1:m', rule: 'catalog_only' }]);
  const without = rate(eventOf({ meters: { cacheWriteUnknown: 10 } }), bookOf([flat], [override]));
  expect(without.lines).toMatchObject([{ usdPerMillion: '2', source: 'catalog:v1:m', rule: 'at_input_rate' }]);
});

test('of a model in no list, cache writes of unknown life cost what the override says of the nearest bucket', () => {
  const event = eventOf({ servedModel: 'home-made', meters: { cacheWriteUnknown: 10 } });
  const at = (rates: Record<string, string>) => rate(event, bookOf([], [overrideOf('home-made', rates)])).lines;
  expect(at({ input: '2', cache_write_5m: '2.5' })).toMatchObject([
    { usdPerMillion: '2.5', rule: 'at_cache_write_5m_rate' },
  ]);
  expect(at({ input: '2' })).toMatchObject([{ usdPerMillion: '2', rule: 'at_input_rate' }]);
});

test('an override replaces its bucket and leaves the others to the catalog', () => {
  const override = overrideOf('m', { output: '0.5' });
  const { lines } = rate(eventOf({ meters: { input: 1, output: 2, reasoning: 1 } }), bookOf([flat], [override]));
  expect(lines.map(({ bucket, usdPerMillion, source }) => [bucket, usdPerMillion, source])).toEqual([
    ['input', '2', 'catalog:v1:m'],
    ['output', '0.5', `override:${override.id}`],
    ['reasoning', '0.5', `override:${override.id}`],
  ]);
});

test('an override set for the model asked for also holds when a dated version of it served', () => {
  const override = overrideOf('gpt-4o', { input: '1' });
  const event = eventOf({ requestedModel: 'gpt-4o', servedModel: 'gpt-4o-2024-08-06', meters: { input: 10 } });
  expect(rate(event, bookOf(undefined, [override])).lines[0]?.source).toBe(`override:${override.id}`);
});

test.each([
  ['another provider', { provider: 'other' }],
  ['another project', { projectId: '01990000-0000-7000-8000-000000000000' }],
  ['another model', { model: 'n' }],
  ['before it begins', { from: Date.UTC(2027, 0, 1) }],
  ['after it ended', { until: Date.UTC(2026, 0, 1) }],
])('an override of %s is not used', (_, over) => {
  const book = bookOf([flat], [overrideOf('m', { input: '100' }, over)]);
  expect(usd(eventOf({ meters: { input: 1 } }), book)).toBe('0.000002');
});

test('of two overrides in force the newer one counts, from its very first millisecond', () => {
  const at = Date.UTC(2026, 10, 1);
  const book = bookOf([flat], [overrideOf('m', { input: '5' }), overrideOf('m', { input: '7' }, { from: at })]);
  expect(usd(eventOf({ meters: { input: 1 }, startedAt: at - 1 }), book)).toBe('0.000005');
  expect(usd(eventOf({ meters: { input: 1 }, startedAt: at }), book)).toBe('0.000007');
});

test('explicit zeros are free, a missing rate is not', () => {
  const event = eventOf({ meters: { input: 10, output: 5 } });
  const free = rate(event, bookOf([flat], [overrideOf('m', { input: '0', output: '0' })]));
  expect([free.status, free.reason, free.total]).toEqual(['free', 'rate_zero', 0n]);
  const missing = rate(event, bookOf([entryOf('m', { input: '2' })]));
  expect([missing.status, missing.reason, missing.total]).toEqual(['unpriced', 'rate_missing', null]);
  expect(missing.lines[1]).toEqual({
    bucket: 'output',
    quantity: 5,
    usdPerMillion: null,
    source: 'none',
    rule: 'no_rate',
    amount: null,
  });
  expect(Object.values(missing.parts).every((part) => part === 0n)).toBe(true);
});

test('an unknown model is unpriced, and an override alone can price it', () => {
  const event = eventOf({ servedModel: 'home-made', meters: { input: 10, output: 5 } });
  expect(rate(event, bookOf())).toMatchObject({ status: 'unpriced', reason: 'model_unknown', total: null });
  const book = bookOf([], [overrideOf('home-made', { input: '1', output: '1' })]);
  expect(usd(event, book)).toBe('0.000015');
});

test('an OpenAI-compatible upstream is not priced by somebody else’s list', () => {
  const event = eventOf({ providerType: 'openai_compatible', servedModel: 'gpt-4o', meters: { input: 10 } });
  expect(rate(event, bookOf()).status).toBe('unpriced');
});

test('a service tier with prices of its own is unpriced, the ordinary ones are not', () => {
  const event = (serviceTier: string | null) => eventOf({ serviceTier, meters: { input: 1 } });
  for (const tier of [null, 'default', 'standard', 'auto']) expect(usd(event(tier), bookOf([flat]))).toBe('0.000002');
  for (const tier of ['flex', 'priority', 'batch', 'fast']) {
    expect(rate(event(tier), bookOf([flat]))).toMatchObject({ status: 'unpriced', reason: 'service_tier' });
  }
  const override = overrideOf('m', { input: '1' });
  expect(usd(event('priority'), bookOf([flat], [override]))).toBe('0.000001');
});

test('usage that is partial or estimated gives an estimate', () => {
  for (const usageSource of ['partial', 'estimated'] as const) {
    expect(rate(eventOf({ usageSource, meters: { input: 1 } }), bookOf([flat])).status).toBe('estimated');
  }
});

test.each([
  ['refused by us', { outcome: 'refused' }, 'refused'],
  ['never sent', { outcome: 'upstream_error', errorCode: 'upstream_unreachable', upstreamStatus: null }, 'not_sent'],
  ['answered by an error', { outcome: 'upstream_error', upstreamStatus: 429 }, 'no_usage_billed'],
  ['a list of models', { endpoint: 'models' }, 'endpoint_not_billed'],
  ['a count of tokens', { endpoint: 'messages.count_tokens' }, 'endpoint_not_billed'],
  ['a file', { endpoint: 'files.content' }, 'endpoint_not_billed'],
  ['OpenAI’s moderation', { endpoint: 'moderations', providerType: 'openai' }, 'endpoint_not_billed'],
] as const)('a call nobody bills is free: %s', (_, over, reason) => {
  expect(rate(eventOf({ ...over, usageSource: 'none' }), bookOf([flat]))).toMatchObject({
    status: 'free',
    reason,
    total: 0n,
  });
});

test.each([
  ['completed without usage', { usageSource: 'none' }],
  ['broken off by the client', { usageSource: 'none', outcome: 'client_closed' }],
  ['broken off by the upstream', { usageSource: 'none', outcome: 'upstream_error', upstreamStatus: 200 }],
  ['timed out', { usageSource: 'none', outcome: 'upstream_timeout', upstreamStatus: null }],
  ['interrupted', { usageSource: 'none', outcome: 'interrupted', upstreamStatus: null }],
  ['an opaque route', { usageSource: 'none', endpoint: 'opaque' }],
  ['a file of batch results', { usageSource: 'none', endpoint: 'files.content', otherMeters: { batchResults: 3 } }],
  ['another vendor’s moderation', { usageSource: 'none', endpoint: 'moderations', providerType: 'mistral' }],
  ['reported, but nothing stated', { usageSource: 'reported' }],
] as const)('unknown usage is never a cost of zero: %s', (_, over) => {
  expect(rate(eventOf(over), bookOf([flat]))).toMatchObject({
    status: 'unpriced',
    reason: 'usage_unknown',
    total: null,
  });
});

test('a quantity nobody has a rate for leaves the call unpriced and is named', () => {
  const { status, lines } = rate(eventOf({ meters: { input: 1 }, otherMeters: { sessions: 2 } }), bookOf([flat]));
  expect(status).toBe('unpriced');
  expect(lines.at(-1)).toMatchObject({ bucket: 'other:sessions', quantity: 2, amount: null });
});

test.each([
  ['asked for by its alias', 'gpt-4o', 'gpt-4o-2024-08-06', 'override'],
  ['asked for by a dated id with a list price of its own', 'gpt-4o-2024-08-06', 'gpt-4o-2024-08-06', 'catalog'],
  ['asked for by a dated id that the list prices as the alias', 'gpt-4o-mini-2024-07-18', null, 'override'],
])('an override of an alias, %s', (_, requestedModel, servedModel, source) => {
  const book = bookOf(undefined, [overrideOf('gpt-4o', { input: '1' }), overrideOf('gpt-4o-mini', { input: '1' })]);
  const { lines } = rate(eventOf({ requestedModel, servedModel, meters: { input: 10 } }), book);
  expect(lines[0]?.source.split(':')[0]).toBe(source);
});

test('an override of a model in no list leaves what it does not name unknown, and nothing is summed in part', () => {
  const book = bookOf([], [overrideOf('home-made', { input: '1' })]);
  const { status, reason, total, parts } = rate(
    eventOf({ servedModel: 'home-made', meters: { input: 10, output: 1 } }),
    book,
  );
  expect({ status, reason, total }).toEqual({ status: 'unpriced', reason: 'rate_missing', total: null });
  expect(Object.values(parts).every((part) => part === 0n)).toBe(true);
});

test('the smallest rate and the largest count multiply exactly', () => {
  const book = bookOf([flat], [overrideOf('m', { input: '0.000001' })]);
  expect(usd(eventOf({ meters: { input: Number.MAX_SAFE_INTEGER } }), book)).toBe('9007.199254740991');
});

test('a fee per request is charged once', () => {
  const book = bookOf([entryOf('m', { input: '2', request: '5000' })]);
  expect(usd(eventOf({ meters: { input: 1 } }), book)).toBe('0.005002');
});

test.each([
  ['{"search_context_size":"low"}', 'computed', '0.005002'],
  ['{"search_context_size":"high"}', 'unpriced', null],
  ['{"search_context_size":"low"', 'unpriced', null],
  [null, 'unpriced', null],
])('a fee that rises with the search context is known for the listed one alone: %s', (rawUsage, status, total) => {
  const book = bookOf([entryOf('m', { input: '2', request: '5000' }, { vendor: 'perplexity' })]);
  const rating = rate(eventOf({ providerType: 'perplexity', rawUsage, meters: { input: 1 } }), book);
  expect([rating.status, rating.total === null ? null : formatUsd(rating.total)]).toEqual([status, total]);
});

test('an event between two price versions is rated by the one in force when it started', () => {
  const book = bookOf([flat]);
  const change = Date.UTC(2026, 10, 2);
  const later = { ...book.versions[0], id: 'v2', effectiveFrom: change, entries: [entryOf('m', { input: '3' })] };
  const two = { ...book, versions: [later as (typeof book.versions)[0], ...book.versions] };
  const at = (startedAt: number) => rate(eventOf({ meters: { input: 1 }, startedAt }), two);
  expect([at(change - 1).priceVersion, formatUsd(at(change - 1).total ?? 0n)]).toEqual(['v1', '0.000002']);
  expect([at(change).priceVersion, formatUsd(at(change).total ?? 0n)]).toEqual(['v2', '0.000003']);
  const none = { ...book, versions: [later as (typeof book.versions)[0]] };
  expect(rate(eventOf({ meters: { input: 1 }, startedAt: change - 1 }), none)).toMatchObject({
    status: 'unpriced',
    reason: 'no_price_version',
  });
});

test('dated and time-of-day prices hold in their own window only', () => {
  const turn = Date.UTC(2026, 7, 17);
  const book = bookOf([
    entryOf('m', { input: '1' }, { until: turn }),
    entryOf('m', { input: '2' }, { from: turn }),
    entryOf('m', { input: '9' }, { daily: { from: '23:00:00', until: '01:00:00' } }),
  ]);
  const at = (startedAt: number) => usd(eventOf({ meters: { input: 1 }, startedAt }), book);
  const hour = 3_600_000;
  expect(at(turn - 2 * hour)).toBe('0.000001');
  expect(at(turn - hour)).toBe('0.000009');
  expect(at(turn + hour - 1)).toBe('0.000009');
  expect(at(turn + hour)).toBe('0.000002');
});

test('an amount no column can hold is not stored as a wrong one', () => {
  const huge = overrideOf('m', { input: `1${'0'.repeat(30)}` });
  expect(rate(eventOf({ meters: { input: 1_000_000 } }), bookOf([flat], [huge]))).toMatchObject({
    status: 'unpriced',
    reason: 'amount_out_of_range',
  });
});
