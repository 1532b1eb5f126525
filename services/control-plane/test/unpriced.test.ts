import { migrate } from '@weir/clickhouse';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Caller } from './caller.js';
import { type ClickHouse, startClickHouse } from './clickhouse.js';
import { type System, startSystem } from './system.js';
import { type Recorded, rowsOf, store, storeRows } from './usage-rows.js';

const DAY_MS = 86_400_000;
const AT = Date.UTC(2026, 10, 10, 12);
const RANGE = { from: new Date(AT - DAY_MS).toISOString(), to: new Date(AT + DAY_MS).toISOString() };

let clickhouse: ClickHouse;
let system: System;
let projectId: string;
let finance: Caller;

beforeAll(async () => {
  clickhouse = await startClickHouse();
  await migrate(clickhouse.url);
  system = await startSystem({ CLICKHOUSE_URL: clickhouse.url });
}, 120_000);
afterAll(async () => {
  await system?.stop();
  await clickhouse?.stop();
});
beforeEach(async () => {
  projectId = await system.makeProject();
  finance = await system.signedIn(projectId, 'finance');
});

interface Unpriced {
  readonly provider: string;
  readonly providerType: string | null;
  readonly model: string;
  readonly reason: string;
  readonly calls: number;
  readonly firstAt: string;
  readonly lastAt: string;
  readonly quantities: readonly { readonly bucket: string; readonly quantity: number }[];
  readonly exposure: string | null;
  readonly nearest: { readonly vendor: string; readonly model: string; readonly because: string } | null;
}

async function unpriced(range = RANGE): Promise<Unpriced[]> {
  const query = `query ($range: TimeRange!) { unpricedModels(range: $range) {
    provider providerType model reason calls firstAt lastAt quantities { bucket quantity } exposure
    nearest { vendor model because } } }`;
  const { data, codes } = await finance.ask(query, { range });
  expect(codes).toEqual([]);
  return data?.unpricedModels as Unpriced[];
}

const linesOf = (quantities: Readonly<Record<string, number>>) =>
  JSON.stringify(
    Object.entries(quantities).map(([bucket, quantity]) => ({
      ...{ bucket, quantity, usdPerMillion: null, amount: null, source: 'none', rule: 'no_rate' },
    })),
  );

/** An unpriced call of an OpenAI provider, unless told otherwise. */
function call(model: string, quantities: Readonly<Record<string, number>>, over: Partial<Recorded> = {}): Recorded {
  return {
    ...{ projectId, at: AT, usd: null },
    ...over,
    event: { served_model: model, ...over.event },
    rating: { lines: linesOf(quantities), ...over.rating },
  };
}

test('a model without a price has its exposure at the rates of the nearest one, which is named', async () => {
  await store(clickhouse.url, [
    call('gpt-4.1-2030-01-01', { input: 700_000, cached_input: 2_000_000 }),
    call('gpt-4.1-2030-01-01', { input: 300_000, reasoning: 500_000 }, { at: AT + 60_000 }),
  ]);
  // https://developers.openai.com/api/docs/pricing: gpt-4.1 2, cached 0.50 and 8
  const [model, ...others] = await unpriced();
  expect(others).toEqual([]);
  expect(model).toMatchObject({
    ...{ provider: 'alpha', providerType: 'openai', reason: 'model_unknown', calls: 2, exposure: '7' },
    ...{ firstAt: new Date(AT).toISOString(), lastAt: new Date(AT + 60_000).toISOString() },
    quantities: [
      { bucket: 'cached_input', quantity: 2_000_000 },
      { bucket: 'input', quantity: 1_000_000 },
      { bucket: 'reasoning', quantity: 500_000 },
    ],
    nearest: { vendor: 'openai', model: 'gpt-4.1', because: expect.stringContaining('gpt-4.1-2030-01-01') },
  });
});

test('where nothing is near, or nothing is known to have been used, the exposure is unknown and not zero', async () => {
  await store(clickhouse.url, [
    call('home-made', { input: 10 }),
    call('gpt-4.1', {}, { rating: { reason: 'usage_unknown', lines: '[]' } }),
    call('gpt-4.1', { input: 10 }, { event: { provider: 'local', provider_type: 'openai_compatible' } }),
    call('gpt-4.1', { input: 10 }, { event: { provider: 'nameless', provider_type: null } }),
  ]);
  const found = await unpriced();
  expect(found).toHaveLength(4);
  for (const { exposure } of found) expect(exposure).toBeNull();
  const near = found.filter(({ nearest }) => nearest !== null).map(({ reason }) => reason);
  expect(near).toEqual(['usage_unknown']);
  expect(found.find(({ provider }) => provider === 'nameless')?.providerType).toBeNull();
});

test('prices of the time of the newest call decide, also after a new list came', async () => {
  const next = 'gpt-4.1-next';
  await store(clickhouse.url, [
    call(next, { input: 1_000_000 }),
    call(next, { input: 1_000_000 }, { at: AT - 1, event: { served_model: next, provider: 'before' } }),
  ]);
  const exposures = async () =>
    Object.fromEntries((await unpriced()).map(({ provider, exposure }) => [provider, exposure]));
  expect(await exposures()).toEqual({ alpha: '2', before: '2' });
  const inForce = await system.prisma.priceVersion.findFirstOrThrow();
  const listed = (inForce.entries as { vendor: string; model: string }[]).filter(
    ({ vendor, model }) => vendor === 'openai' && model === 'gpt-4.1',
  );
  await system.prisma.priceVersion.create({
    data: {
      ...{ id: 'later', source: 'test', sourceVersion: '2026-11-10', contentHash: 'later', state: 'accepted' },
      ...{ effectiveFrom: new Date(AT), knownFrom: new Date(AT), entryCount: listed.length },
      entries: listed.map((entry) => ({ ...entry, rates: { input: [{ above: 0, usdPerMillion: '5' }] } })),
    },
  });
  expect(await exposures()).toEqual({ alpha: '5', before: '2' });
  await system.prisma.priceVersion.delete({ where: { id: 'later' } });
});

test('what was priced since is no longer in it', async () => {
  const rows = rowsOf([call('gpt-4.1-2030', { input: 10 }), call('gpt-4.1-2031', { input: 10 })]);
  await storeRows(clickhouse.url, rows);
  const [first] = rows.ratings;
  if (!first) throw new Error('nothing was stored');
  const priced = { run_id: 'restated', total: '0.5', amount_input: '0.5', status: 'computed', reason: null };
  const ratings = [
    { ...first, sign: -1 as const },
    { ...first, ...priced },
  ];
  await storeRows(clickhouse.url, { events: [], ratings });
  expect((await unpriced()).map(({ model, calls }) => [model, calls])).toEqual([['gpt-4.1-2031', 1]]);
});

test('another project has nothing of it', async () => {
  const stranger = await system.makeProject();
  await store(clickhouse.url, [call('gpt-4.1-2030', { input: 10 }, { projectId: stranger })]);
  expect(await unpriced()).toEqual([]);
});
