import { randomUUID } from 'node:crypto';
import { Client } from 'pg';

export interface PostgresServer {
  readonly url: string;
  stop(): Promise<void>;
}

async function run(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** An empty database on the real PostgreSQL that a test run starts once (infra/testing/postgres-server.ts). */
export async function startPostgres(): Promise<PostgresServer> {
  const server = process.env.WEIR_TEST_POSTGRES_URL;
  if (!server) throw new Error('there is no PostgreSQL: run the tests by vitest from the root of the checkout');
  const database = `queue_${randomUUID()}`;
  await run(server, `CREATE DATABASE "${database}"`);
  return {
    url: Object.assign(new URL(server), { pathname: `/${database}` }).href,
    stop: () => run(server, `DROP DATABASE "${database}" WITH (FORCE)`),
  };
}
