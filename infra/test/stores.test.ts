import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { request } from 'undici';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Home, openHome } from '../embedded/home.js';
import { migrateAll } from '../embedded/migrate.js';
import { startTimeOf } from '../embedded/process-id.js';
import { type Stores, startStores } from '../embedded/stores.js';
import { Supervisor } from '../embedded/supervise.js';
import { until } from './until.js';

let home: Home;
let supervisor: Supervisor;
let stores: Stores;
beforeAll(async () => {
  home = openHome(mkdtempSync(join(tmpdir(), 'weir-stores-')));
  supervisor = new Supervisor(home, () => undefined);
  stores = await startStores(home, supervisor, {}, () => undefined);
  await migrateAll(stores);
});
afterAll(async () => {
  await supervisor.stopAll();
  rmSync(home.root, { recursive: true, force: true });
});

async function sql<T>(url: string, text: string): Promise<T[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(text)).rows as T[];
  } finally {
    await client.end();
  }
}

/** Asks ClickHouse. @returns its answer, or its error starting with `Code:` */
async function ask(url: string, text: string, user?: string): Promise<string> {
  const { origin, username, password, pathname } = new URL(url);
  const credentials = user ?? `${username}:${password}`;
  const { body } = await request(`${origin}/?database=${pathname.slice(1)}`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` },
    body: text,
  });
  return (await body.text()).trim();
}

const swap = (url: string, part: 'pathname' | 'username' | 'password', value: string) => {
  const changed = new URL(url);
  changed[part] = value;
  return changed.href;
};

async function killed(name: string): Promise<void> {
  const pid = supervisor.pidOf(name);
  process.kill(pid, 'SIGKILL');
  await until(`${name} was started again`, () => supervisor.pidOf(name) !== pid);
  await supervisor.ready(name);
}

test('the home and everything in it stays closed to other users', () => {
  for (const folder of ['.', 'keys', 'logs', 'run', 'postgres', 'clickhouse']) {
    expect([folder, statSync(join(home.root, folder)).mode & 0o777]).toEqual([folder, 0o700]);
  }
});

test("the queue's role cannot enter the control plane's database, nor can anybody without a password", async () => {
  const queueUrl = stores.postgres?.queueUrl as string;
  expect(await sql(queueUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  await expect(sql(swap(queueUrl, 'pathname', '/weir'), 'SELECT 1')).rejects.toThrow(/no pg_hba.conf entry/);
  await expect(sql(swap(queueUrl, 'pathname', '/postgres'), 'SELECT 1')).rejects.toThrow(/no pg_hba.conf entry/);
  for (const password of ['', 'postgres', 'weir']) {
    await expect(sql(swap(stores.databaseUrl, 'password', password), 'SELECT 1')).rejects.toThrow(/password/);
  }
  // Also where the server's own rules would let it in.
  const grants = await sql(
    stores.postgres?.adminUrl as string,
    `SELECT datname FROM pg_database WHERE has_database_privilege('weir_queue', datname, 'CONNECT') ORDER BY 1`,
  );
  expect(grants.map((row) => (row as { datname: string }).datname)).not.toContain('weir');
});

test("no role of ours is PostgreSQL's superuser, and passwords are kept as SCRAM", async () => {
  const roles = await sql(
    stores.postgres?.adminUrl as string,
    `SELECT rolname, rolsuper OR rolcreatedb OR rolcreaterole AS strong, rolpassword LIKE 'SCRAM-SHA-256%' AS scram
       FROM pg_authid WHERE rolname LIKE 'weir%' ORDER BY 1`,
  );
  expect(roles).toEqual([
    { rolname: 'weir', strong: false, scram: true },
    { rolname: 'weir_queue', strong: false, scram: true },
  ]);
});

test('the reader of ClickHouse reads our tables and can change nothing', async () => {
  const url = stores.clickhouseReaderUrl;
  expect(await ask(url, 'SELECT count() FROM usage_events_v1')).toBe('0');
  for (const text of [
    'INSERT INTO usage_events_v1 (event_id) VALUES (generateUUIDv4())',
    'DROP TABLE usage_events_v1',
    'CREATE TABLE mine (a Int8) ENGINE = Memory',
    "SELECT * FROM file('/etc/passwd', LineAsString)",
    "SELECT * FROM url('http://127.0.0.1:1', LineAsString)",
    'SYSTEM STOP LISTEN HTTP',
    'SELECT * FROM system.users',
  ]) {
    expect([text, await ask(url, text)]).toEqual([text, expect.stringMatching(/^Code: (497|164)\./)]);
  }
});

test('the writer of ClickHouse reaches neither files nor other addresses', async () => {
  for (const text of [
    "SELECT * FROM file('/etc/passwd', LineAsString)",
    "SELECT * FROM url('http://127.0.0.1:1', LineAsString)",
    "SELECT * FROM remote('127.0.0.1', system.one)",
    'CREATE DATABASE other',
    'SYSTEM STOP LISTEN HTTP',
  ]) {
    expect([text, await ask(stores.clickhouseUrl, text)]).toEqual([text, expect.stringMatching(/^Code: 497\./)]);
  }
});

test('without its password nobody gets anything from ClickHouse, as the built-in user neither', async () => {
  expect(await ask(stores.clickhouseUrl, 'SELECT 1', 'weir:wrong')).toMatch(/^Code: 516\./);
  for (const text of ['SELECT number FROM system.numbers LIMIT 1', 'SYSTEM STOP LISTEN HTTP', 'SHOW DATABASES']) {
    expect([text, await ask(stores.clickhouseUrl, text, 'default:')]).toEqual([text, expect.stringMatching(/^Code: /)]);
  }
  expect(await ask(stores.clickhouseUrl, 'SELECT 1')).toBe('1');
});

test('what was acknowledged is there after each server was killed', async () => {
  await sql(stores.databaseUrl, 'CREATE TABLE kept (n int)');
  await sql(stores.databaseUrl, 'INSERT INTO kept SELECT generate_series(1, 1000)');
  await ask(stores.clickhouseUrl, 'CREATE TABLE kept (n UInt64) ENGINE = MergeTree ORDER BY n');
  await ask(stores.clickhouseUrl, 'INSERT INTO kept SELECT number FROM numbers(1000)');
  for (const name of ['postgres', 'clickhouse']) await killed(name);
  expect(await sql(stores.databaseUrl, 'SELECT count(*)::int AS n FROM kept')).toEqual([{ n: 1000 }]);
  expect(await ask(stores.clickhouseUrl, 'SELECT count() FROM kept')).toBe('1000');
});

test('a stopped PostgreSQL starts although a stranger has the process id in its pid file', async () => {
  const stranger = join(home.root, 'postgres', 'postmaster.pid');
  await supervisor.stop('postgres');
  writeFileSync(stranger, `${process.pid}\n${home.root}\n`);
  const again = await startStores(home, supervisor, { clickhouseUrl: 'given', queueUrl: 'given' }, () => undefined);
  expect(await sql(again.databaseUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

test('nothing is left running once everything is stopped', async () => {
  const pids = ['postgres', 'clickhouse'].map((name) => supervisor.pidOf(name));
  await supervisor.stopAll();
  expect(pids.map(startTimeOf)).toEqual([null, null]);
});
