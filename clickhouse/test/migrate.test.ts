import { readdir, readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { renderMigration } from '../src/ddl.js';
import { assertSchema, migrate, reader, writer } from '../src/index.js';
import { type ClickHouseServer, startClickHouse } from './support/clickhouse-server.js';

let server: ClickHouseServer;
beforeAll(async () => {
  server = await startClickHouse();
});
afterAll(() => server.stop());

const DIRECTORY = new URL('../migrations/', import.meta.url);
const NAMES = (await readdir(DIRECTORY)).map((file) => file.replace(/\.sql$/, '')).sort();

test('an empty database gets every migration once, however often and by however many at once', async () => {
  const url = server.newDatabase();
  const runs = await Promise.all([migrate(url), migrate(url), migrate(url)]);
  expect(runs.some((done) => done.length === NAMES.length)).toBe(true);
  expect(await migrate(url)).toEqual([]);
  const client = reader(url);
  const ledger = await client.query({
    name: 'ledger',
    sql: 'SELECT DISTINCT name FROM weir_migrations ORDER BY name',
    row: z.object({ name: z.string() }),
  });
  expect(ledger.map(({ name }) => name)).toEqual(NAMES);
  await expect(assertSchema(client)).resolves.toBeUndefined();
  await client.close();
});

test('a run that broke off half way is finished by the next', async () => {
  const url = server.newDatabase();
  await migrate(url);
  const client = writer(url);
  await client.command('undo', 'DROP VIEW usage_per_hour_from_ratings_mv_v1 SYNC');
  await client.command('undo', 'ALTER TABLE weir_migrations DELETE WHERE number = 4 SETTINGS mutations_sync = 1');
  await expect(assertSchema(client)).rejects.toMatchObject({ code: 'SCHEMA_OLDER', retryable: true });
  expect(await migrate(url)).toEqual(['0004_usage_per_hour_v1']);
  await expect(assertSchema(client)).resolves.toBeUndefined();
  await client.close();
});

test('a database nobody migrated is too old, one from the future too new, and neither is touched', async () => {
  const empty = reader(new URL('/default', server.newDatabase()).href);
  await expect(assertSchema(empty)).rejects.toMatchObject({ code: 'SCHEMA_OLDER' });
  await empty.close();

  const url = server.newDatabase();
  await migrate(url);
  const client = writer(url);
  await client.command('future', "INSERT INTO weir_migrations (number, name, sha256) VALUES (99, '0099_later', 'x')");
  await expect(assertSchema(client)).rejects.toMatchObject({ code: 'SCHEMA_NEWER', retryable: true });
  await expect(migrate(url)).rejects.toMatchObject({ code: 'SCHEMA_NEWER' });
  await client.close();
});

test('a migration that was changed after it had been applied is refused', async () => {
  const url = server.newDatabase();
  await migrate(url);
  const client = writer(url);
  await client.command('drop', 'ALTER TABLE weir_migrations DELETE WHERE number = 2 SETTINGS mutations_sync = 1');
  await client.command('forge', "INSERT INTO weir_migrations (number, name, sha256) VALUES (2, '0002', 'other')");
  await expect(migrate(url)).rejects.toMatchObject({ code: 'MIGRATION_CHANGED' });
  await client.close();
});

test('the statements for a cluster are understood by the server, too', async () => {
  const client = writer(new URL('/default', server.newDatabase()).href);
  for (const file of await readdir(DIRECTORY)) {
    const statements = renderMigration(await readFile(new URL(file, DIRECTORY), 'utf8'), 'weir');
    // A column that the tables with the rows have and the Distributed one has not could not be read or written.
    const tables = statements
      // How parts are kept concerns no table without any.
      .filter((statement) => !statement.includes('MODIFY SETTING'))
      .flatMap(
        (statement) => /(?:CREATE|CREATE OR REPLACE|ALTER) TABLE (?:IF NOT EXISTS )?(\w+)/.exec(statement)?.[1] ?? [],
      );
    for (const table of tables) expect(tables).toContain(table.replace(/_local$/, ''));
    expect(statements.length).toBeGreaterThan(0);
    for (const statement of statements) {
      // What fills a table goes through the Distributed one, which reaches every shard by itself.
      if (/^INSERT INTO (?!\w+_local)/.test(statement))
        expect(tables).toContain(/^INSERT INTO (\w+)/.exec(statement)?.[1]);
      else expect(statement).toContain("ON CLUSTER 'weir'");
      const ofOneDay = statement.replaceAll(/\{\{day of \w+\}\}/g, "toDateTime('2026-07-31 00:00:00', 'UTC')");
      await expect(client.command('parse', `EXPLAIN AST ${ofOneDay}`)).resolves.toBeUndefined();
    }
  }
  await client.close();
});
