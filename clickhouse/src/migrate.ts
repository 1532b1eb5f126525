import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { WeirError } from '@weir/contracts';
import { z } from 'zod';
import { type Reader, writer } from './client.js';
import { renderMigration } from './ddl.js';
import { runStatement } from './statement.js';

const DIRECTORY = new URL('../migrations/', import.meta.url);
/** Filling a new table from years of rows takes minutes. */
const STATEMENT_LIMIT_MS = 3_600_000;
const FILE = /^(\d{4})_([a-z0-9_]+)\.sql$/;

interface Migration {
  readonly number: number;
  readonly name: string;
  readonly text: string;
  readonly sha256: string;
}

export interface MigrateOptions {
  /** Name of the ClickHouse cluster (`WEIR_CLICKHOUSE_CLUSTER`); absent = one server. */
  readonly cluster?: string | undefined;
}

/**
 * Brings the database at `url` to the newest schema and returns the names applied now. Every statement is repeatable,
 * so that a run may be repeated, broken off or made twice at once.
 * @throws WeirError `MIGRATION_CHANGED` when an applied file has another content, `SCHEMA_NEWER`, `CLICKHOUSE_*`
 */
export async function migrate(url: string, { cluster }: MigrateOptions = {}): Promise<string[]> {
  const migrations = await readMigrations();
  const target = new URL(url);
  const database = target.pathname.slice(1);
  const client = writer(url, { requestTimeoutMs: STATEMENT_LIMIT_MS });
  try {
    if (database && database !== 'default') await createDatabase(target, database, cluster ?? null);
    const ledger = renderMigration(LEDGER, cluster ?? null);
    for (const statement of ledger) await client.command('migrate', statement);
    const applied = await readLedger(client);
    refuseUnknown(applied, migrations);
    const done: string[] = [];
    for (const migration of migrations) {
      if (applied.has(migration.number)) continue;
      for (const statement of renderMigration(migration.text, cluster ?? null)) {
        await runStatement(client, `migrate-${migration.name}`, statement);
      }
      await client.insert({
        name: 'migrate-ledger',
        table: 'weir_migrations',
        columns: ['number', 'name', 'sha256'],
        rows: [[migration.number, migration.name, migration.sha256]],
        deduplicationToken: `migration-${migration.number}`,
      });
      done.push(migration.name);
    }
    return done;
  } finally {
    await client.close();
  }
}

/**
 * Holds when the database has exactly the schema this code was built for.
 * @throws WeirError `SCHEMA_OLDER` or `SCHEMA_NEWER` (retryable: someone may migrate), `CLICKHOUSE_*`
 */
export async function assertSchema(client: Reader): Promise<void> {
  const migrations = await readMigrations();
  const [found] = await client.query({
    name: 'schema-ledger-exists',
    sql: `SELECT count() AS tables FROM system.tables WHERE database = currentDatabase() AND name = 'weir_migrations'`,
    row: z.object({ tables: z.number() }),
  });
  const applied = found?.tables ? await readLedger(client) : new Map<number, string>();
  refuseUnknown(applied, migrations);
  const missing = migrations.find(({ number }) => !applied.has(number));
  if (missing) {
    throw new WeirError('SCHEMA_OLDER', `ClickHouse lacks migration ${missing.name}: run the migrations first`, {
      retryable: true,
    });
  }
}

const LEDGER = `
CREATE TABLE IF NOT EXISTS weir_migrations{{local}} {{on_cluster}}
(number UInt32, name String, sha256 String, applied_at DateTime64(3, 'UTC') DEFAULT now64(3, 'UTC'))
ENGINE = {{ReplacingMergeTree}} ORDER BY (number, sha256);
{{#cluster}}
CREATE TABLE IF NOT EXISTS weir_migrations {{on_cluster}} AS weir_migrations{{local}}
ENGINE = Distributed('{{cluster}}', currentDatabase(), weir_migrations{{local}}, number);
{{/cluster}}`;

async function createDatabase(target: URL, database: string, cluster: string | null): Promise<void> {
  if (!/^[A-Za-z_][A-Za-z0-9_]{0,63}$/.test(database)) {
    throw new WeirError('CLICKHOUSE_URL_INVALID', 'the database in CLICKHOUSE_URL must be letters, digits and _');
  }
  const server = new URL(target);
  server.pathname = '/default';
  const client = writer(server.href);
  try {
    const [statement = ''] = renderMigration(`CREATE DATABASE IF NOT EXISTS ${database} {{on_cluster}}`, cluster);
    await client.command('migrate-database', statement);
  } finally {
    await client.close();
  }
}

async function readLedger(client: Reader): Promise<Map<number, string>> {
  const rows = await client.query({
    name: 'migration-ledger',
    sql: 'SELECT number, any(sha256) AS sha256 FROM weir_migrations GROUP BY number ORDER BY number',
    row: z.object({ number: z.number(), sha256: z.string() }),
  });
  return new Map(rows.map(({ number, sha256 }) => [number, sha256]));
}

function refuseUnknown(applied: ReadonlyMap<number, string>, migrations: readonly Migration[]): void {
  for (const [number, sha256] of applied) {
    const known = migrations.find((migration) => migration.number === number);
    if (!known) {
      throw new WeirError('SCHEMA_NEWER', `ClickHouse has migration ${number}, which this version does not know`, {
        retryable: true,
      });
    }
    if (known.sha256 !== sha256) {
      throw new WeirError('MIGRATION_CHANGED', `migration ${known.name} was applied with another content`);
    }
  }
}

async function readMigrations(): Promise<Migration[]> {
  const files = (await readdir(DIRECTORY)).filter((file) => FILE.test(file)).sort();
  return Promise.all(
    files.map(async (file, index) => {
      const number = Number(FILE.exec(file)?.[1]);
      if (number !== index + 1) throw new WeirError('MIGRATION_GAP', `${file} should have number ${index + 1}`);
      const text = await readFile(new URL(file, DIRECTORY), 'utf8');
      return { number, name: file.slice(0, -4), text, sha256: createHash('sha256').update(text).digest('hex') };
    }),
  );
}
