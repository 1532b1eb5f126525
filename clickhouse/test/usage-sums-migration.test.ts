import { readFile } from 'node:fs/promises';
import { newId } from '@weir/contracts';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { renderMigration } from '../src/ddl.js';
import { migrate, type RatingRow, type UsageEventRow, usageEventsTable, type Writer } from '../src/index.js';
import { runStatement } from '../src/statement.js';
import { type ClickHouseServer, startClickHouse } from './support/clickhouse-server.js';
import { MIGRATIONS, oldHome } from './support/old-home.js';
import { insertEvents, insertRatings } from './support/old-rows.js';
import { eventRow, ratingRow } from './support/rows.js';

const SUMS = 8;
const TABLES = ['usage_per_hour_v1', 'usage_per_day_v1', 'provider_usage_per_hour_v1', 'provider_usage_per_day_v1'];
const SPLITS = ['split_usage_per_hour_v1', 'split_usage_per_day_v1'].map((table) => `${table} WHERE split = `);
const START = Date.UTC(2026, 6, 31, 20, 30);
const HARD_TAGS = { team: `it's "all"\\ours, {x:'y'}`, '': '', "quo'te": 'a:b' };

let server: ClickHouseServer;
let url: string;
let client: Writer;

beforeAll(async () => {
  server = await startClickHouse();
});
afterAll(() => server.stop());
beforeEach(async () => {
  url = server.newDatabase();
  client = await oldHome(url, SUMS);
});
afterEach(() => client.close());

async function insertCalls(token: string, calls: number): Promise<{ events: UsageEventRow[]; ratings: RatingRow[] }> {
  const project = newId();
  const events = Array.from({ length: calls }, (_, i) =>
    eventRow(project, START + (i % 50) * 3_000_000, {
      batch_id: token,
      attempt: (i % 7) + 1 > 6 ? 2 : 1,
      user: i % 3 ? `user-${i % 5}` : null,
      tags: [{}, { team: 'b', stage: 'x' }, HARD_TAGS][i % 3] as Record<string, string>,
      duration_ms: i % 4 ? i * 1.5 : null,
      tool_use_input_tokens: i % 6 === 0 ? 4 : null,
    }),
  );
  const lines = JSON.stringify([
    { bucket: 'input', quantity: 6, usdPerMillion: '1', source: 'catalog:v1:gpt-5', rule: null, amount: '0.000006' },
    {
      bucket: 'tool_use_input',
      quantity: 4,
      usdPerMillion: '1',
      source: 'c',
      rule: 'at_input_rate',
      amount: '0.000004',
    },
  ]);
  const ratings = events.flatMap((event, i) => {
    if (i % 5 === 0) return [ratingRow(event, null, { lines })];
    const first = ratingRow(event, '0.00001', { ...(i % 6 === 0 && { lines, amount_tool_use: '0.000004' }) });
    const back = { ...first, sign: -1 as const, total: '-0.00001', amount_input: '-0.00001' };
    const turned = { ...back, amount_tool_use: first.amount_tool_use === '0' ? '0' : '-0.000004' };
    return i % 8 === 0 ? [first, turned] : [first];
  });
  await insertEvents(client, events, token);
  await insertRatings(client, ratings, token);
  return { events, ratings };
}

const row = z.array(z.union([z.string(), z.number()]));

/** The figures by tag, worked out from the rows alone. */
function expected({ events, ratings }: { events: UsageEventRow[]; ratings: RatingRow[] }) {
  const pico = (usd: string) => BigInt(Math.round(Number(usd) * 1e12));
  const of = (team: string) => {
    const own = events.filter(({ tags }) => (tags.team ?? '') === team);
    const rated = ratings.filter(({ tags }) => (tags.team ?? '') === team);
    const sum = (column: 'amount_input' | 'amount_tool_use') =>
      String(rated.reduce((total, rating) => total + pico(rating[column]), 0n));
    return [
      team,
      own.length,
      own.filter(({ attempt }) => attempt === 1).length,
      own.reduce((total, { tool_use_input_tokens }) => total + (tool_use_input_tokens ?? 0), 0),
      own.filter(({ duration_ms }) => duration_ms !== null).length,
      rated.filter(({ total }) => total !== null).reduce((total, { sign }) => total + sign, 0),
      rated.reduce((total, { sign }) => total + sign, 0),
      sum('amount_input'),
      sum('amount_tool_use'),
    ];
  };
  return ['', 'b', HARD_TAGS.team].map(of);
}

async function found(table: string, byTag: boolean) {
  const rows = await client.query({
    name: 'found',
    sql: `SELECT array(${byTag ? "tags['team']" : "''"}, sum(attempts), sum(calls), sum(tool_use_input_tokens),
        arraySum(mapValues(sumMap(latencies))), sum(priced_calls), arraySum(mapValues(sumMap(cost_kinds))),
        toString(toInt128(sum(spend_input) * 1000000000000)), toString(toInt128(sum(spend_tool_use) * 1000000000000)))::Array(Variant(String, Int64, UInt64)) AS figures
      FROM ${table} GROUP BY ${byTag ? "tags['team']" : "''"} ORDER BY ${byTag ? "tags['team']" : "''"}`,
    row: z.object({ figures: row }),
  });
  return rows.map(({ figures }) => figures);
}

function addedUp(rows: (string | number)[][]) {
  const add = (a: string | number, b: string | number) =>
    typeof a === 'string' ? String(BigInt(a) + BigInt(b)) : a + Number(b);
  return [rows.reduce((sum, next) => ['', ...next.slice(1).map((value, i) => add(sum[i + 1] ?? value, value))])];
}

async function expectExact(calls: { events: UsageEventRow[]; ratings: RatingRow[] }) {
  const byTag = expected(calls);
  expect(await found('usage_per_hour_v1', true)).toEqual(byTag);
  expect(await found('usage_per_day_v1', true)).toEqual(byTag);
  for (const split of SPLITS) expect(await found(`${split}'labels'`, true)).toEqual(byTag);
  for (const table of [...TABLES, ...SPLITS.map((split) => `${split}'user'`)]) {
    expect([table, await found(table, false)]).toEqual([table, addedUp(byTag)]);
  }
}

test('what was stored before is summed by tag, to the last digit, however often and by however many', async () => {
  const before = await insertCalls('before', 300);
  await Promise.all([migrate(url), migrate(url)]);
  await expectExact(before);
  const after = await insertCalls('after', 100);
  const both = { events: [...before.events, ...after.events], ratings: [...before.ratings, ...after.ratings] };
  await expectExact(both);
  await client.command(
    'undo',
    `ALTER TABLE weir_migrations DELETE WHERE number >= ${SUMS} SETTINGS mutations_sync = 1`,
  );
  expect((await migrate(url))[0]).toMatch(/^0008_/);
  await expectExact(both);
  for (const table of [...TABLES, 'split_usage_per_hour_v1', 'split_usage_per_day_v1'])
    await client.command('merge', `OPTIMIZE TABLE ${table} FINAL`);
  await expectExact(both);
});

test('a migration that broke off anywhere is finished by the next', async () => {
  const calls = await insertCalls('before', 120);
  const texts = await Promise.all(
    ['0008_usage_dimensions.sql', '0009_usage_sums.sql', '0010_split_usage.sql'].map((file) =>
      readFile(new URL(file, MIGRATIONS), 'utf8'),
    ),
  );
  const statements = texts.flatMap((text) => renderMigration(text, null));
  for (const end of [3, 6, 7, 9, 15, 17, statements.length - 1]) {
    for (const statement of statements.slice(0, end)) await runStatement(client, 'half', statement);
  }
  await migrate(url);
  await expectExact(calls);
});

test('a batch of before is told apart, since new sums would count it once more', async () => {
  const calls = await insertCalls('before', 60);
  await migrate(url);
  const table = usageEventsTable(client);
  const far = [START - 86_400_000, START + 90 * 86_400_000] as const;
  expect(await table.storedCount('before', ...far)).toMatchObject({ rows: 60, isFilled: true });
  await insertCalls('after', 10);
  expect(await table.storedCount('after', ...far)).toMatchObject({ rows: 10, isFilled: false });
  const attempts = async (sums: string) => (await found(sums, false))[0]?.[1];
  expect(await attempts('provider_usage_per_day_v1')).toBe(70);
  await table.insert(calls.events, 'before');
  expect(await attempts('usage_per_hour_v1')).toBe(70);
  expect(await attempts('provider_usage_per_day_v1')).toBe(130);
});
