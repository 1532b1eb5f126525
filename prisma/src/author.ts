/** `npm run migration -- <name>`: writes the migration from the last migration's schema to `schema.prisma`. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { diffSchemas } from './engine.js';
import { MIGRATIONS_FOLDER, SCHEMA_FILE } from './migrations.js';

/** The schema as of the newest migration, kept beside them so that authoring needs neither git nor a database. */
const BASELINE_FILE = join(MIGRATIONS_FOLDER, 'schema.prisma');

/** `public` always exists, and the statement wants a right on the database that managed servers do not give. */
const CREATE_PUBLIC_SCHEMA = /^-- CreateSchema\nCREATE SCHEMA IF NOT EXISTS "public";\n+/;

async function author(name: string): Promise<void> {
  const next = await readFile(SCHEMA_FILE, 'utf8');
  const previous = await readFile(BASELINE_FILE, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  const sql = (await diffSchemas(previous, next)).replace(CREATE_PUBLIC_SCHEMA, '');
  if (/^\s*(--[^\n]*\s*)*$/.test(sql)) {
    process.stdout.write('schema.prisma has no change to migrate\n');
    return;
  }
  const timestamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const folder = join(MIGRATIONS_FOLDER, `${timestamp}_${name}`);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'migration.sql'), sql);
  await writeFile(BASELINE_FILE, next);
  process.stdout.write(`${join(folder, 'migration.sql')}\n`);
}

const name = process.argv[2] ?? '';
if (!/^[a-z][a-z0-9_]{0,62}$/.test(name)) {
  process.stderr.write('Usage: npm run migration -- <name in lower snake case>\n');
  process.exitCode = 1;
} else {
  await author(name);
}
