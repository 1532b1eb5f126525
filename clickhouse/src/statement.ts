import { z } from 'zod';
import type { Writer } from './client.js';

/** `{{day of TABLE}}` in a statement: it is run once for each UTC day that the table, which sums by the hour, has rows of. */
const DAY_OF = /\{\{day of (\w+)\}\}/g;

/** Whether a placeholder is one that is known only once a statement is run. */
export const isOfDay = (placeholder: string) => new RegExp(`^${DAY_OF.source}$`).test(placeholder);

/** Runs one statement of a migration, day by day where it says so: oldest first. @throws WeirError `CLICKHOUSE_*` */
export async function runStatement(client: Writer, name: string, statement: string): Promise<void> {
  const [, table] = new RegExp(DAY_OF.source).exec(statement) ?? [];
  if (table === undefined) return client.command(name, statement);
  const days = await client.query({
    name: `${name}-days`,
    sql: `SELECT DISTINCT toString(toStartOfDay(hour)) AS day FROM ${table} ORDER BY day`,
    row: z.object({ day: z.string() }),
  });
  for (const { day } of days) await client.command(name, statement.replace(DAY_OF, `toDateTime('${day}', 'UTC')`));
}
