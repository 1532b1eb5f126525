import { formatUsd, newId, parseUsd } from '@weir/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import {
  callsPage,
  meterCounts,
  migrate,
  oneCall,
  providerKpis,
  type RatingRow,
  type Reader,
  ratingsTable,
  reader,
  type Scope,
  type UsageEventRow,
  usageBreakdown,
  usageEventsTable,
  usageOverTime,
  usageTotals,
  type Writer,
  writer,
} from '../src/index.js';
import { type ClickHouseServer, startClickHouse } from './support/clickhouse-server.js';
import { eventRow, ratingRow, timeText } from './support/rows.js';

const HOUR = 3_600_000;
const START = Date.UTC(2026, 8, 30, 20);
const project = newId();
const stranger = newId();

let server: ClickHouseServer;
let write: Writer;
let read: Reader;
const events: UsageEventRow[] = [];
const ratings: RatingRow[] = [];

/** 400 calls over ten hours and the turn of a month, several a millisecond, of every kind. */
function seed(owner: string, calls: number): void {
  for (let i = 0; i < calls; i++) {
    const isRefused = i % 19 === 0;
    const isUnpriced = !isRefused && i % 7 === 0;
    const event = eventRow(owner, START + Math.floor(i / 4) * 4 * 90_000 + 17, {
      batch_id: `${owner}-1`,
      trace_id: owner === project && i < 60 ? String(1 + Math.floor(i / 3)).padStart(32, '0') : null,
      provider: `provider-${i % 3}`,
      provider_type: i % 3 === 0 ? 'anthropic' : 'openai',
      served_model: i % 5 === 0 ? null : `model-${i % 4}`,
      app: i % 2 === 0 ? 'shop' : 'search',
      environment: i % 10 === 0 ? 'staging' : 'production',
      outcome: isRefused ? 'refused' : i % 11 === 0 ? 'upstream_error' : 'completed',
      input_tokens: isRefused ? null : i,
      cached_input_tokens: i % 3 === 0 ? 7 : null,
      cache_write_5m_tokens: i % 6 === 0 ? 3 : null,
      output_tokens: isRefused ? null : 10,
      reasoning_tokens: i % 4 === 0 ? 4 : null,
      usage_source: isRefused || isUnpriced ? 'none' : i % 13 === 0 ? 'partial' : 'reported',
    });
    const usd = isUnpriced ? null : `0.00000${i + 1}`;
    events.push(event);
    ratings.push(
      ratingRow(event, usd, {
        reason: isUnpriced ? 'usage_unknown' : null,
        lines: JSON.stringify([
          { bucket: 'input', quantity: i, usdPerMillion: '1', source: 'catalog:v1:m', rule: null, amount: usd },
        ]),
      }),
    );
  }
}

beforeAll(async () => {
  server = await startClickHouse();
  const url = server.newDatabase();
  await migrate(url);
  write = writer(url);
  read = reader(url);
  seed(project, 400);
  seed(stranger, 40);
  await usageEventsTable(write).insert(events, 'events');
  await ratingsTable(write).insert(ratings, 'ratings');
});
afterAll(async () => {
  await Promise.all([write.close(), read.close()]);
  await server.stop();
});

type Match = (event: UsageEventRow) => boolean;
const at = ({ started_at }: UsageEventRow) => Date.parse(`${started_at.replace(' ', 'T')}Z`);
const modelOf = (event: UsageEventRow) => event.served_model ?? event.requested_model ?? '';

/** The same figures by plain addition over the rows that were sent. */
function expected(scope: Scope, match: Match = () => true) {
  const mine = events.filter(
    (event) => event.project_id === scope.projectId && at(event) >= scope.from && at(event) < scope.to && match(event),
  );
  const ids = new Set(mine.map(({ event_id }) => event_id));
  const rated = ratings.filter(({ event_id }) => ids.has(event_id));
  const sum = (of: (event: UsageEventRow) => number | null) =>
    mine.reduce((total, event) => total + (of(event) ?? 0), 0);
  const inputTokens = sum((event) => event.input_tokens);
  const cachedInputTokens = sum((event) => event.cached_input_tokens);
  const cacheWriteTokens = sum((event) => event.cache_write_5m_tokens);
  const outputTokens = sum((event) => event.output_tokens);
  const spend = formatUsd(rated.reduce((total, { total: one }) => total + parseUsd(one ?? '0'), 0n));
  return {
    calls: mine.filter(({ attempt }) => attempt === 1).length,
    attempts: mine.length,
    opaqueCalls: mine.filter(({ endpoint }) => endpoint === 'opaque').length,
    retriedCalls: mine.filter(({ client_retry }) => (client_retry ?? 0) > 0).length,
    freeCalls: rated.filter(({ status }) => status === 'free').length,
    failedCalls: mine.filter(({ outcome }) => outcome === 'upstream_error').length,
    refusedCalls: mine.filter(({ outcome }) => outcome === 'refused').length,
    unpricedCalls: rated.filter(({ total }) => total === null).length,
    callsWithoutUsage: rated.filter(({ reason }) => reason === 'usage_unknown').length,
    estimatedCalls: mine.filter(({ usage_source }) => usage_source === 'partial').length,
    inputTokens,
    cachedInputTokens,
    cacheWriteTokens,
    outputTokens,
    reasoningTokens: sum((event) => event.reasoning_tokens),
    toolUseInputTokens: 0,
    totalTokens: inputTokens + cachedInputTokens + cacheWriteTokens + outputTokens,
    spend,
    spendInput: spend,
    spendCachedInput: '0',
    spendCacheWrite: '0',
    spendOutput: '0',
    spendReasoning: '0',
    spendToolUse: '0',
    spendOther: '0',
  };
}

const scopeOf = (from: number, to: number): Scope => ({ projectId: project, from, to });
const ALL = scopeOf(START, START + 24 * HOUR);

test.each([
  ['whole hours', START, START + 24 * HOUR],
  ['cut at both ends', START + 12_345, START + 5 * HOUR + 1_234_567],
  ['inside one hour', START + 100_000, START + 2_000_000],
  ['across one boundary', START + HOUR - 1, START + HOUR + 90_000],
  ['one millisecond with calls', START + 17, START + 18],
  ['nothing', START - 5 * HOUR, START],
])('totals are exact to the millisecond: %s', async (_, from, to) => {
  expect(await usageTotals(read, scopeOf(from, to))).toEqual(expected(scopeOf(from, to)));
});

test('a filter narrows the totals in the roll-up and in the rows alike', async () => {
  const filter = { providers: ['provider-1', 'provider-2'], models: ['model-1', 'gpt-5'], apps: ['search'] };
  const match: Match = (event) =>
    filter.providers.includes(event.provider) && filter.models.includes(modelOf(event)) && event.app === 'search';
  for (const scope of [ALL, scopeOf(START + 1_000, START + 7 * HOUR + 5_000)]) {
    const totals = await usageTotals(read, scope, filter);
    expect(totals).toEqual(expected(scope, match));
    expect(totals.calls).toBeGreaterThan(0);
  }
});

test('another project gets its own figures and nothing else', async () => {
  const theirs = { ...ALL, projectId: stranger };
  expect(await usageTotals(read, theirs)).toEqual(expected(theirs));
  const nobody = { ...ALL, projectId: newId() };
  expect(await usageTotals(read, nobody)).toEqual(expected(nobody));
  expect((await callsPage(read, nobody.projectId, { first: 10 })).nodes).toEqual([]);
  const foreign = events.find((event) => event.project_id === stranger)?.event_id ?? '';
  expect(await oneCall(read, project, foreign)).toBeNull();
  expect(await oneCall(read, stranger, foreign)).not.toBeNull();
});

test.each(['provider', 'model', 'app', 'environment', 'token_type'] as const)(
  'the split by %s adds up to the totals, over time and in all',
  async (groupBy) => {
    const scope = scopeOf(START + 12_345, START + 9 * HOUR + 1_000);
    const totals = expected(scope);
    const groups = await usageBreakdown(read, scope, { groupBy, first: 100 });
    const money = (amounts: readonly string[]) => formatUsd(amounts.reduce((sum, one) => sum + parseUsd(one), 0n));
    const add = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0);
    expect(money(groups.map((group) => group.totals.spend))).toBe(totals.spend);
    expect(add(groups.map((group) => group.totals.totalTokens))).toBe(totals.totalTokens);
    if (groupBy !== 'token_type') expect(add(groups.map((group) => group.totals.calls))).toBe(totals.calls);

    for (const top of [1, 2, 20]) {
      const series = await usageOverTime(read, scope, { interval: 'hour', groupBy, top });
      expect(series.totals).toEqual(totals);
      expect(series.buckets[0]).toBe(START);
      expect(series.groups.filter((group) => !group.other).length).toBe(Math.min(top, groups.length));
      expect(money(series.groups.flatMap((group) => group.spend))).toBe(totals.spend);
      expect(add(series.groups.flatMap((group) => group.tokens))).toBe(totals.totalTokens);
      for (const group of series.groups) expect(group.calls).toHaveLength(series.buckets.length);
    }
  },
);

test('each bucket of a series holds what happened in it', async () => {
  const series = await usageOverTime(read, ALL, { interval: 'hour', groupBy: 'provider', top: 5 });
  for (const [index, from] of series.buckets.entries()) {
    for (const group of series.groups) {
      const one = expected(scopeOf(from, from + HOUR), (event) => event.provider === group.key);
      expect([group.calls[index], group.tokens[index], group.spend[index]]).toEqual([
        one.calls,
        one.totalTokens,
        one.spend,
      ]);
    }
  }
  const days = await usageOverTime(read, ALL, { interval: 'day', groupBy: 'provider', top: 5 });
  expect(days.buckets).toEqual([Date.UTC(2026, 8, 30), Date.UTC(2026, 9, 1)]);
  expect(days.groups.find(({ key }) => key === 'provider-0')?.providerType).toBe('anthropic');
});

test('a range that would make thousands of buckets is refused', async () => {
  const years = scopeOf(Date.UTC(2023, 0, 1), START);
  const options = { interval: 'hour', groupBy: 'app', top: 3 } as const;
  await expect(usageOverTime(read, years, options)).rejects.toMatchObject({ code: 'RANGE_TOO_LONG' });
  await expect(usageTotals(read, scopeOf(START, START))).rejects.toMatchObject({ code: 'RANGE_INVALID' });
});

test('paging meets every call once, newest first, also those of one millisecond', async () => {
  const seen: string[] = [];
  let lastStart = Number.POSITIVE_INFINITY;
  let after: string | undefined;
  do {
    const page = await callsPage(read, project, { first: 7, after });
    for (const call of page.nodes) {
      expect(call.startedAt).toBeLessThanOrEqual(lastStart);
      lastStart = call.startedAt;
      seen.push(call.eventId);
    }
    after = page.hasNextPage ? (page.endCursor ?? undefined) : undefined;
  } while (after);
  const mine = events.filter((event) => event.project_id === project).map(({ event_id }) => event_id);
  expect(seen.length).toBe(mine.length);
  expect(new Set(seen)).toEqual(new Set(mine));
});

test('the attempts at a call are found by its id', async () => {
  const callId = events.find((event) => event.project_id === project)?.call_id ?? '';
  const { nodes } = await callsPage(read, project, { first: 500, filter: { callIds: [callId] } });
  const own = events.filter((event) => event.project_id === project && event.call_id === callId);
  expect(nodes.map(({ eventId }) => eventId).sort()).toEqual(own.map(({ event_id }) => event_id).sort());
  expect(await callsPage(read, stranger, { first: 10, filter: { callIds: [callId] } })).toMatchObject({ nodes: [] });
});

test('the calls of a trace are found by its id, which rules out whole stretches of the table', async () => {
  const traceId = events.find((event) => event.project_id === project && event.trace_id !== null)?.trace_id ?? '';
  const { nodes } = await callsPage(read, project, { first: 500, filter: { traceIds: [traceId] } });
  const own = events.filter((event) => event.project_id === project && event.trace_id === traceId);
  expect(nodes.map(({ eventId }) => eventId).sort()).toEqual(own.map(({ event_id }) => event_id).sort());
  expect(nodes.map((node) => node.traceId)).toEqual([traceId, traceId, traceId]);
  expect(await callsPage(read, stranger, { first: 10, filter: { traceIds: [traceId] } })).toMatchObject({ nodes: [] });
  const plan = await read.query({
    name: 'plan',
    sql: `EXPLAIN indexes = 1 SELECT event_id FROM usage_events_v1
      WHERE project_id = {project:UUID} AND trace_id IN {traceIds:Array(String)}`,
    params: { project, traceIds: ['f'.repeat(32)] },
    row: z.object({ explain: z.string() }),
  });
  const lines = plan.map(({ explain }) => explain.trim());
  const granules = lines.slice(lines.indexOf('Name: trace_id_filter')).find((line) => line.startsWith('Granules'));
  expect(granules).toMatch(/^Granules: 0\/[1-9]/);
});

test('calls are filtered by provider, model, app, outcome and time', async () => {
  const filter = {
    providers: ['provider-0'],
    models: ['model-3', 'gpt-5'],
    apps: ['shop'],
    outcomes: ['completed'],
    from: START,
    to: START + 3 * HOUR,
  };
  const { nodes } = await callsPage(read, project, { first: 500, filter });
  const match: Match = (event) =>
    event.provider === 'provider-0' &&
    ['model-3', 'gpt-5'].includes(modelOf(event)) &&
    event.app === 'shop' &&
    event.outcome === 'completed';
  expect(nodes.length).toBe(expected(scopeOf(filter.from, filter.to), match).calls);
  expect(nodes.length).toBeGreaterThan(0);
  await expect(callsPage(read, project, { first: 5, after: 'nonsense' })).rejects.toMatchObject({
    code: 'CURSOR_INVALID',
  });
});

test('a call comes back with every field as it went in, unknown as null, and its rating', async () => {
  const event = eventRow(project, START - 100 * HOUR, {
    tags: { team: 'a', 'k"ey': "v'" },
    other_meters: { webSearches: 3 },
    raw_usage: '{"a":"\\u0000"}\u0000\t☃',
    user: 'u-1',
    input_tokens: 0,
    output_tokens: null,
    cache_write_1h_tokens: 9_007_199_254_740_991,
  });
  await usageEventsTable(write).insert([event], 'single');
  const unrated = await oneCall(read, project, event.event_id);
  expect(unrated).toMatchObject({
    eventId: event.event_id,
    startedAt: START - 100 * HOUR,
    tags: event.tags,
    otherMeters: { webSearches: 3 },
    rawUsage: event.raw_usage,
    user: 'u-1',
    agent: null,
    inputTokens: 0,
    outputTokens: null,
    cacheWriteTokens: 9_007_199_254_740_991,
    durationMs: 30.25,
    alterations: ['credential_replaced'],
    rating: null,
  });
  const line = {
    bucket: 'input',
    quantity: 1,
    usdPerMillion: '2',
    source: 'override:x',
    rule: null,
    amount: '0.000002',
  };
  await ratingsTable(write).insert([ratingRow(event, '0.000002', { lines: JSON.stringify([line]) })], 'single');
  expect((await oneCall(read, project, event.event_id))?.rating).toEqual({
    status: 'computed',
    reason: null,
    cost: '0.000002',
    priceVersion: 'v1',
    lines: [line],
  });
});

test('a restated call shows its new rating, and sums are net of what was taken back', async () => {
  const start = START - 200 * HOUR;
  const scope = scopeOf(start, start + HOUR);
  const event = eventRow(project, start + 5);
  await usageEventsTable(write).insert([event], 'restated');
  await ratingsTable(write).insert([ratingRow(event, '1.5')], 'restated');
  expect(await usageTotals(read, scope)).toMatchObject({ calls: 1, spend: '1.5', unpricedCalls: 0 });
  const reversal = ratingRow(event, '-1.5', { sign: -1 });
  await ratingsTable(write).insert([reversal, ratingRow(event, '0.25', { run_id: 'run-2' })], 'restated-run-2');
  for (const range of [scope, scopeOf(start + 1, start + HOUR)]) {
    expect(await usageTotals(read, range)).toMatchObject({ calls: 1, spend: '0.25', unpricedCalls: 0 });
  }
  expect((await oneCall(read, project, event.event_id))?.rating?.cost).toBe('0.25');
  await ratingsTable(write).insert(
    [ratingRow(event, '-0.25', { sign: -1, run_id: 'run-2' }), ratingRow(event, null, { run_id: 'run-3' })],
    'restated-run-3',
  );
  expect(await usageTotals(read, scope)).toMatchObject({ calls: 1, spend: '0', unpricedCalls: 1 });
  expect((await oneCall(read, project, event.event_id))?.rating).toMatchObject({ status: 'unpriced', cost: null });
});

test('a call that has no rating yet counts as unpriced, not as free', async () => {
  const start = START - 300 * HOUR;
  await usageEventsTable(write).insert([eventRow(project, start + 5)], 'unrated');
  expect(await usageTotals(read, scopeOf(start, start + HOUR))).toMatchObject({ unpricedCalls: 1, spend: '0' });
});

test('key figures of all providers come in one answer, seven days, today included', async () => {
  const kpis = await providerKpis(read, project, START + 9 * HOUR);
  expect([...kpis.keys()]).toEqual(expect.arrayContaining(['provider-0', 'provider-1', 'provider-2']));
  const one = kpis.get('provider-1');
  const days = [Date.UTC(2026, 8, 30), Date.UTC(2026, 9, 1)].map((day) =>
    expected(scopeOf(day, day + 24 * HOUR), (event) => event.provider === 'provider-1'),
  );
  expect(one?.requestsByDay).toEqual([0, 0, 0, 0, 0, days[0]?.calls, days[1]?.calls]);
  expect(one?.spendByDay.slice(5)).toEqual(days.map((day) => day.spend));
  expect(one?.unpricedCallsByDay).toEqual([0, 0, 0, 0, 0, ...days.map((day) => day.unpricedCalls)]);
  expect(one?.tokens).toBe((days[0]?.totalTokens ?? 0) + (days[1]?.totalTokens ?? 0));
});

test('the meter counts what is stored, whoever it belongs to', async () => {
  const before = await meterCounts(read);
  await usageEventsTable(write).insert([eventRow(newId(), START), eventRow(newId(), START)], 'metered');
  expect(await meterCounts(read)).toEqual({ stored: before.stored + 2, quarantined: 0 });
});

test('the roll-up holds the same sums as the rows it was made from', async () => {
  const whole = scopeOf(START - 400 * HOUR, START + 24 * HOUR);
  const cut = scopeOf(whole.from + 1, whole.to);
  expect(await usageTotals(read, cut)).toEqual(await usageTotals(read, whole));
  expect(timeText(START)).toBe('2026-09-30 20:00:00.000');
});
