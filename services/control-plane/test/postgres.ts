import { randomUUID } from 'node:crypto';
import { Client } from 'pg';

export interface TestServer {
  /** Makes an empty database. @returns its URL */
  createDatabase(name?: string): Promise<string>;
  /** Drops them, whoever is still connected. */
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

/** The real PostgreSQL that a test run starts once (infra/testing/postgres-server.ts). */
export async function startPostgres(): Promise<TestServer> {
  const url = process.env.WEIR_TEST_POSTGRES_URL;
  if (!url) throw new Error('there is no PostgreSQL: run the tests by vitest from the root of the checkout');
  const made: string[] = [];
  return {
    async createDatabase(name = 'weir') {
      const database = `${name}_${randomUUID()}`;
      await run(url, `CREATE DATABASE "${database}"`);
      made.push(database);
      return Object.assign(new URL(url), { pathname: `/${database}` }).href;
    },
    async stop() {
      for (const database of made.splice(0)) await run(url, `DROP DATABASE "${database}" WITH (FORCE)`);
    },
  };
}
