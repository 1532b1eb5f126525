import { Client, escapeIdentifier, escapeLiteral } from 'pg';
import type { ProcessSpec } from './child.js';
import { serverEnvironment } from './environment.js';
import { type Home, passwordOf } from './home.js';
import { postgresAccount } from './postgres-account.js';
import { prepareData, removeStalePidFile } from './postgres-data.js';
import { postgresFiles } from './postgres-files.js';

export interface Postgres {
  readonly spec: ProcessSpec;
  /** The control plane's database and role. */
  readonly databaseUrl: string;
  /** A database and role of its own: what the proxy holds can never read the control plane's tables. */
  readonly queueUrl: string;
  /** Superuser, for making databases in tests. */
  readonly adminUrl: string;
  /** Makes the roles and databases that are not there yet; call it once the server is ready. */
  provide(): Promise<void>;
}

/** PostgreSQL 18 out of an npm package, on the loopback address, with its data in `postgres` below the home. */
export function postgres(home: Home, port: number, say: (line: string) => void): Postgres {
  const account = postgresAccount(say);
  const files = postgresFiles(account, say);
  const url = (role: string, database: string) =>
    `postgres://${role}:${passwordOf(home, `postgres-${role}`)}@127.0.0.1:${port}/${database}`;
  const adminUrl = url('postgres', 'postgres');
  const data = prepareData(home, files, account, passwordOf(home, 'postgres-postgres'));
  return {
    databaseUrl: url('weir', 'weir'),
    queueUrl: url('weir_queue', 'weir_queue'),
    adminUrl,
    spec: {
      name: 'postgres',
      command: files.postgres,
      args: [
        ...['-D', data.argument, '-p', String(port)],
        ...['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
        ...['-c', 'password_encryption=scram-sha-256', '-c', 'log_checkpoints=off', '-c', 'timezone=UTC'],
      ],
      env: serverEnvironment(),
      cwd: '/',
      ...account,
      descriptors: data.descriptors,
      prepare: () => removeStalePidFile(home),
      isReady: () => answers(adminUrl),
      readyTimeoutMs: 60_000,
      // "Fast" shutdown: ends sessions, writes a checkpoint.
      stopSignal: 'SIGINT',
      stopGraceMs: 30_000,
    },
    provide: () => provide(adminUrl, home),
  };
}

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } catch {
    // Not listening yet, or still recovering.
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function provide(adminUrl: string, home: Home): Promise<void> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query('REVOKE CONNECT ON DATABASE postgres FROM PUBLIC');
    await client.query('REVOKE CONNECT ON DATABASE template1 FROM PUBLIC');
    for (const role of ['weir', 'weir_queue']) {
      await provideRole(client, role, passwordOf(home, `postgres-${role}`));
      await provideDatabase(client, role, role);
    }
  } finally {
    await client.end();
  }
}

async function provideRole(client: Client, role: string, password: string): Promise<void> {
  const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
  const verb = rowCount ? 'ALTER' : 'CREATE';
  await client.query(`${verb} ROLE ${escapeIdentifier(role)} LOGIN PASSWORD ${escapeLiteral(password)}`);
}

/** Makes a database that only its owner (and the superuser) may enter. */
export async function provideDatabase(client: Client, database: string, owner: string): Promise<void> {
  const name = escapeIdentifier(database);
  const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database]);
  if (!rowCount) await client.query(`CREATE DATABASE ${name} OWNER ${escapeIdentifier(owner)}`);
  await client.query(`REVOKE CONNECT ON DATABASE ${name} FROM PUBLIC`);
}
