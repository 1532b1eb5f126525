import { z } from 'zod';
import type { RatingRow, UsageEventRow, Writer } from '../../src/index.js';

/** Inserts events as the worker of that time did. */
export const insertEvents = (client: Writer, events: readonly UsageEventRow[], token: string): Promise<void> =>
  insertThen(client, 'usage_events_v1', events, token);

/** Inserts ratings as the worker of that time did. */
export const insertRatings = (client: Writer, ratings: readonly RatingRow[], token: string): Promise<void> =>
  insertThen(client, 'ratings_v1', ratings, token);

/** With the columns that the table has. */
async function insertThen(client: Writer, table: string, all: readonly object[], token: string): Promise<void> {
  const known = await client.query({
    name: 'columns-then',
    sql: 'SELECT name FROM system.columns WHERE database = currentDatabase() AND table = {table:String}',
    params: { table },
    row: z.object({ name: z.string() }),
  });
  const names = new Set(known.map(({ name }) => name));
  const columns = Object.keys(all[0] ?? {}).filter((column) => names.has(column));
  const rows = all.map((one) => columns.map((column) => (one as Record<string, unknown>)[column]));
  await client.insert({ name: `insert-old-${table}`, table, columns, rows, deduplicationToken: token });
}
