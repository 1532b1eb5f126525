import { hash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { migrate, type Reader, reader, writer } from '../src/index.js';
import { type ClickHouseServer, startClickHouse } from './support/clickhouse-server.js';

let server: ClickHouseServer;
let url: string;
let client: Reader;
beforeAll(async () => {
  server = await startClickHouse();
  url = server.newDatabase();
  await migrate(url);
  client = reader(url);
});
afterAll(async () => {
  await client.close();
  await server.stop();
});

const ask = (sql: string, params?: Record<string, unknown>) =>
  client.query({ name: 'probe', sql, ...(params && { params }), row: z.object({ n: z.number() }) });

test.each([
  ["SELECT 1 AS n FROM file('/etc/passwd', 'LineAsString')"],
  ["SELECT 1 AS n FROM url('http://127.0.0.1:1/', 'LineAsString')"],
  ['INSERT INTO weir_migrations (number) VALUES (5)'],
  ['DROP TABLE weir_migrations'],
  ['SELECT 1 AS n SETTINGS readonly = 0'],
  ['SELECT 1 AS n SETTINGS max_execution_time = 1000'],
])('a reader cannot leave its cage: %s', async (sql) => {
  await expect(ask(sql)).rejects.toMatchObject({ code: 'CLICKHOUSE_READ_ONLY' });
});

test.each([
  ['rows of answer', 'SELECT number AS n FROM numbers(1000000)'],
  ['memory', 'SELECT length(groupArray(number)) AS n FROM numbers(1000000000)'],
])('a question that takes too much is ended: %s', async (_, sql) => {
  await expect(ask(sql)).rejects.toMatchObject({ code: 'QUERY_LIMIT' });
});

test('values are bound: text that looks like SQL stays text', async () => {
  const hostile = "x'); DROP TABLE usage_events_v1; --";
  expect(await ask('SELECT length({value:String}) AS n', { value: hostile })).toEqual([{ n: hostile.length }]);
});

test('a list may be longer than the server takes as a field', async () => {
  const hashes = Array.from({ length: 20_000 }, (_, n) => hash('sha256', `${n}`, 'hex'));
  const params = { hashes, hostile: [...Array(9_000).fill("it's \\ a \n {hashes:Array(String)} ✓"), 'last'] };
  const sql = `SELECT countIf(lower(hex(SHA256(toString(number)))) IN {hashes:Array(String)})
    + 100000 * has({hostile:Array(String)}, 'last') + 1000000 * (arrayElement({hostile:Array(String)}, 1) = {text:String}) AS n
    FROM numbers(25000)`;
  expect(await ask(sql, { ...params, text: params.hostile[0] })).toEqual([{ n: 1_120_000 }]);
});

test('an answer of another shape is an error, not a wrong figure', async () => {
  await expect(ask("SELECT 'seven' AS n")).rejects.toMatchObject({ code: 'CLICKHOUSE_ANSWER' });
});

test('a server that is away is told apart from one that refuses', async () => {
  const nobody = writer('http://127.0.0.1:1/default');
  await expect(nobody.command('probe', 'SELECT 1')).rejects.toMatchObject({
    code: 'CLICKHOUSE_UNREACHABLE',
    retryable: true,
  });
  await nobody.close();
});
