import { formatUsd, newId, parseUsd } from '@weir/contracts';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import {
  keyOfRow,
  migrate,
  REPORT_DIMENSIONS,
  type Reader,
  type ReportQuery,
  ratingsTable,
  reader,
  reportColumns,
  reportRows,
  type Scope,
  type Streamer,
  storeTime,
  streamer,
  type UsageEventRow,
  type UsageFilter,
  usageEventsTable,
  usageTotals,
  type Writer,
  writer,
} from '../src/index.js';
import { type ClickHouseServer, startClickHouse } from './support/clickhouse-server.js';
import { eventRow, ratingRow } from './support/rows.js';

const HOUR = 3_600_000;
const START = Date.UTC(2026, 8, 30, 20);
const END = START + 60 * HOUR;
const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'America/St_Johns'];
const project = newId();

let server: ClickHouseServer;
let write: Writer;
let read: Reader;
let stream: Streamer;

/** Calls of every kind, at any time of the range; `usd` is unlike any other's. */
function calls(owner: string, count: number, seed: number): UsageEventRow[] {
  return Array.from({ length: count }, (_, index) => {
    const i = index + seed;
    return eventRow(owner, START + ((i * 7_919_317) % (END - START)), {
      provider: `provider-${i % 3}`,
      provider_type: i % 3 === 0 ? 'anthropic' : 'openai',
      served_model: i % 5 === 0 ? null : `model-${i % 4}`,
      app: i % 2 === 0 ? 'shop' : "o'search\\n",
      environment: i % 10 === 0 ? 'staging' : 'production',
      user: i % 4 === 0 ? null : `user-${i % 6}`,
      agent: i % 7 === 0 ? 'agent' : null,
      tags: i % 3 === 0 ? {} : { team: `team-${i % 2}`, '=cost`centre': `${i % 5}` },
      outcome: i % 11 === 0 ? 'upstream_error' : 'completed',
      attempt: i % 13 === 0 ? 2 : 1,
      input_tokens: i,
      cached_input_tokens: i % 3 === 0 ? 7 : null,
      output_tokens: 10,
      reasoning_tokens: i % 4 === 0 ? 4 : null,
    });
  });
}

async function put(rows: readonly UsageEventRow[]): Promise<void> {
  const token = newId();
  await usageEventsTable(write).insert(rows, token);
  const ratings = rows.map((event, index) =>
    ratingRow(event, index % 8 === 0 ? null : `0.0000${index}1`, { tags: event.tags }),
  );
  await ratingsTable(write).insert(ratings, token);
}

beforeAll(async () => {
  server = await startClickHouse();
  const url = server.newDatabase();
  await migrate(url);
  [write, read, stream] = [writer(url), reader(url), streamer(url)];
  await put(calls(project, 500, 0));
  await put(calls(newId(), 50, 0));
}, 120_000);

afterAll(async () => {
  await Promise.all([stream?.close(), read?.close(), write?.close()]);
  await server?.stop();
});

interface Sums {
  readonly rows: number;
  readonly calls: bigint;
  readonly attempts: bigint;
  readonly failed: bigint;
  readonly unpriced: bigint;
  readonly input: bigint;
  readonly output: bigint;
  readonly tokens: bigint;
  readonly spend: string;
}

/** What the rows of a report add up to. */
async function summed(scope: Scope, query: ReportQuery): Promise<Sums> {
  const columns = reportColumns(query).map(({ name }) => name);
  const rows: Record<string, string>[] = [];
  for await (const row of reportRows(stream, scope, query)) {
    rows.push(Object.fromEntries(columns.map((column, index) => [column, row[index] ?? ''])));
  }
  const keys = rows.map((row) =>
    JSON.stringify(columns.filter((name) => !/(calls|attempts|tokens|usd)/.test(name)).map((name) => row[name])),
  );
  expect(new Set(keys).size, 'no group twice').toBe(keys.length);
  const sum = (...names: string[]) =>
    rows.reduce((total, row) => names.reduce((all, name) => all + BigInt(row[name] ?? '0'), total), 0n);
  const usd = (name: string) => rows.reduce((total, row) => total + parseUsd(row[name] ?? '0'), 0n);
  const parts = columns.filter((name) => name.endsWith('_usd') && name !== 'spend_usd');
  expect(
    parts.reduce((total, name) => total + usd(name), 0n),
    'kinds of cost',
  ).toBe(usd('spend_usd'));
  const kinds = [
    'input_tokens',
    'cached_input_tokens',
    'cache_write_tokens',
    'output_tokens_without_reasoning',
    'reasoning_tokens',
  ];
  expect(sum(...kinds), 'kinds of token').toBe(sum('total_tokens'));
  return {
    ...{ rows: rows.length, calls: sum('calls'), attempts: sum('attempts'), failed: sum('failed_attempts') },
    ...{ unpriced: sum('unpriced_attempts'), input: sum('input_tokens'), tokens: sum('total_tokens') },
    output: sum('output_tokens_without_reasoning', 'reasoning_tokens'),
    spend: formatUsd(usd('spend_usd')),
  };
}

/** The same by plain SQL over the rows themselves, of what was stored by a time. */
async function plain({ projectId, from, to }: Scope, storedByMs: number, where = { events: '1', ratings: '1' }) {
  const ask = async (sql: string) =>
    (await write.query({ name: 'plain', sql, row: anything }))[0] as Record<string, string>;
  const range = `project_id = '${projectId}' AND toUnixTimestamp64Milli(started_at) >= ${from} AND toUnixTimestamp64Milli(started_at) < ${to}`;
  const events = await ask(`SELECT toString(countIf(attempt = 1)) AS calls, toString(count()) AS attempts,
      toString(countIf(outcome = 'upstream_error')) AS failed, toString(sum(ifNull(input_tokens, 0))) AS input,
      toString(sum(ifNull(output_tokens, 0))) AS output,
      toString(sum(ifNull(input_tokens, 0) + ifNull(cached_input_tokens, 0) + ifNull(output_tokens, 0))) AS tokens
    FROM usage_events_v1 WHERE ${range} AND toUnixTimestamp64Milli(stored_at) <= ${storedByMs} AND ${where.events}`);
  const ratings =
    await ask(`SELECT toString(sum(ifNull(total, 0))) AS spend, toString(sumIf(sign, isNotNull(total))) AS priced
    FROM ratings_v1 WHERE ${range} AND toUnixTimestamp64Milli(rated_at) <= ${storedByMs} AND ${where.ratings}`);
  return {
    ...{ calls: BigInt(events.calls ?? 0), attempts: BigInt(events.attempts ?? 0), failed: BigInt(events.failed ?? 0) },
    unpriced: BigInt(events.attempts ?? 0) - BigInt(ratings.priced ?? 0),
    ...{ input: BigInt(events.input ?? 0), output: BigInt(events.output ?? 0), tokens: BigInt(events.tokens ?? 0) },
    spend: formatUsd(parseUsd(ratings.spend ?? '0')),
  };
}
const anything = z.record(z.string(), z.string());

const base = { interval: 'day', timeZone: 'UTC', dimensions: [], tagKeys: [], providerNames: new Map() } as const;

const FILTERS: readonly { filter: UsageFilter; events: string; ratings: string }[] = [
  { filter: {}, events: '1', ratings: '1' },
  { filter: { providers: ['provider-1', 'provider-2'] }, ...same("provider IN ('provider-1', 'provider-2')") },
  { filter: { exceptProviders: ['provider-1'] }, ...same("provider != 'provider-1'") },
  {
    filter: { users: ['', 'user-1'] },
    events: "ifNull(user, '') IN ('', 'user-1')",
    ratings: "user IN ('', 'user-1')",
  },
  { filter: { tags: [{ key: 'team', values: ['team-0', ''] }] }, ...same("tags['team'] IN ('team-0', '')") },
  { filter: { environments: ['staging'], apps: ['shop'] }, ...same("environment = 'staging' AND app = 'shop'") },
];
function same(sql: string) {
  return { events: sql, ratings: sql };
}

test('rows add up to the totals and to plain SQL, for any mix of dimensions, filters, zones and ranges', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        interval: fc.constantFrom('hour', 'day', 'month', 'total' as const),
        timeZone: fc.constantFrom(...ZONES),
        dimensions: fc.subarray([...REPORT_DIMENSIONS]),
        tagKeys: fc.subarray(['team', '=cost`centre']),
      }),
      fc.constantFrom(...FILTERS),
      fc.integer({ min: START - HOUR, max: END }),
      fc.integer({ min: 1, max: 62 * HOUR }),
      async (shape, { filter, ...where }, from, length) => {
        const storedByMs = await storeTime(stream);
        const scope = { projectId: project, from, to: from + length };
        const { rows: _, ...sums } = await summed(scope, { ...base, ...shape, filter, storedByMs });
        expect(sums).toEqual(await plain(scope, storedByMs, where));
        const totals = await usageTotals(read, scope, filter, Number.POSITIVE_INFINITY);
        expect([String(sums.attempts), sums.spend, String(sums.tokens), String(sums.unpriced)]).toEqual([
          String(totals.attempts),
          totals.spend,
          String(totals.totalTokens),
          String(totals.unpricedCalls),
        ]);
      },
    ),
    { numRuns: 40 },
  );
}, 240_000);

test('what is stored after the time is not in it, in hours old and new, nor what is taken back after it', async () => {
  const owner = newId();
  const scope = { projectId: owner, from: START, to: END };
  const first = calls(owner, 200, 0);
  await put(first);
  const storedByMs = await storeTime(stream);
  const query: ReportQuery = { ...base, dimensions: ['provider', 'user'], interval: 'hour', storedByMs };
  const before = await summed(scope, query);
  await put(calls(owner, 100, 1_000));
  const reversed = first.slice(1, 20).map((event, index) => ({
    ...ratingRow(event, `-0.0000${index + 1}1`, { tags: event.tags, run_id: 'restated', sign: -1 }),
  }));
  await ratingsTable(write).insert(reversed, newId());
  expect(await summed(scope, query)).toEqual(before);
  const { rows, ...sums } = before;
  expect(rows).toBeGreaterThan(0);
  expect(sums).toEqual(await plain(scope, storedByMs));
  const after = await summed(scope, { ...query, storedByMs: await storeTime(stream) });
  expect(after.attempts).toBe(300n);
  expect(after.spend).not.toBe(before.spend);
});

test('reports read while rows are stored all say what was stored by their time', async () => {
  const owner = newId();
  const scope = { projectId: owner, from: START, to: END };
  await put(calls(owner, 100, 0));
  let isOver = false;
  const storing = (async () => {
    for (let batch = 1; !isOver; batch++) await put(calls(owner, 20, batch * 1_000));
  })();
  try {
    const read: { storedByMs: number; sums: Omit<Sums, 'rows'> }[] = [];
    for (let times = 0; times < 6; times++) {
      const storedByMs = (await storeTime(stream)) - 1;
      const { rows: _, ...sums } = await summed(scope, {
        ...base,
        dimensions: ['model'],
        tagKeys: ['team'],
        storedByMs,
      });
      read.push({ storedByMs, sums });
    }
    isOver = true;
    await storing;
    expect(read.at(-1)?.sums.attempts).toBeGreaterThan(read[0]?.sums.attempts ?? 0n);
    for (const [index, { storedByMs, sums }] of read.entries()) {
      const most = await plain(scope, storedByMs);
      expect(sums.attempts <= most.attempts && sums.tokens <= most.tokens).toBe(true);
      // A block that was on its way may be missing, but what one report has no later one lacks.
      expect(sums.attempts).toBeGreaterThanOrEqual(read[index - 1]?.sums.attempts ?? 0n);
    }
  } finally {
    isOver = true;
    await storing;
  }
});

test('rows go on behind the one that is known, wherever that is', async () => {
  const scope = { projectId: project, from: START, to: END };
  const query: ReportQuery = {
    ...base,
    dimensions: ['provider', 'app'],
    tagKeys: ['=cost`centre'],
    storedByMs: await storeTime(stream),
  };
  const read = async (after: readonly string[] = []) => {
    const rows: (readonly string[])[] = [];
    for await (const row of reportRows(stream, scope, query, after)) rows.push(row);
    return rows;
  };
  const all = await read();
  expect(all.length).toBeGreaterThan(30);
  for (const at of [0, 1, 17, all.length - 1]) {
    expect(await read(keyOfRow(all[at] as string[], query))).toEqual(all.slice(at + 1));
  }
});
