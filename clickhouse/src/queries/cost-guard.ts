import { WeirError } from '@weir/contracts';
import { z } from 'zod';
import type { Query, Reader } from '../client.js';
import { DAY_MS } from './plan.js';
import type { Rows } from './rollup.js';

/**
 * Rows that one question may read. A row without user, agent and tags is read at some 50 million a second, one with them
 * or of a single call at some 20 million. A project with 100 million calls in 400 days stays below each, whatever a chart
 * asks: it has at most that many rows by the hour and user.
 */
const MOST_ROWS: readonly (readonly [table: RegExp, rows: number, name: Kind])[] = [
  [/^provider_usage_per_/, 200_000_000, 'sums'],
  [/^usage_per_/, 120_000_000, 'wide'],
  [/^(usage_events|ratings|rating_lines_per_hour)_v1/, 40_000_000, 'rows'],
];
type Kind = 'sums' | 'wide' | 'rows';

const estimate = z.object({ table: z.string(), rows: z.number() });

/**
 * Asks, unless the tables' indexes tell that it would read too much.
 * @throws WeirError `QUERY_TOO_COSTLY`; its message says, for people, what would make it cheap
 */
export async function askWithin<S extends z.ZodType>(
  reader: Reader,
  rows: Pick<Rows, 'plan'>,
  query: Query<S>,
): Promise<z.output<S>[]> {
  await refuseCostly(reader, rows, query);
  return reader.query(query);
}

export async function refuseCostly(
  reader: Reader,
  rows: Pick<Rows, 'plan'>,
  { name, sql, params }: Pick<Query<z.ZodType>, 'name' | 'sql' | 'params'>,
): Promise<void> {
  const found = await reader.query({
    name: `${name}-cost`,
    sql: `EXPLAIN ESTIMATE ${sql}`,
    ...(params && { params }),
    row: estimate,
  });
  for (const [table, most, kind] of MOST_ROWS) {
    const toRead = found.filter((one) => table.test(one.table)).reduce((sum, one) => sum + one.rows, 0);
    if (toRead > most) throw new WeirError('QUERY_TOO_COSTLY', adviceFor(kind, toRead, most, rows));
  }
}

function adviceFor(kind: Kind, toRead: number, most: number, { plan }: Pick<Rows, 'plan'>): string {
  const size = `This would read about ${inMillions(toRead)} million rows; ${inMillions(most)} million is the most`;
  const days = Math.max(1, Math.floor(((plan.to - plan.from) / DAY_MS) * (most / toRead)));
  const shorter = `choose a range of at most ${days} ${days === 1 ? 'day' : 'days'}`;
  if (kind === 'wide') return `${size}. Drop the split or filter by user, agent or tag, or ${shorter}.`;
  if (kind === 'sums') return `${size}. Choose days or months in UTC as the interval, or ${shorter}.`;
  return `${size}. Choose a time zone with whole hours, drop the filter that only single calls can answer, or ${shorter}.`;
}

const inMillions = (rows: number) => Math.max(1, Math.round(rows / 1_000_000));
