import { readdir, readFile } from 'node:fs/promises';
import { newId } from '@weir/contracts';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { renderMigration } from '../src/ddl.js';
import { migrate, usageEventsTable, type Writer, writer } from '../src/index.js';
import { type ClickHouseServer, startClickHouse } from './support/clickhouse-server.js';
import { insertEvents, insertRatings } from './support/old-rows.js';
import { eventRow, ratingRow, timeText } from './support/rows.js';

const DIRECTORY = new URL('../migrations/', import.meta.url);
const RECEIPTS = 7;
const HOUR_MS = 3_600_000;

let server: ClickHouseServer;
let url: string;
let client: Writer;

beforeAll(async () => {
  server = await startClickHouse();
});
afterAll(() => server.stop());
beforeEach(() => {
  url = server.newDatabase();
});
afterEach(() => client.close());

/** A database as it was before receipts, with calls in it. */
async function oldHome(): Promise<void> {
  const admin = writer(new URL('/default', url).href);
  await admin.command('create', `CREATE DATABASE ${new URL(url).pathname.slice(1)}`);
  await admin.close();
  client = writer(url);
  for (const file of (await readdir(DIRECTORY)).sort().filter((name) => Number(name.slice(0, 4)) < RECEIPTS)) {
    for (const statement of renderMigration(await readFile(new URL(file, DIRECTORY), 'utf8'), null)) {
      await client.command('old', statement);
    }
  }
}

async function insertCalls(token: string, calls: number): Promise<void> {
  const project = newId();
  const events = Array.from({ length: calls }, (_, i) =>
    eventRow(project, Date.now() - (i % 30) * HOUR_MS, { batch_id: token, usage_source: i % 3 ? 'reported' : 'none' }),
  );
  const lines = (amount: string) =>
    JSON.stringify([
      { bucket: 'input', quantity: 10, usdPerMillion: '1', source: 'catalog:v1:gpt-5', rule: null, amount },
      { bucket: 'output', quantity: 5, usdPerMillion: '2', source: 'catalog:v1:gpt-5', rule: null, amount },
    ]);
  const ratings = events.flatMap((event, i) => {
    const rating = ratingRow(event, '0.00002', { lines: lines('0.00001') });
    if (i % 4 === 0) return [rating, ratingRow(event, '-0.00002', { sign: -1, lines: lines('-0.00001') })];
    return [i % 5 === 0 ? ratingRow(event, null, { lines: lines('0.00001') }) : rating];
  });
  await insertEvents(client, events, token);
  await insertRatings(client, ratings, token);
}

const figures = z.object({
  spend: z.string(),
  rollUp: z.string(),
  lines: z.string(),
  ratings: z.number(),
  events: z.number(),
  stored: z.number(),
  attempts: z.number(),
  calls: z.number(),
  answered: z.number(),
  told: z.number(),
  silentSince: z.string(),
  silentFrom: z.string(),
});

async function read() {
  const [row] = await client.query({
    name: 'figures',
    sql: `SELECT
      (SELECT toString(sum(ifNull(total, toDecimal128(0, 12)))) FROM ratings_v1) AS spend,
      (SELECT toString(sum(spend)) FROM usage_per_hour_v1) AS rollUp,
      (SELECT toString(sum(amount)) FROM rating_lines_per_hour_v1) AS lines,
      (SELECT sum(toInt64(sign)) FROM ratings_v1) AS ratings,
      (SELECT sumIf(events, bucket = '') FROM rating_lines_per_hour_v1) AS events,
      (SELECT count() FROM usage_events_v1) AS stored,
      (SELECT sum(attempts) FROM usage_per_hour_v1) AS attempts,
      (SELECT sum(calls) FROM usage_per_hour_v1) AS calls,
      (SELECT countIf(usage_source = 'none') FROM usage_events_v1) AS answered,
      (SELECT sum(silent) FROM usage_reports_per_hour_v1) AS told,
      (SELECT toString(minIf(started_at, usage_source = 'none')) FROM usage_events_v1) AS silentSince,
      (SELECT toString(min(first_missing_at)) FROM usage_reports_per_hour_v1) AS silentFrom`,
    row: figures,
  });
  if (!row) throw new Error('no figures');
  return row;
}

async function expectEqualSums(calls: number): Promise<void> {
  const found = await read();
  expect(found.spend).not.toBe('0');
  expect([found.rollUp, found.lines]).toEqual([found.spend, found.spend]);
  expect([found.events, found.stored, found.attempts, found.calls]).toEqual([found.ratings, calls, calls, calls]);
  expect([found.told, found.silentFrom]).toEqual([found.answered, found.silentSince]);
}

test('what was rated before receipts is in them, once, however often the migration runs', async () => {
  await oldHome();
  await insertCalls('old-1', 500);
  await insertCalls('old-2', 300);
  await Promise.all([migrate(url), migrate(url)]);
  await expectEqualSums(800);
  await insertCalls('new-1', 200);
  await expectEqualSums(1_000);
  await client.command(
    'undo',
    `ALTER TABLE weir_migrations DELETE WHERE number = ${RECEIPTS} SETTINGS mutations_sync = 1`,
  );
  expect(await migrate(url)).toEqual(['0007_receipts']);
  await expectEqualSums(1_000);
});

test('a migration that broke off before the back-fill is finished by the next', async () => {
  await oldHome();
  await insertCalls('old-1', 500);
  const text = await readFile(new URL('0007_receipts.sql', DIRECTORY), 'utf8');
  const statements = renderMigration(text, null);
  const fill = statements.findIndex((statement) => statement.startsWith('INSERT INTO rating_lines_per_hour_v1'));
  expect(fill).toBeGreaterThan(0);
  for (const statement of statements.slice(0, fill)) await client.command('half', statement);
  await migrate(url);
  await expectEqualSums(500);
});

test('sums of before and after stay right when the server merges them', async () => {
  await oldHome();
  await insertCalls('old-1', 400);
  await migrate(url);
  await insertCalls('new-1', 100);
  for (const table of ['usage_per_hour_v1', 'rating_lines_per_hour_v1', 'usage_reports_per_hour_v1']) {
    await client.command('merge', `OPTIMIZE TABLE ${table} FINAL`);
  }
  await expectEqualSums(500);
});

test('a batch sent again after the migration, and after a crash, is counted once', async () => {
  await oldHome();
  const project = newId();
  const events = Array.from({ length: 20 }, (_, i) => eventRow(project, Date.now() - i * HOUR_MS));
  const send = () => insertEvents(client, events, 'sent-before');
  const counted = async () => {
    const [row] = await client.query({
      name: 'counted',
      sql: 'SELECT sum(calls) AS calls, sum(attempts) AS attempts FROM usage_per_hour_v1',
      row: z.object({ calls: z.number(), attempts: z.number() }),
    });
    return row;
  };
  await send();
  await migrate(url);
  await send();
  expect(await counted()).toEqual({ calls: 20, attempts: 20 });
  await usageEventsTable(client).insert(
    events.map((event) => ({ ...event, event_id: newId() })),
    'sent-after',
  );
  await server.crash();
  await send();
  expect(await counted()).toEqual({ calls: 40, attempts: 40 });
});

test('second attempts, opaque calls and repeats are counted apart', async () => {
  await migrate(url);
  client = writer(url);
  const project = newId();
  const at = Date.UTC(2026, 9, 1, 5);
  const call_id = newId();
  await usageEventsTable(client).insert(
    [
      eventRow(project, at, { call_id }),
      eventRow(project, at + 1, { call_id, attempt: 2, client_retry: 1, cached_audio_input_tokens: 4 }),
      eventRow(project, at + 2, { endpoint: 'opaque', client_retry: 0 }),
    ],
    'one',
  );
  const [row] = await client.query({
    name: 'counts',
    sql: `SELECT sum(calls) AS calls, sum(attempts) AS attempts, sum(opaque_calls) AS opaque, sum(retried_calls) AS retried,
      sum(cached_audio_input_tokens) AS cachedAudio, toString(any(hour)) AS hour FROM usage_per_hour_v1`,
    row: z.object({
      calls: z.number(),
      attempts: z.number(),
      opaque: z.number(),
      retried: z.number(),
      cachedAudio: z.number(),
      hour: z.string(),
    }),
  });
  expect(row).toEqual({
    calls: 2,
    attempts: 3,
    opaque: 1,
    retried: 1,
    cachedAudio: 4,
    hour: timeText(at).slice(0, 19),
  });
});
