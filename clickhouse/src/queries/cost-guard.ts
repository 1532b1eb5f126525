import { WeirError } from '@weir/contracts';
import { z } from 'zod';
import type { Query, Reader } from '../client.js';
import type { Condition } from '../scope.js';
import { DAY_MS } from './plan.js';
import type { Rows } from './rollup.js';

/**
 * Rows that one question may read. A row without user, agent and tags is read at some 50 million a second, one with them
 * or of a single call at some 20 million. A project with 100 million calls in 400 days stays below each, whatever a chart
 * asks: it has at most that many rows by the hour and user.
 */
const MOST_ROWS: readonly (readonly [table: RegExp, rows: number, name: Kind])[] = [
  [/^provider_usage_per_/, 200_000_000, 'sums'],
  [/^(usage|split_usage)_per_/, 120_000_000, 'detailed'],
  [/^(usage_events|ratings|rating_lines_per_hour)_v1/, 40_000_000, 'rows'],
];
type Kind = 'sums' | 'detailed' | 'rows';

const estimate = z.object({ table: z.string(), rows: z.number() });

/**
 * Asks, unless the tables' indexes tell that it would read too much.
 * @throws WeirError `QUERY_TOO_COSTLY`; its message says, for people, what would make it cheap
 */
export async function askWithin<S extends z.ZodType>(
  reader: Reader,
  rows: Source,
  query: Query<S>,
): Promise<z.output<S>[]> {
  await refuseCostly(reader, rows, query.name);
  return reader.query({ ...query, sql: rows.in?.(query.sql) ?? query.sql });
}

/** What a question reads; `in` where it has sums that a query need not name. */
type Source = Condition & Pick<Rows, 'plan'> & Partial<Pick<Rows, 'in'>>;

async function refuseCostly(reader: Reader, rows: Source, name: string): Promise<void> {
  if (await cannotBeCostly(reader, rows)) return;
  const asked = estimates.get(rows) ?? estimateOf(reader, rows, name);
  estimates.set(rows, asked);
  const found = await asked;
  for (const [table, most, kind] of MOST_ROWS) {
    const toRead = rowsOf(found, table);
    if (toRead > most) throw new WeirError('QUERY_TOO_COSTLY', adviceFor(kind, toRead, most, rows));
  }
}

/** Whole tables may be small enough: nothing needs to be estimated then, which takes the server as long as a small answer. */
async function cannotBeCostly(reader: Reader, { sql }: Source): Promise<boolean> {
  const known = await sizesOf(reader).catch(() => []);
  const read = new Set(Array.from(sql.matchAll(/\bFROM (\w+_v\d+)/g), ([, table]) => table));
  const found = known.filter(({ table }) => read.has(table));
  return found.length === read.size && MOST_ROWS.every(([table, most]) => rowsOf(found, table) <= most);
}

function rowsOf(found: readonly z.output<typeof estimate>[], tables: RegExp): number {
  return found.filter(({ table }) => tables.test(table)).reduce((sum, { rows }) => sum + rows, 0);
}

const SIZES_KEPT_MS = 60_000;
/** No table grows in a minute by what would matter to a limit. */
const sizes = new WeakMap<Reader, { readonly untilMs: number; readonly found: Promise<z.output<typeof estimate>[]> }>();

function sizesOf(reader: Reader): Promise<z.output<typeof estimate>[]> {
  const known = sizes.get(reader);
  if (known && known.untilMs > performance.now()) return known.found;
  // A table of a cluster does not tell how many rows its shards have.
  const found = reader.query({
    name: 'table-sizes',
    sql: `SELECT name AS table, total_rows AS rows FROM system.tables
      WHERE database = currentDatabase() AND engine LIKE '%MergeTree' AND isNotNull(total_rows)`,
    row: estimate,
  });
  sizes.set(reader, { untilMs: performance.now() + SIZES_KEPT_MS, found });
  found.catch(() => sizes.delete(reader));
  return found;
}

/** Several queries of one question read the same rows. */
const estimates = new WeakMap<Source, Promise<z.output<typeof estimate>[]>>();

function estimateOf(reader: Reader, rows: Source, name: string) {
  // Which rows are read depends on no column but those of the filter; one is named so that none are merely counted.
  const sql = `SELECT any(u.model) FROM ${rows.sql} AS u`;
  return reader.query({
    name: `${name}-cost`,
    sql: `EXPLAIN ESTIMATE ${rows.in?.(sql) ?? sql}`,
    params: rows.params,
    row: estimate,
  });
}

function adviceFor(kind: Kind, toRead: number, most: number, { plan }: Source): string {
  const size = `This would read about ${inMillions(toRead)} million rows; ${inMillions(most)} million is the most`;
  const days = Math.max(1, Math.floor(((plan.to - plan.from) / DAY_MS) * (most / toRead)));
  const shorter = `choose a range of at most ${days} ${days === 1 ? 'day' : 'days'}`;
  if (kind === 'detailed') return `${size}. Drop the split or filter by user, agent or tag, or ${shorter}.`;
  if (kind === 'sums') return `${size}. Choose days or months in UTC as the interval, or ${shorter}.`;
  return `${size}. Choose a time zone with whole hours, drop the filter that only single calls can answer, or ${shorter}.`;
}

const inMillions = (rows: number) => Math.max(1, Math.round(rows / 1_000_000));
