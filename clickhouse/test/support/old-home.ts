import { readdir, readFile } from 'node:fs/promises';
import { renderMigration } from '../../src/ddl.js';
import { type Writer, writer } from '../../src/index.js';

export const MIGRATIONS = new URL('../../migrations/', import.meta.url);

/** A database as it was before migration `before`. */
export async function oldHome(url: string, before: number): Promise<Writer> {
  const admin = writer(new URL('/default', url).href);
  await admin.command('create', `CREATE DATABASE ${new URL(url).pathname.slice(1)}`);
  await admin.close();
  const client = writer(url);
  for (const file of (await readdir(MIGRATIONS)).sort().filter((name) => Number(name.slice(0, 4)) < before)) {
    for (const statement of renderMigration(await readFile(new URL(file, MIGRATIONS), 'utf8'), null)) {
      await client.command('old', statement);
    }
  }
  return client;
}
