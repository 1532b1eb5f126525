import { z } from 'zod';
import type { RatingRow, Writer } from '../../src/index.js';

/** Inserts ratings as the worker of that time did: with the columns that the table has. */
export async function insertRatings(client: Writer, ratings: readonly RatingRow[], token: string): Promise<void> {
  const known = await client.query({
    name: 'columns-of-ratings',
    sql: `SELECT name FROM system.columns WHERE database = currentDatabase() AND table = 'ratings_v1'`,
    row: z.object({ name: z.string() }),
  });
  const names = new Set(known.map(({ name }) => name));
  const columns = Object.keys(ratings[0] ?? {}).filter((column) => names.has(column));
  const rows = ratings.map((rating) => columns.map((column) => rating[column as keyof RatingRow]));
  await client.insert({ name: 'insert-old-ratings', table: 'ratings_v1', columns, rows, deduplicationToken: token });
}
