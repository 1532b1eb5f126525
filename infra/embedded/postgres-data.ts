import { spawnSync } from 'node:child_process';
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { serverEnvironment } from './environment.js';
import type { Home } from './home.js';
import type { Account } from './postgres-account.js';
import type { PostgresFiles } from './postgres-files.js';
import { startTimeOf } from './process-id.js';

/**
 * The data folder as the server is told of it. The user `postgres` may not pass through a home that is 0700 and root's
 * own, so root hands it the open folder: /proc/self/fd/3 leads straight there and needs no rights on what lies above.
 */
export interface DataFolder {
  readonly argument: string;
  readonly descriptors: readonly number[];
}

/** Only connections over loopback, only with a password, and the queue's role only into the queue's database. */
const HBA = `# Written at each start.
host weir       weir       127.0.0.1/32 scram-sha-256
host weir_queue weir_queue 127.0.0.1/32 scram-sha-256
host all        postgres   127.0.0.1/32 scram-sha-256
`;

/** Prepares the folder, initialising it the first time. */
export function prepareData(
  home: Home,
  files: PostgresFiles,
  account: Account | undefined,
  superuserPassword: string,
): DataFolder {
  const path = join(home.root, 'postgres');
  mkdirSync(path, { recursive: true, mode: 0o700 });
  if (account) chownSync(path, account.uid, account.gid);
  const data: DataFolder = account
    ? { argument: '/proc/self/fd/3', descriptors: [openSync(path, 'r')] }
    : { argument: path, descriptors: [] };
  if (!existsSync(join(path, 'PG_VERSION'))) {
    // A start that was cut short leaves files that initdb would refuse to touch; without PG_VERSION they hold nothing.
    for (const name of readdirSync(path)) rmSync(join(path, name), { recursive: true, force: true });
    initialise(home, files, account, data, superuserPassword);
  }
  writeFileSync(join(path, 'pg_hba.conf'), HBA);
  return data;
}

function initialise(
  home: Home,
  files: PostgresFiles,
  account: Account | undefined,
  data: DataFolder,
  password: string,
): void {
  const passwordFile = join(home.run, 'initdb-password');
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (account) chownSync(passwordFile, account.uid, account.gid);
  const descriptor = openSync(passwordFile, 'r');
  try {
    const { status, stderr } = spawnSync(
      files.initdb,
      [
        `--pgdata=${data.argument}`,
        '--username=postgres',
        `--pwfile=${account ? '/proc/self/fd/4' : passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
      ],
      {
        ...account,
        cwd: '/',
        env: serverEnvironment(),
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe', ...(account ? [...data.descriptors, descriptor] : [])],
      },
    );
    if (status !== 0) throw new Error(`PostgreSQL could not prepare its data folder: ${stderr}`);
  } finally {
    closeSync(descriptor);
    rmSync(passwordFile, { force: true });
  }
}

/**
 * After a `kill -9` the file `postmaster.pid` stays. Its process id may by now belong to a stranger, and then PostgreSQL
 * would refuse to start. The home's lock is ours, so a file whose process did not write it is stale.
 */
export function removeStalePidFile(home: Home): void {
  const file = join(home.root, 'postgres', 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number.parseInt(readFileSync(file, 'utf8'), 10);
  const stranger = !isPostgres(pid);
  if (startTimeOf(pid) === null || stranger) rmSync(file, { force: true });
}

function isPostgres(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' });
  return stdout?.trim().endsWith('postgres') ?? false;
}
