import { PrismaPg } from '@prisma/adapter-pg';
import { Client, Pool } from 'pg';
import { NO_FILTERS, openEngine } from './engine.js';
import { MIGRATIONS_FOLDER, readMigrations } from './migrations.js';

/** One number for all of Weir's migrations in a database; nobody else takes it. */
const LOCK_ID = 7_239_841_065_117n;

/**
 * Brings a database to the newest schema. Safe to run twice and by several processes at once: an advisory lock lets one
 * work while the others wait, find nothing left to do and return.
 * @param databaseUrl `postgres://…`; the user must own the schema
 * @returns names of the migrations applied by this call
 * @throws when PostgreSQL cannot be reached, or an applied migration failed or was edited afterwards
 */
export async function migrate(databaseUrl: string): Promise<string[]> {
  const lock = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  await lock.connect();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [LOCK_ID.toString()]);
    return await applyAll(databaseUrl);
  } finally {
    // Ending the connection gives the lock back, however the work ended.
    await lock.end();
  }
}

async function applyAll(databaseUrl: string): Promise<string[]> {
  const migrations = await readMigrations();
  // The engine never closes what it opened, so the pool is ours.
  const pool = new Pool({ connectionString: databaseUrl, max: 2 });
  const engine = await openEngine(new PrismaPg(pool));
  const migrationsList = {
    baseDir: MIGRATIONS_FOLDER,
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: migrations.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value: sql } },
    })),
  };
  try {
    const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList, filters: NO_FILTERS });
    return appliedMigrationNames;
  } finally {
    engine.free();
    await pool.end();
  }
}
