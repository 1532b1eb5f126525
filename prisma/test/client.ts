import { Client } from 'pg';
import { startPostgres } from './postgres.js';

export interface TestClient {
  readonly client: Client;
  /** Leaves nothing behind. */
  end(): Promise<void>;
}

/** A connection to an empty database of its own. */
export async function openEmptyDatabase(): Promise<TestClient> {
  const server = await startPostgres();
  const client = new Client({ connectionString: await server.createDatabase() });
  try {
    await client.connect();
  } catch (error) {
    await server.stop();
    throw error;
  }
  return {
    client,
    async end() {
      await client.end();
      await server.stop();
    },
  };
}
