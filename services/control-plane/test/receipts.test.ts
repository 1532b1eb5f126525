import { migrate, type RatingRow, type UsageEventRow } from '@weir/clickhouse';
import { newId } from '@weir/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Caller } from './caller.js';
import { type ClickHouse, startClickHouse } from './clickhouse.js';
import { type System, startSystem } from './system.js';
import { type Recorded, rowsOf, store, storeRows } from './usage-rows.js';

const HOUR_MS = 3_600_000;
const AT = Date.UTC(2026, 10, 10, 12, 30);

let clickhouse: ClickHouse;
let system: System;
let projectId: string;
let finance: Caller;
let admin: Caller;
/** The price version that the build came with. */
let version: string;

beforeAll(async () => {
  clickhouse = await startClickHouse();
  await migrate(clickhouse.url);
  system = await startSystem({ CLICKHOUSE_URL: clickhouse.url });
  version = (await system.prisma.priceVersion.findFirstOrThrow()).id;
}, 120_000);
afterAll(async () => {
  await system?.stop();
  await clickhouse?.stop();
});
beforeEach(async () => {
  projectId = await system.makeProject();
  [finance, admin] = await Promise.all([system.signedIn(projectId, 'finance'), system.signedIn(projectId, 'admin')]);
});

interface Line {
  readonly bucket: string;
  readonly quantity: number;
  readonly usdPerMillion: string | null;
  readonly amount: string | null;
  readonly rule: string | null;
  readonly source: string;
}

const line = (bucket: string, quantity: number, usdPerMillion: string | null, over: Partial<Line> = {}): Line => ({
  ...{
    bucket,
    quantity,
    usdPerMillion,
    amount: null,
    rule: null,
    source: usdPerMillion === null ? 'none' : 'catalog:',
  },
  ...over,
});
const INPUT = line('input', 10, '2', { amount: '0.00002' });
const OUTPUT = line('output', 5, '8', { amount: '0.00004' });

/** A call rated by these lines; a source of `catalog:` is gpt-4.1 in the list of this build. */
function call(
  usd: string | null,
  lines: readonly Line[],
  rating: Partial<RatingRow> = {},
  event: Partial<UsageEventRow> = {},
): Recorded {
  const named = lines.map((one) =>
    one.source === 'catalog:' ? { ...one, source: `catalog:${version}:gpt-4.1` } : one,
  );
  return {
    ...{ projectId, at: AT, usd, event: { served_model: 'gpt-4.1', ...event } },
    rating: { lines: JSON.stringify(named), price_version: version, ...rating },
  };
}

interface Entry {
  readonly kind: string;
  readonly cost: string | null;
  readonly lines: readonly (Omit<Line, 'source'> & { readonly origin: Readonly<Record<string, unknown>> })[];
  readonly restatement: object | null;
}

interface Receipt {
  readonly call: { readonly eventId: string };
  readonly standing: Entry | null;
  readonly entries: readonly Entry[];
  readonly rawUsage: string | null;
}

const ENTRY = `runId kind status reason cost priceVersion knownAt
  lines { bucket quantity usdPerMillion amount rule
    origin { kind label url asOf priceVersion overrideId by at } }
  restatement { id number by reason at }`;
const RECEIPT = `query ($eventId: ID!) { receipt(eventId: $eventId) {
  call { eventId } standing { ${ENTRY} } entries { ${ENTRY} } meters { meter quantity estimated }
  rawUsage providerStatedCostUsd statedDifference } }`;

async function receipt(eventId: string | undefined, who = finance) {
  const { data, codes } = await who.ask(RECEIPT, { eventId });
  expect(codes).toEqual([]);
  return data?.receipt as Receipt | null;
}

describe('the receipt of a call', () => {
  test.each<[string, string | null, readonly Line[], Partial<RatingRow>, Partial<UsageEventRow>]>([
    ['computed', '0.00006', [INPUT, OUTPUT], {}, {}],
    ['estimated', '0.00006', [INPUT, OUTPUT], {}, { usage_source: 'estimated', estimated_meters: ['output'] }],
    [
      'reported',
      '0.5',
      [line('stated_cost', 1, '500000', { amount: '0.5', source: 'upstream', rule: 'as_stated' })],
      {},
      { provider_stated_cost_usd: '0.5' },
    ],
    ['free', '0', [line('input', 10, '0', { amount: '0' })], { reason: 'rate_zero' }, {}],
    ['free', '0', [], { reason: 'refused' }, { outcome: 'refused', upstream_status: null, usage_source: 'none' }],
    ['unpriced', null, [line('input', 10, null, { rule: 'no_rate' })], { reason: 'model_unknown' }, {}],
    ['unpriced', null, [], { reason: 'usage_unknown' }, { usage_source: 'none', raw_usage: null }],
  ])('is there whatever became of it: %s at %s', async (status, usd, lines, rating, event) => {
    const [eventId] = await store(clickhouse.url, [call(usd, lines, { status, reason: null, ...rating }, event)]);
    const found = await receipt(eventId);
    expect(found?.call.eventId).toBe(eventId);
    expect(found?.entries).toEqual([found?.standing]);
    expect(found?.standing).toMatchObject({
      ...{ kind: 'RATING', runId: 'initial', status, cost: usd, reason: rating.reason ?? null, restatement: null },
      lines: lines.map(({ source: _, ...shown }) => shown),
    });
    expect(found?.rawUsage).toBe(event.raw_usage === null ? null : '{"prompt_tokens":10}');
  });

  test('that was not rated yet has no entry, and one of another project is not there', async () => {
    const { events } = rowsOf([call('1', [])]);
    await storeRows(clickhouse.url, { events, ratings: [] });
    expect(await receipt(events[0]?.event_id)).toMatchObject({ standing: null, entries: [] });
    const stranger = await system.signedIn(await system.makeProject(), 'admin');
    expect(await receipt(events[0]?.event_id, stranger)).toBeNull();
    expect(await receipt(newId())).toBeNull();
  });

  test('says what is known of the usage, which of it is an estimate, and how far the stated cost is off', async () => {
    const [eventId] = await store(clickhouse.url, [
      call(
        '0.00006',
        [INPUT, OUTPUT],
        {},
        {
          ...{ cached_input_tokens: 0, output_tokens: 5, estimated_meters: ['output'], usage_source: 'estimated' },
          ...{ other_meters: { webSearches: 2 }, provider_stated_cost_usd: '0.00005' },
        },
      ),
    ]);
    expect(await receipt(eventId)).toMatchObject({
      ...{ providerStatedCostUsd: '0.00005', statedDifference: '0.00001' },
      meters: [
        { meter: 'input', quantity: 10, estimated: false },
        { meter: 'cachedInput', quantity: 0, estimated: false },
        { meter: 'output', quantity: 5, estimated: true },
        { meter: 'webSearches', quantity: 2, estimated: false },
      ],
    });
  });

  test('traces each rate to the page it was read on, to who set it, or to the upstream', async () => {
    const input = { name: 'alpha', displayName: 'Alpha', type: 'openai', passthrough: true };
    await admin.ask('mutation ($input: CreateProviderInput!) { createProvider(input: $input) { id } }', { input });
    const price = {
      provider: 'alpha',
      model: 'gpt-4.1',
      currency: 'EUR',
      rates: [{ bucket: 'output', perMillion: '7' }],
    };
    const set = await admin.ask(
      'mutation ($input: SetPriceOverrideInput!) { setPriceOverride(input: $input) { model } }',
      {
        input: price,
      },
    );
    expect(set.codes).toEqual([]);
    const row = await system.prisma.priceOverride.findFirstOrThrow({ where: { projectId } });
    const converted = { currency: 'EUR', perMillion: '7', usdPerUnit: '1.1' };
    const own = {
      ...line('output', 5, '7.7', { amount: '0.0000385', source: `override:${row.overrideId}` }),
      converted,
    };
    const [eventId] = await store(clickhouse.url, [call('0.0000585', [INPUT, own])]);
    const [listed, overridden] = (await receipt(eventId))?.standing?.lines ?? [];
    expect(listed?.origin).toMatchObject({
      ...{ kind: 'CATALOG', priceVersion: version, label: 'Published rate of openai gpt-4.1', overrideId: null },
      ...{ url: expect.stringMatching(/^https:\/\//), asOf: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) },
    });
    expect(overridden?.origin).toMatchObject({
      ...{ kind: 'OVERRIDE', overrideId: row.overrideId, by: expect.stringContaining('admin-'), priceVersion: null },
      label: 'Override for alpha, gpt-4.1: 7 EUR per million, 1 EUR = 1.1 USD',
      at: row.knownFrom.toISOString(),
    });
  });

  test('that was restated shows what was taken back and what stands, with who, why and when', async () => {
    const restatement = await system.prisma.restatement.create({
      data: {
        ...{ projectId, number: 1, kind: 'RERATE', state: 'BOOKED', from: new Date(AT), to: new Date(AT + 1) },
        ...{ reason: 'The contract says so.', requestedBy: 'ann@example.com', bookedBy: 'bob@example.com' },
        ...{ bookedAt: new Date(AT + HOUR_MS), knownAt: new Date(AT) },
      },
    });
    const rows = rowsOf([call('0.00006', [INPUT, OUTPUT]), call('0.00006', [INPUT, OUTPUT])]);
    await storeRows(clickhouse.url, rows);
    const [first, second] = rows.ratings as [RatingRow, RatingRow];
    const batch_id = `restate-${restatement.id}-0`;
    const back = { sign: -1 as const, total: '-0.00006', amount_input: '-0.00006', batch_id };
    const dearer = JSON.stringify([{ ...INPUT, usdPerMillion: '3', amount: '0.00003', source: 'none' }]);
    await storeRows(clickhouse.url, {
      events: [],
      ratings: [
        { ...first, ...back },
        { ...first, run_id: restatement.id, batch_id, total: '0.00003', amount_input: '0.00003', lines: dearer },
        { ...second, ...back },
      ],
    });
    const found = await receipt(first.event_id);
    const ref = { id: restatement.id, number: 1, by: 'bob@example.com', reason: 'The contract says so.' };
    expect(found?.entries.map(({ kind, cost, restatement: by }) => [kind, cost, by])).toMatchObject([
      ['RATING', '0.00006', null],
      ['REVERSAL', '-0.00006', ref],
      ['RATING', '0.00003', { ...ref, at: new Date(AT + HOUR_MS).toISOString() }],
    ]);
    expect(found?.entries[1]?.lines.map(({ quantity, amount }) => [quantity, amount])).toEqual([
      [10, '-0.00002'],
      [5, '-0.00004'],
    ]);
    expect(found?.standing).toEqual(found?.entries[2]);
    const reversed = await receipt(second.event_id);
    expect(reversed?.standing).toBeNull();
    expect(reversed?.entries.map(({ kind }) => kind)).toEqual(['RATING', 'REVERSAL']);
  });
});

interface Total {
  readonly total: string;
  readonly lines: readonly (Omit<Line, 'source'> & {
    readonly calls: number;
    readonly unpricedReason: string | null;
  })[];
  readonly otherLines: number;
  readonly otherAmount: string;
  readonly agrees: boolean;
  readonly [count: `${string}Calls`]: number;
}

const TOTAL = `query ($range: TimeRange!, $filter: UsageFilter, $first: Int) {
  usageTotals(range: $range, filter: $filter) { spend calls unpricedCalls }
  totalReceipt(range: $range, filter: $filter, first: $first) {
    total calls attempts pricedCalls freeCalls unpricedCalls unknownUsageCalls estimatedCalls otherLines otherAmount agrees
    lines { provider model bucket usdPerMillion rule quantity amount calls unpricedReason origin { kind } } } }`;

async function total(over: { from?: number; to?: number; filter?: object; first?: number } = {}) {
  const { from = AT - 24 * HOUR_MS, to = AT + 24 * HOUR_MS, filter, first } = over;
  const range = { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
  const { data, codes } = await finance.ask(TOTAL, { range, filter, first });
  expect(codes).toEqual([]);
  const { totalReceipt, usageTotals } = data as { totalReceipt: Total; usageTotals: { spend: string } };
  expect(totalReceipt.total).toBe(usageTotals.spend);
  return totalReceipt;
}

describe('the receipt of a total', () => {
  const other = line('output', 1, '1000', { amount: '0.001', rule: 'at_output_rate' });
  const someCalls = () => [
    call('0.00006', [INPUT, OUTPUT]),
    { ...call('0.00006', [INPUT, OUTPUT]), at: AT + HOUR_MS },
    { ...call('0.001', [other], {}, { provider: 'beta', app: 'search', attempt: 2 }), at: AT + 5 },
    call('0', [line('input', 7, '0', { amount: '0' })], { status: 'free', reason: 'rate_zero' }),
    call('0', [], { status: 'free', reason: 'refused' }, { outcome: 'refused', usage_source: 'none' }),
    call(null, [line('input', 99, null, { rule: 'no_rate' })], { reason: 'model_unknown' }),
    call(null, [], { reason: 'usage_unknown' }, { usage_source: 'none' }),
    call('0.5', [line('stated_cost', 1, '500000', { amount: '0.5', source: 'upstream', rule: 'as_stated' })], {
      status: 'reported',
    }),
  ];

  test('adds equal lines up, biggest amount first, and says what is in no sum', async () => {
    await store(clickhouse.url, someCalls());
    const found = await total();
    expect(found).toMatchObject({
      ...{ total: '0.50112', calls: 7, attempts: 8, pricedCalls: 6, freeCalls: 2, unpricedCalls: 2 },
      ...{ unknownUsageCalls: 1, estimatedCalls: 0, agrees: true, otherLines: 0, otherAmount: '0' },
    });
    expect(found.lines.map((one) => [one.bucket, one.quantity, one.usdPerMillion, one.amount, one.calls])).toEqual([
      ['stated_cost', 1, null, '0.5', 1],
      ['output', 1, '1000', '0.001', 1],
      ['output', 10, '8', '0.00008', 2],
      ['input', 20, '2', '0.00004', 2],
      ['input', 7, '0', '0', 1],
      ['input', 99, null, null, 1],
    ]);
    expect(found.lines.at(-1)).toMatchObject({ unpricedReason: 'model_unknown', origin: { kind: 'NONE' } });
  });

  test('is cut after `first`: the rest is a number of lines and their sum', async () => {
    await store(clickhouse.url, someCalls());
    const sums = [];
    for (const first of [1, 2, 3, 4, 5, 6]) {
      const { lines, otherLines, otherAmount, agrees } = await total({ first });
      sums.push([lines.length, otherLines, otherAmount, agrees]);
    }
    expect(sums).toEqual([
      [1, 5, '0.00112', true],
      [2, 4, '0.00012', true],
      [3, 3, '0.00004', true],
      [4, 2, '0', true],
      [5, 1, '0', true],
      [6, 0, '0', true],
    ]);
  });

  test.each([
    ['a provider', { filter: { providers: ['beta'] } }, '0.001'],
    ['a model', { filter: { models: ['gpt-4.1'] } }, '0.50112'],
    ['an app and an environment', { filter: { apps: ['search'], environments: ['production'] } }, '0.001'],
    ['nothing that is there', { filter: { providers: ['gamma'] } }, '0'],
    ['the very millisecond', { from: AT + 5, to: AT + 6 }, '0.001'],
    ['up to it, but not with it', { from: AT, to: AT + 5 }, '0.50006'],
    ['whole hours', { from: AT + HOUR_MS / 2, to: AT + 1.5 * HOUR_MS }, '0.00006'],
  ])('narrowed to %s it is the total of that', async (_, narrow, usd) => {
    await store(clickhouse.url, someCalls());
    expect(await total(narrow)).toMatchObject({ total: usd, agrees: true });
  });

  test('a line that adds nothing to the roll-up, or the other way round, is noticed', async () => {
    await store(clickhouse.url, someCalls());
    await store(clickhouse.url, [{ ...call('0.00002', [INPUT, OUTPUT]), at: AT + 30 * HOUR_MS }]);
    expect((await total({ to: AT + 40 * HOUR_MS })).agrees).toBe(false);
    expect((await total()).agrees).toBe(true);
  });

  test.each([0, 501, 1.5])('%s lines cannot be asked for', async (first) => {
    const range = { from: new Date(AT).toISOString(), to: new Date(AT + 1).toISOString() };
    const { codes } = await finance.ask(TOTAL, { range, first });
    expect(codes[0]).toMatch(/^(COUNT_INVALID|BAD_USER_INPUT)$/);
  });
});
