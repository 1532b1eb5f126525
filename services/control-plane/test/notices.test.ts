import { migrate, type UsageEventRow } from '@weir/clickhouse';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Caller } from './caller.js';
import { type ClickHouse, startClickHouse } from './clickhouse.js';
import { type System, startSystem } from './system.js';
import { type Recorded, store } from './usage-rows.js';

/** Set for the whole file: answers in a row that it takes. */
const AT_LEAST = 5;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

let clickhouse: ClickHouse;
let system: System;
let projectId: string;
let engineer: Caller;
/** Start of the hour before this one: everything in it is over. */
let hour: number;

beforeAll(async () => {
  clickhouse = await startClickHouse();
  await migrate(clickhouse.url);
  system = await startSystem({ CLICKHOUSE_URL: clickhouse.url, WEIR_USAGE_NOTICE_CALLS: String(AT_LEAST) });
}, 120_000);
afterAll(async () => {
  await system?.stop();
  await clickhouse?.stop();
});
beforeEach(async () => {
  projectId = await system.makeProject();
  engineer = await system.signedIn(projectId, 'admin');
  hour = Math.floor(Date.now() / HOUR_MS) * HOUR_MS - HOUR_MS;
  for (const name of ['alpha', 'beta']) {
    const input = { name, displayName: name, type: 'openai', passthrough: true };
    const created = await engineer.ask(
      'mutation ($input: CreateProviderInput!) { createProvider(input: $input) { id } }',
      {
        input,
      },
    );
    expect(created.codes).toEqual([]);
  }
});

interface Notice {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly detail: string;
  readonly provider: string | null;
  readonly endpoint: string | null;
  readonly model: string | null;
  readonly calls: number;
  readonly since: string;
}

async function notices(who = engineer): Promise<Notice[]> {
  const { data, codes } = await who.ask('{ notices { id kind title detail provider endpoint model calls since } }');
  expect(codes).toEqual([]);
  return data?.notices as Notice[];
}

/** Answers a minute apart from `at` on. */
const answers = (count: number, at: number, event: Partial<UsageEventRow> = {}): Recorded[] =>
  Array.from({ length: count }, (_, index) => ({ projectId, at: at + index * 60_000, usd: '0.1', event }));
const silent = (count: number, at: number, event: Partial<UsageEventRow> = {}): Recorded[] =>
  answers(count, at, { usage_source: 'none', input_tokens: null, output_tokens: null, raw_usage: null, ...event }).map(
    (call) => ({ ...call, usd: null, rating: { reason: 'usage_unknown', lines: '[]' } }),
  );

test('an endpoint whose last answers did not tell raises a notice, and the next that tells clears it', async () => {
  await store(clickhouse.url, [...answers(3, hour), ...silent(AT_LEAST - 1, hour + 10 * 60_000)]);
  expect(await notices()).toEqual([]);
  await store(clickhouse.url, silent(1, hour + 20 * 60_000));
  expect(await notices()).toEqual([
    {
      ...{ id: 'USAGE:alpha:chat.completions', kind: 'USAGE_NOT_REPORTED', model: null, calls: AT_LEAST },
      ...{ provider: 'alpha', endpoint: 'chat.completions', since: new Date(hour + 10 * 60_000).toISOString() },
      title: 'chat.completions of alpha does not tell what it used',
      detail: `None of the last ${AT_LEAST} answers told, so the cost of these is unknown. Said from ${AT_LEAST} answers in a row on; it ends with the first one that tells.`,
    },
  ]);
  await store(clickhouse.url, answers(1, hour + 30 * 60_000));
  expect(await notices()).toEqual([]);
});

test('one that never told raises it too, over several hours and beside an endpoint that tells', async () => {
  const speech = { endpoint: 'audio.speech', path: '/v1/audio/speech' };
  await store(clickhouse.url, [
    ...silent(2, hour - 2 * DAY_MS, speech),
    ...silent(2, hour - DAY_MS, speech),
    ...silent(2, hour, speech),
    ...answers(9, hour),
  ]);
  expect(await notices()).toMatchObject([
    { endpoint: 'audio.speech', calls: 6, since: new Date(hour - 2 * DAY_MS).toISOString() },
  ]);
});

test('a provider of which no endpoint tells is named once, also where each alone has too few answers', async () => {
  await store(clickhouse.url, [
    ...answers(1, hour - HOUR_MS, { endpoint: 'responses' }),
    ...silent(3, hour),
    ...silent(2, hour + 1, { endpoint: 'embeddings' }),
    ...answers(2, hour, { provider: 'beta' }),
  ]);
  expect(await notices()).toMatchObject([
    { id: 'USAGE:alpha:', provider: 'alpha', endpoint: null, calls: 5, title: 'alpha does not tell what it used' },
  ]);
});

test('estimates in place of what was not told are a notice of their own', async () => {
  await store(clickhouse.url, answers(AT_LEAST, hour, { usage_source: 'estimated', estimator: 'o200k_base' }));
  expect(await notices()).toMatchObject([
    { kind: 'USAGE_ESTIMATED', calls: AT_LEAST, title: 'Usage of chat.completions of alpha is estimated' },
  ]);
  await store(clickhouse.url, silent(1, hour + 30 * 60_000));
  const [notice] = await notices();
  expect(notice).toMatchObject({ kind: 'USAGE_NOT_REPORTED', calls: AT_LEAST + 1 });
  expect(notice?.detail).toContain('the cost of 1 is unknown');
});

test.each<[string, Partial<UsageEventRow>]>([
  ['failed', { outcome: 'upstream_error', upstream_status: 500 }],
  ['were refused', { outcome: 'refused', upstream_status: null }],
  ['lost their client and were broken off', { outcome: 'client_closed', abort_action: 'cancelled' }],
  ['listed models', { endpoint: 'models', method: 'GET' }],
  ['counted tokens', { endpoint: 'messages.count_tokens' }],
  ['were moderations, which are free', { endpoint: 'moderations' }],
  ['looked something up through an unknown path', { endpoint: 'opaque', method: 'GET' }],
  ['are of a provider that is gone', { provider: 'gone' }],
])('calls that %s owe no usage', async (_, event) => {
  await store(clickhouse.url, silent(AT_LEAST + 1, hour, event));
  expect(await notices()).toEqual([]);
});

test.each<[string, Partial<UsageEventRow>]>([
  ['went through an unknown path', { endpoint: 'opaque', path: '/v1/something/new' }],
  ['were read to the end after their client left', { outcome: 'client_closed', abort_action: 'drained' }],
])('calls that %s owe it', async (_, event) => {
  await store(clickhouse.url, silent(AT_LEAST, hour, event));
  expect(await notices()).toMatchObject([{ kind: 'USAGE_NOT_REPORTED', calls: AT_LEAST }]);
});

test('a model without a price is one notice, whatever the reasons, and another project hears nothing', async () => {
  const unpriced = (reason: string, at: number): Recorded => ({ projectId, at, usd: null, rating: { reason } });
  const now = Date.now();
  await store(clickhouse.url, [unpriced('model_unknown', now - 60_000), unpriced('rate_missing', now - 90_000)]);
  expect(await notices()).toMatchObject([
    { id: 'MODEL_UNPRICED:alpha:gpt-x', calls: 2, model: 'gpt-x', since: new Date(now - 90_000).toISOString() },
  ]);
  const stranger = await system.signedIn(await system.makeProject(), 'admin');
  expect(await notices(stranger)).toEqual([]);
});
