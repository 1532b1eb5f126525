import 'reflect-metadata';
import { readFile } from 'node:fs/promises';
import { migrate, type Reader, reader, writer } from '@weir/clickhouse';
import { formatUsd, parseUsd } from '@weir/contracts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Viewer } from '../src/platform/viewer.js';
import { ProvidersService } from '../src/providers/providers.service.js';
import type { Caller } from './caller.js';
import { type ClickHouse, startClickHouse } from './clickhouse.js';
import { type System, startSystem } from './system.js';
import { type Recorded, store } from './usage-rows.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NOW = Date.now();
const FROM = NOW - 40 * DAY_MS;
const CALLS = 600;
const PROVIDERS = ['alpha', 'beta', 'gamma', 'gone'];

let clickhouse: ClickHouse;
let system: System;
let caller: Caller;
let plain: Reader;
let projectId: string;

/** A generator with a seed, so that a failure can be seen again (Lehmer, 48271 modulo 2^31 - 1). */
let state = 20_261_121;
const next = (below: number): number => {
  state = (state * 48_271) % 2_147_483_647;
  return state % below;
};
const pick = <T>(...of: readonly T[]): T => of[next(of.length)] as T;

function someCall(): Recorded {
  const priced = next(8) !== 0;
  const amount = () => (priced && next(3) > 0 ? BigInt(next(2_000_000_000)) * 1_000n : 0n);
  const [input, cached, write, output, reasoning, other] = [amount(), amount(), amount(), amount(), amount(), amount()];
  const tool = input / 3n;
  const total = input + cached + write + output + reasoning + other;
  const model = pick('m-1', 'm-2', 'm-3', null);
  const outcome = pick('completed', 'completed', 'completed', 'upstream_error', 'client_closed', 'refused');
  const produced = next(900);
  return {
    projectId,
    at: FROM + next(40 * DAY_MS),
    usd: priced ? formatUsd(total) : null,
    event: {
      ...{ provider: pick(...PROVIDERS), provider_type: pick('openai', 'anthropic'), app: pick('shop', 'desk', 'lab') },
      ...{ served_model: model, requested_model: model, environment: pick('production', 'staging'), outcome },
      ...{ user: pick('ann', 'bob', null), agent: pick('writer', null), attempt: pick(1, 1, 1, 2) },
      tags: pick<Record<string, string>>({}, { team: 'red' }, { team: 'blue', stage: 'x' }, { stage: "y'; --" }),
      ...{ input_tokens: next(5_000), cached_input_tokens: next(2) ? next(5_000) : null, output_tokens: produced },
      ...{ cache_write_5m_tokens: next(3) ? null : next(300), reasoning_tokens: Math.floor(produced / 3) },
      client_retry: pick(null, 0, 1),
    },
    rating: {
      ...{ amount_input: formatUsd(input), amount_cached_input: formatUsd(cached), amount_tool_use: formatUsd(tool) },
      ...{ amount_cache_write: formatUsd(write), amount_output: formatUsd(output) },
      ...{ amount_reasoning: formatUsd(reasoning), amount_other: formatUsd(other) },
    },
  };
}

beforeAll(async () => {
  clickhouse = await startClickHouse();
  await migrate(clickhouse.url);
  system = await startSystem({ CLICKHOUSE_URL: clickhouse.url, WEIR_ALLOWED_HOSTS: '10.0.0.1:8000' });
  projectId = await system.makeProject();
  const { accountId, email } = await system.makeAccount(projectId, 'admin');
  const admin: Viewer = { accountId, projectId, role: 'admin', sessionId: '', email };
  const providers = system.control.app.get(ProvidersService);
  for (const name of PROVIDERS) {
    const settings = { name, displayName: name, type: 'openai_compatible', baseUrl: 'http://10.0.0.1:8000' };
    await providers.create(admin, settings);
  }
  await providers.delete(admin, 'gone', 'gone');
  caller = await system.signedIn(projectId, 'viewer');
  plain = reader(clickhouse.url);
  const calls = Array.from({ length: CALLS }, someCall);
  for (let start = 0; start < CALLS; start += 200) await store(clickhouse.url, calls.slice(start, start + 200));
  const other = await system.makeProject();
  await store(
    clickhouse.url,
    calls.slice(0, 50).map((call) => ({ ...call, projectId: other })),
  );
  await reverseSome();
}, 120_000);

afterAll(async () => {
  await plain?.close();
  await system?.stop();
  await clickhouse?.stop();
});

/** A restatement takes some entries back and books others. */
async function reverseSome(): Promise<void> {
  const ledger = writer(clickhouse.url);
  const columns = `project_id, started_at, event_id, environment, provider, provider_type, model, app, user, agent, tags, status, reason, price_version, price_book_version, lines, batch_id`;
  const amounts = ['input', 'cached_input', 'cache_write', 'output', 'reasoning', 'other', 'tool_use'].map(
    (kind) => `amount_${kind}`,
  );
  const some = `FROM ratings_v1 WHERE project_id = '${projectId}' AND run_id = 'initial' AND isNotNull(total) AND cityHash64(event_id) % 5 = 0`;
  for (const [run, sign, factor] of [
    ['initial-back', -1, -1],
    ['again', 1, 2],
  ] as const) {
    await ledger.command(
      'restate',
      `INSERT INTO ratings_v1 (${columns}, run_id, sign, total, ${amounts.join(', ')})
       SELECT ${columns}, '${run}', ${sign}, total * ${factor}, ${amounts.map((name) => `${name} * ${factor}`).join(', ')} ${some}`,
    );
  }
  await ledger.close();
}

interface Filter {
  readonly providers?: string[];
  readonly providerTypes?: string[];
  readonly models?: string[];
  readonly apps?: string[];
  readonly users?: string[];
  readonly agents?: string[];
  readonly environments?: string[];
  readonly tags?: { key: string; values: string[] }[];
  readonly withDeleted?: boolean;
}

const quoted = (values: readonly string[]) => values.map((value) => `'${value.replaceAll("'", "''")}'`).join(', ');

/** The filter as somebody would write it by hand over the rows. */
function where(filter: Filter, from: number, to: number): string {
  const columns: Record<string, string> = {
    ...{ providers: 'provider', providerTypes: "ifNull(provider_type, '')", apps: 'app', environments: 'environment' },
    ...{
      models: "coalesce(served_model, requested_model, '')",
      users: "ifNull(user, '')",
      agents: "ifNull(agent, '')",
    },
  };
  const parts = [
    `project_id = '${projectId}'`,
    `toUnixTimestamp64Milli(started_at) >= ${from} AND toUnixTimestamp64Milli(started_at) < ${to}`,
  ];
  for (const [list, column] of Object.entries(columns)) {
    const values = filter[list as keyof Filter] as string[] | undefined;
    if (values?.length) parts.push(`${column} IN (${quoted(values)})`);
  }
  for (const { key, values } of filter.tags ?? []) parts.push(`tags['${key}'] IN (${quoted(values)})`);
  if (filter.withDeleted === false) parts.push(`provider != 'gone'`);
  return parts.join(' AND ');
}

async function byHand(filter: Filter, from: number, to: number) {
  const condition = where(filter, from, to);
  const [row] = await plain.query({
    name: 'by-hand',
    sql: `SELECT
        countIf(attempt = 1) AS calls, count() AS attempts,
        countIf(outcome NOT IN ('completed', 'client_closed', 'refused')) AS failed,
        sum(ifNull(input_tokens, 0) + ifNull(cached_input_tokens, 0) + ifNull(output_tokens, 0) + ifNull(cache_write_5m_tokens, 0)) AS tokens,
        (SELECT toString(sum(ifNull(total, 0))) FROM ratings_v1
          WHERE event_id IN (SELECT event_id FROM usage_events_v1 WHERE ${condition}) AND project_id = '${projectId}') AS spend,
        attempts - (SELECT sum(sign * isNotNull(total)) FROM ratings_v1
          WHERE event_id IN (SELECT event_id FROM usage_events_v1 WHERE ${condition}) AND project_id = '${projectId}') AS unpriced
      FROM usage_events_v1 WHERE ${condition}`,
    row: z.object({
      ...{ calls: z.number(), attempts: z.number(), failed: z.number(), tokens: z.number(), spend: z.string() },
      unpriced: z.number(),
    }),
  });
  if (!row) throw new Error('no row');
  return row;
}

const TOTALS =
  'calls attempts failedCalls totalTokens spend unpricedCalls spendInput spendCachedInput spendCacheWrite spendOutput spendReasoning spendToolUse spendOther';

interface Totals {
  readonly [name: string]: number | string;
}
interface Series {
  readonly spend: string[];
  readonly calls: number[];
  readonly tokens: number[];
  readonly unpricedCalls: number[];
}

async function ask<T>(query: string, variables: Record<string, unknown>, field: string): Promise<T> {
  const answer = await caller.ask(query, variables);
  expect(answer.codes, answer.text).toEqual([]);
  return answer.data?.[field] as T;
}

const usd = (amounts: readonly (string | number | undefined)[]) =>
  formatUsd(amounts.reduce<bigint>((sum, amount) => sum + parseUsd(String(amount)), 0n));
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

const subset = (...of: string[]) => fc.option(fc.subarray(of, { minLength: 1 }), { nil: undefined });
const filters: fc.Arbitrary<Filter> = fc.record(
  {
    ...{
      providers: subset(...PROVIDERS),
      providerTypes: subset('openai', 'anthropic'),
      models: subset('m-1', 'm-2', ''),
    },
    ...{ apps: subset('shop', 'desk'), users: subset('ann', ''), agents: subset('writer', '') },
    environments: subset('production', 'nowhere'),
    tags: fc.option(
      fc.uniqueArray(
        fc.record({
          key: fc.constantFrom('team', 'stage'),
          values: fc.subarray(['red', 'blue', "y'; --", ''], { minLength: 1 }),
        }),
        { selector: ({ key }) => key, minLength: 1 },
      ),
      { nil: undefined },
    ),
    withDeleted: fc.option(fc.boolean(), { nil: undefined }),
  },
  { requiredKeys: [] },
);
const range = fc
  .tuple(fc.integer({ min: 0, max: 40 * DAY_MS - 2 }), fc.integer({ min: 1, max: 40 * DAY_MS }))
  .map(([from, length]) => [FROM + from, Math.min(FROM + from + length, NOW - 1)] as const)
  .filter(([from, to]) => from < to);
const dimension = fc.constantFrom(
  ...(['provider', 'provider_type', 'model', 'app', 'user', 'agent', 'environment', 'tag'] as const),
);
const zone = fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe');

describe('for any filter, range, split and zone', () => {
  it('every total is what plain SQL over the rows says', async () => {
    await fc.assert(
      fc.asyncProperty(
        filters,
        range,
        dimension,
        zone,
        fc.integer({ min: 1, max: 4 }),
        async (filter, [from, to], groupBy, timeZone, top) => {
          const hand = await byHand(filter, from, to);
          const asked = { range: { from: new Date(from), to: new Date(to) }, filter };
          const split = { ...asked, groupBy, tagKey: 'team' };
          const [totals, series, quality, pages] = await Promise.all([
            ask<Totals>(
              `query ($range: TimeRange!, $filter: UsageFilter) { usageTotals(range: $range, filter: $filter) { ${TOTALS} } }`,
              asked,
              'usageTotals',
            ),
            ask<{ groups: Series[]; totals: Totals }>(
              `query ($range: TimeRange!, $filter: UsageFilter, $groupBy: UsageDimension!, $tagKey: String, $timeZone: String, $top: Int) {
              usageOverTime(range: $range, interval: day, filter: $filter, groupBy: $groupBy, tagKey: $tagKey, timeZone: $timeZone, top: $top) {
                groups { spend calls tokens unpricedCalls } totals { ${TOTALS} } } }`,
              { ...split, timeZone, top },
              'usageOverTime',
            ),
            ask<{ points: { attempts: number; failed: number }[]; whole: { attempts: number } }>(
              `query ($range: TimeRange!, $filter: UsageFilter, $timeZone: String) {
              usageQuality(range: $range, interval: day, filter: $filter, timeZone: $timeZone) { points { attempts failed } whole { attempts } } }`,
              { ...asked, timeZone },
              'usageQuality',
            ),
            breakdownPages(split),
          ]);
          const { calls, attempts, failed, tokens, spend, unpriced } = hand;
          expect(totals).toMatchObject({
            calls,
            attempts,
            failedCalls: failed,
            totalTokens: tokens,
            unpricedCalls: unpriced,
          });
          expect(parseUsd(String(totals.spend))).toBe(parseUsd(spend));
          const parts = Object.entries(totals).filter(([name]) => /^spend./.test(name));
          expect(usd(parts.map(([, part]) => part))).toBe(usd([spend]));

          expect(series.totals).toEqual(totals);
          const { groups } = series;
          expect(usd(groups.flatMap((group) => group.spend))).toBe(usd([spend]));
          expect(sum(groups.flatMap((group) => group.calls))).toBe(calls);
          expect(sum(groups.flatMap((group) => group.tokens))).toBe(tokens);
          expect(sum(groups.flatMap((group) => group.unpricedCalls))).toBe(unpriced);

          expect(sum(quality.points.map((point) => point.attempts))).toBe(attempts);
          expect(sum(quality.points.map((point) => point.failed))).toBe(failed);
          expect(quality.whole.attempts).toBe(attempts);

          expect(usd(pages.map((group) => group.spend))).toBe(usd([spend]));
          expect(sum(pages.map((group) => Number(group.attempts)))).toBe(attempts);
          expect(sum(pages.map((group) => Number(group.totalTokens)))).toBe(tokens);
        },
      ),
      { numRuns: 15 },
    );
  }, 240_000);

  it('the calls behind a bar are as many as it says', async () => {
    await fc.assert(
      fc.asyncProperty(filters, range, async (filter, [from, to]) => {
        const { attempts } = await byHand(filter, from, to);
        let [found, after, more]: [number, string | null, boolean] = [0, null, true];
        while (more) {
          const page: { nodes: unknown[]; endCursor: string | null; hasNextPage: boolean } = await ask(
            `query ($filter: CallFilter, $after: String) { calls(filter: $filter, first: 200, after: $after) { nodes { eventId } endCursor hasNextPage } }`,
            { filter: { ...filter, from: new Date(from), to: new Date(to) }, after },
            'calls',
          );
          found += page.nodes.length;
          [after, more] = [page.endCursor, page.hasNextPage];
        }
        expect(found).toBe(attempts);
      }),
      { numRuns: 10 },
    );
  }, 120_000);

  it('effects and drivers add up to the difference between two periods', async () => {
    await fc.assert(
      fc.asyncProperty(filters, range, range, dimension, async (filter, a, b, groupBy) => {
        const period = ([from, to]: readonly [number, number]) => ({ from: new Date(from), to: new Date(to) });
        const change = await ask<{
          difference: string;
          effects: { amount: string }[];
          drivers: { difference: string }[];
          otherDrivers: string;
        }>(
          `query ($range: TimeRange!, $previous: TimeRange!, $filter: UsageFilter, $groupBy: UsageDimension!, $tagKey: String) {
            usageChange(range: $range, previous: $previous, filter: $filter, groupBy: $groupBy, tagKey: $tagKey, first: 2) {
              difference effects { amount } drivers { difference } otherDrivers } }`,
          { range: period(a), previous: period(b), filter, groupBy, tagKey: 'stage' },
          'usageChange',
        );
        const [after, before] = await Promise.all([byHand(filter, ...a), byHand(filter, ...b)]);
        const difference = formatUsd(parseUsd(after.spend) - parseUsd(before.spend));
        expect(change.difference).toBe(difference);
        expect(usd(change.effects.map(({ amount }) => amount))).toBe(difference);
        expect(usd([...change.drivers.map((driver) => driver.difference), change.otherDrivers])).toBe(difference);
      }),
      { numRuns: 15 },
    );
  }, 120_000);
});

async function breakdownPages(split: Record<string, unknown>): Promise<Totals[]> {
  const found: Totals[] = [];
  for (let offset = 0; ; offset += 2) {
    const page = await ask<{ totals: Totals }[]>(
      `query ($range: TimeRange!, $filter: UsageFilter, $groupBy: UsageDimension!, $tagKey: String, $offset: Int) {
        usageBreakdown(range: $range, filter: $filter, groupBy: $groupBy, tagKey: $tagKey, first: 2, offset: $offset, orderBy: key) { totals { ${TOTALS} } } }`,
      { ...split, offset },
      'usageBreakdown',
    );
    found.push(...page.map(({ totals }) => totals));
    if (page.length < 2) return found;
  }
}

it('the key figures of each provider are those of its last seven days', async () => {
  const { nodes } = await ask<{ nodes: { name: string; lastSevenDays: Record<string, unknown> }[] }>(
    '{ providers { nodes { name lastSevenDays { spend requests tokens unpricedCalls } } } }',
    {},
    'providers',
  );
  const from = (Math.floor(Date.now() / DAY_MS) - 6) * DAY_MS;
  expect(nodes.map(({ name }) => name).toSorted()).toEqual(['alpha', 'beta', 'gamma']);
  for (const { name, lastSevenDays } of nodes) {
    const hand = await byHand({ providers: [name] }, from, from + 7 * DAY_MS);
    expect(lastSevenDays).toEqual({
      ...{ spend: usd([hand.spend]), requests: hand.calls, tokens: hand.tokens, unpricedCalls: hand.unpriced },
    });
  }
});

it('kinds of cost and of token add up to the whole', async () => {
  const asked = { range: { from: new Date(FROM), to: new Date(NOW - 1) } };
  const hand = await byHand({}, FROM, NOW - 1);
  for (const groupBy of ['cost_type', 'token_type']) {
    const groups = await ask<{ key: string; totals: Totals }[]>(
      `query ($range: TimeRange!, $groupBy: UsageDimension!) { usageBreakdown(range: $range, groupBy: $groupBy) { key totals { ${TOTALS} } } }`,
      { ...asked, groupBy },
      'usageBreakdown',
    );
    const all = groups.map(({ totals }) => totals);
    if (groupBy === 'cost_type') expect(usd(all.map(({ spend }) => spend))).toBe(usd([hand.spend]));
    if (groupBy === 'token_type') expect(sum(all.map(({ totalTokens }) => Number(totalTokens)))).toBe(hand.tokens);
  }
});

it('every request of the guide for scripts is answered to a token', async () => {
  const guide = await readFile(new URL('../../../docs/guides/usage-api.md', import.meta.url), 'utf8');
  const bodies = [...guide.matchAll(/-d '(\{[^']*\})'/g)].map(([, body]) => body ?? '');
  expect(bodies).toHaveLength(4);
  const admin = await system.signedIn(projectId, 'admin');
  const made = await admin.ask('mutation { createApiToken(input: { name: "guide" }) { secret } }');
  expect(made.codes).toEqual([]);
  const { secret } = (made.data as { createApiToken: { secret: string } }).createApiToken;
  const script = system.caller({ 'x-requested-by': '', authorization: `Bearer ${secret}` });
  for (const body of bodies) {
    const answer = await script.send({ body });
    expect(answer.status, answer.text).toBe(200);
    expect(answer.codes, answer.text).toEqual([]);
  }
});
