import { Client, escapeIdentifier } from 'pg';
import { request } from 'undici';

/** Every row of every table of every database, beside what the server remembers of its sessions. */
export async function postgresDump(adminUrl: string): Promise<Map<string, Buffer>> {
  const dump = new Map<string, Buffer>();
  const inDatabase = async (database: string, work: (client: Client) => Promise<void>) => {
    const url = new URL(adminUrl);
    url.pathname = database;
    const client = new Client({ connectionString: url.href });
    await client.connect();
    try {
      await work(client);
    } finally {
      await client.end();
    }
  };
  const databases: string[] = [];
  await inDatabase('postgres', async (client) => {
    const { rows } = await client.query<{ datname: string }>('SELECT datname FROM pg_database WHERE datallowconn');
    databases.push(...rows.map(({ datname }) => datname));
    const { rows: sessions } = await client.query<{ text: string }>('SELECT a::text AS text FROM pg_stat_activity a');
    dump.set('PostgreSQL sessions', Buffer.from(sessions.map(({ text }) => text).join('\n')));
  });
  for (const database of databases) {
    await inDatabase(database, async (client) => {
      const { rows: tables } = await client.query<{ schema: string; name: string }>(
        `SELECT schemaname AS schema, tablename AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
      );
      for (const { schema, name } of tables) {
        const { rows } = await client.query<Record<string, unknown>>(
          `SELECT * FROM ${escapeIdentifier(schema)}.${escapeIdentifier(name)}`,
        );
        // Each value as it is, and as JSON: text inside documents is found escaped and not.
        const values = rows.flatMap((row) => Object.values(row).map((value) => [String(value), JSON.stringify(value)]));
        dump.set(`PostgreSQL ${database}.${schema}.${name}`, Buffer.from(values.flat().join('\n')));
      }
    });
  }
  return dump;
}

/** Every row of every table as raw bytes: what lies compressed on disk is read through the server. */
export async function clickhouseDump(clickhouseUrl: string): Promise<Map<string, Buffer>> {
  const { origin, username, password, pathname } = new URL(clickhouseUrl);
  const database = pathname.slice(1);
  const ask = async (query: string): Promise<Buffer> => {
    const answer = await request(`${origin}/?database=${database}`, {
      method: 'POST',
      headers: { 'x-clickhouse-user': username, 'x-clickhouse-key': password },
      body: query,
    });
    const bytes = Buffer.from(await answer.body.arrayBuffer());
    if (answer.statusCode !== 200) throw new Error(`ClickHouse: ${bytes.toString()}`);
    return bytes;
  };
  const tables = await ask(
    `SELECT concat(database, '.', name) FROM system.tables
     WHERE (database = '${database}' AND engine NOT LIKE '%View') OR (database = 'system' AND name IN ('query_log', 'text_log', 'errors', 'processes'))
     FORMAT TSVRaw`,
  );
  const dump = new Map<string, Buffer>();
  for (const table of tables.toString().trim().split('\n')) {
    dump.set(`ClickHouse ${table}`, await ask(`SELECT * FROM ${table} FORMAT RowBinary`));
  }
  return dump;
}
