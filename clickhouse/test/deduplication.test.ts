import { newId } from '@weir/contracts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { migrate, ratingsTable, usageEventsTable, type Writer, writer } from '../src/index.js';
import { type ClickHouseServer, startClickHouse } from './support/clickhouse-server.js';
import { eventRow, ratingRow } from './support/rows.js';

const JULY = Date.UTC(2026, 6, 31, 23, 59, 59, 900);

let server: ClickHouseServer;
let url: string;
let client: Writer;

beforeAll(async () => {
  server = await startClickHouse();
});
afterAll(() => server.stop());
beforeEach(async () => {
  url = server.newDatabase();
  await migrate(url);
  client = writer(url);
  return () => client.close();
});

/** What sums of sums hold: calls, rated calls, tokens, spend, lengths of time noted, kinds of cost noted. */
const SUMS = `tuple(sum(calls), sum(priced_calls), sum(input_tokens), toString(sum(spend)),
  arraySum(mapValues(sumMap(latencies))), arraySum(mapValues(sumMap(cost_kinds)))`;
const sums = z.array(z.union([z.number(), z.string()]));
const inEach = (calls: number, spend: string) => {
  const each = [calls, calls, calls * 10, spend, calls, calls];
  const ofSums = { perDay: each, ofProvidersPerHour: each, ofProvidersPerDay: each };
  return { ...ofSums, ofUsersPerHour: each, ofLabelsPerHour: each, ofUsersPerDay: each, ofLabelsPerDay: each };
};

async function figures(from: Writer = client) {
  const [row] = await from.query({
    name: 'figures',
    sql: `SELECT (SELECT count() FROM usage_events_v1) AS events, (SELECT count() FROM ratings_v1) AS ratings,
      (SELECT sum(calls) FROM usage_per_hour_v1) AS calls, (SELECT sum(rated_calls) FROM usage_per_hour_v1) AS rated,
      (SELECT sum(input_tokens) FROM usage_per_hour_v1) AS tokens,
      (SELECT toString(sum(spend)) FROM usage_per_hour_v1) AS spend,
      (SELECT toString(sum(amount)) FROM rating_lines_per_hour_v1) AS lines,
      (SELECT sum(reported) FROM usage_reports_per_hour_v1) AS reports,
      (SELECT ${SUMS}) FROM usage_per_day_v1) AS perDay,
      (SELECT ${SUMS}) FROM provider_usage_per_hour_v1) AS ofProvidersPerHour,
      (SELECT ${SUMS}) FROM provider_usage_per_day_v1) AS ofProvidersPerDay,
      (SELECT ${SUMS}) FROM split_usage_per_hour_v1 WHERE split = 'user') AS ofUsersPerHour,
      (SELECT ${SUMS}) FROM split_usage_per_hour_v1 WHERE split = 'labels') AS ofLabelsPerHour,
      (SELECT ${SUMS}) FROM split_usage_per_day_v1 WHERE split = 'user') AS ofUsersPerDay,
      (SELECT ${SUMS}) FROM split_usage_per_day_v1 WHERE split = 'labels') AS ofLabelsPerDay`,
    row: z.object({
      events: z.number(),
      ratings: z.number(),
      calls: z.number(),
      rated: z.number(),
      tokens: z.number(),
      spend: z.string(),
      lines: z.string(),
      reports: z.number(),
      perDay: sums,
      ofProvidersPerHour: sums,
      ofProvidersPerDay: sums,
      ofUsersPerHour: sums,
      ofLabelsPerHour: sums,
      ofUsersPerDay: sums,
      ofLabelsPerDay: sums,
    }),
  });
  return row;
}

/** Twenty events over the turn of a month, so that one insert makes parts in two partitions. */
function batch(batchId: string) {
  const project = newId();
  const events = Array.from({ length: 20 }, (_, i) => eventRow(project, JULY + i * 10, { batch_id: batchId }));
  const lines = JSON.stringify([
    { bucket: 'input', quantity: 1, usdPerMillion: '0.000001', source: 'x', rule: null, amount: '0.000000000001' },
  ]);
  return { events, ratings: events.map((event) => ratingRow(event, '0.000000000001', { lines })) };
}

const TWENTY = {
  events: 20,
  ratings: 20,
  calls: 20,
  rated: 20,
  tokens: 200,
  spend: '0.00000000002',
  lines: '0.00000000002',
  reports: 20,
  ...inEach(20, '0.00000000002'),
};

test('a repeated insert leaves events, ratings and roll-up unchanged, also after a crash of the server', async () => {
  const { events, ratings } = batch('b-1');
  for (let repeat = 0; repeat < 3; repeat++) {
    await usageEventsTable(client).insert(events, 'b-1');
    await ratingsTable(client).insert(ratings, 'b-1');
  }
  expect(await figures()).toEqual(TWENTY);
  await server.crash();
  await usageEventsTable(client).insert(events, 'b-1');
  await ratingsTable(client).insert(ratings, 'b-1');
  expect(await figures()).toEqual(TWENTY);
});

test('two views into one table do not take each other for repeats, in either order', async () => {
  const first = batch('b-1');
  const second = batch('b-2');
  await usageEventsTable(client).insert(first.events, 'b-1');
  await ratingsTable(client).insert(first.ratings, 'b-1');
  await ratingsTable(client).insert(second.ratings, 'b-2');
  await usageEventsTable(client).insert(second.events, 'b-2');
  expect(await figures()).toEqual({
    events: 40,
    ratings: 40,
    calls: 40,
    rated: 40,
    tokens: 400,
    spend: '0.00000000004',
    lines: '0.00000000004',
    reports: 40,
    ...inEach(40, '0.00000000004'),
  });
});

test('batches with equal rows and other ids are other batches', async () => {
  const { events } = batch('b-1');
  await usageEventsTable(client).insert(events, 'b-1');
  await usageEventsTable(client).insert(events, 'b-2');
  expect(await figures()).toMatchObject({ events: 40, calls: 40 });
});

test('the same batch sent eight times at once is stored once', async () => {
  const { events, ratings } = batch('b-1');
  await Promise.all(Array.from({ length: 8 }, () => usageEventsTable(client).insert(events, 'b-1')));
  await Promise.all(Array.from({ length: 8 }, () => ratingsTable(client).insert(ratings, 'b-1')));
  expect(await figures()).toEqual(TWENTY);
});

test('a repeat completes a roll-up that the first try did not reach', async () => {
  const { events } = batch('b-1');
  // The view fails after its source was written: what a crash between the two leaves behind.
  await client.command('break', 'ALTER TABLE usage_per_hour_v1 ADD CONSTRAINT broken CHECK calls = 0');
  await expect(usageEventsTable(client).insert(events, 'b-1')).rejects.toMatchObject({ code: 'CLICKHOUSE_REJECTED' });
  expect(await figures()).toMatchObject({ events: 20, calls: 0 });
  await client.command('mend', 'ALTER TABLE usage_per_hour_v1 DROP CONSTRAINT broken');
  await usageEventsTable(client).insert(events, 'b-1');
  expect(await figures()).toMatchObject({ events: 20, calls: 20 });
});

test('with deduplication off a repeat is counted twice everywhere: the tests above can fail', async () => {
  const careless = writer(url, { deduplication: 'off' });
  const { events, ratings } = batch('b-1');
  for (let repeat = 0; repeat < 2; repeat++) {
    await usageEventsTable(careless).insert(events, 'b-1');
    await ratingsTable(careless).insert(ratings, 'b-1');
  }
  expect(await figures(careless)).toEqual({
    events: 40,
    ratings: 40,
    calls: 40,
    rated: 40,
    tokens: 400,
    spend: '0.00000000004',
    lines: '0.00000000004',
    reports: 40,
    ...inEach(40, '0.00000000004'),
  });
  await careless.close();
});

test('every table that keeps rows, view targets included, has a window of at least 10,000 inserts', async () => {
  const tables = await client.query({
    name: 'windows',
    sql: `SELECT name, engine_full AS definition FROM system.tables
      WHERE database = currentDatabase() AND engine LIKE '%MergeTree' AND name != 'weir_migrations' ORDER BY name`,
    row: z.object({ name: z.string(), definition: z.string() }),
  });
  expect(tables.map(({ name }) => name)).toEqual([
    'provider_usage_per_day_v1',
    'provider_usage_per_hour_v1',
    'quarantined_events_v1',
    'rating_lines_per_hour_v1',
    'ratings_v1',
    'spans_v1',
    'split_usage_per_day_v1',
    'split_usage_per_hour_v1',
    'transcript_buried_links_v1',
    'transcript_deletions_v1',
    'transcript_links_v1',
    'transcript_merged_v1',
    'transcript_messages_v1',
    'transcript_pieces_v1',
    'transcript_turns_by_time_v1',
    'transcript_turns_v1',
    'transcript_wanted_v1',
    'usage_events_v1',
    'usage_per_day_v1',
    'usage_per_hour_v1',
    'usage_reports_per_hour_v1',
  ]);
  for (const { definition } of tables) {
    for (const setting of ['non_replicated_deduplication_window', ' replicated_deduplication_window']) {
      const window = new RegExp(`${setting} = (\\d+)`).exec(definition)?.[1];
      expect(Number(window)).toBeGreaterThanOrEqual(10_000);
    }
  }
});

test('a stored batch is found by its id and range, with its keys and its age', async () => {
  const { events } = batch('b-1');
  const table = usageEventsTable(client);
  expect(await table.storedCount('b-1', JULY, JULY + 190)).toEqual({ rows: 0, ageSeconds: null, isFilled: false });
  await table.insert(events, 'b-1');
  const stored = await table.storedCount('b-1', JULY, JULY + 190);
  expect(stored.rows).toBe(20);
  expect(stored.ageSeconds).toBeGreaterThanOrEqual(0);
  expect(await table.storedKeys('b-1', JULY, JULY + 190)).toEqual(new Set(events.map((event) => event.event_id)));
  expect(await table.storedCount('b-2', JULY, JULY + 190)).toMatchObject({ rows: 0 });
});
