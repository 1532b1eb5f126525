import { readFile } from 'node:fs/promises';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diffSchemas } from '../src/engine.js';
import { migrate } from '../src/migrate.js';
import { readMigrations, SCHEMA_FILE } from '../src/migrations.js';
import { startPostgres, type TestServer } from './postgres.js';

let server: TestServer;
beforeAll(async () => {
  server = await startPostgres();
}, 60_000);
afterAll(() => server?.stop());

async function ask(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function shapeOf(url: string) {
  return {
    columns: await ask(
      url,
      `SELECT table_name, column_name, data_type, udt_name, is_nullable, column_default, datetime_precision
       FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> '_prisma_migrations'
       ORDER BY table_name, column_name`,
    ),
    indexes: await ask(
      url,
      `SELECT indexname, indexdef FROM pg_indexes
       WHERE schemaname = 'public' AND tablename <> '_prisma_migrations' ORDER BY indexname`,
    ),
    constraints: await ask(
      url,
      `SELECT conname, pg_get_constraintdef(oid) AS definition FROM pg_constraint
       WHERE connamespace = 'public'::regnamespace AND conrelid <> COALESCE(to_regclass('_prisma_migrations'), 0)
       ORDER BY conname`,
    ),
    enums: await ask(
      url,
      `SELECT typname, enumlabel FROM pg_enum JOIN pg_type ON pg_type.oid = enumtypid ORDER BY typname, enumsortorder`,
    ),
  };
}

describe('migrate', () => {
  it('builds exactly the schema that schema.prisma describes', async () => {
    const [migrated, described] = [await server.createDatabase(), await server.createDatabase()];
    await migrate(migrated);
    await ask(described, await diffSchemas(null, await readFile(SCHEMA_FILE, 'utf8')));
    const shape = await shapeOf(described);
    expect(shape.columns.length).toBeGreaterThan(100);
    expect(await shapeOf(migrated)).toEqual(shape);
  });

  it('applies each migration once when several processes start together, and nothing the second time', async () => {
    const url = await server.createDatabase();
    const applied = await Promise.all([migrate(url), migrate(url), migrate(url)]);
    const names = (await readMigrations()).map((migration) => migration.name);
    expect(applied.flat().sort()).toEqual(names);
    expect(await migrate(url)).toEqual([]);
    expect(await ask(url, 'SELECT migration_name FROM _prisma_migrations ORDER BY 1')).toEqual(
      names.map((migration_name) => ({ migration_name })),
    );
  });

  it('refuses to change or remove an audit entry', async () => {
    const url = await server.createDatabase();
    await migrate(url);
    await ask(
      url,
      `INSERT INTO "AuditEntry" (id, actor, action, subject, detail)
       VALUES (gen_random_uuid(), 'nobody', 'test', 'test', '{}')`,
    );
    for (const change of [
      'UPDATE "AuditEntry" SET actor = $$x$$',
      'DELETE FROM "AuditEntry"',
      'TRUNCATE "AuditEntry"',
    ]) {
      await expect(ask(url, change)).rejects.toThrow('append-only');
    }
    expect(await ask(url, 'SELECT actor FROM "AuditEntry"')).toEqual([{ actor: 'nobody' }]);
  });

  it('says so when the server cannot be reached', async () => {
    await expect(migrate('postgres://nobody:x@127.0.0.1:1/none')).rejects.toThrow('ECONNREFUSED');
  });
});
