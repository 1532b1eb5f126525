import { z } from 'zod';
import type { Reader } from '../client.js';
import { inScope, type Scope } from '../scope.js';
import { ratingRow } from '../tables/ratings.js';
import { beyond, keyParams, type LedgerKey } from './events-page.js';

/** A stored row of ratings_v1, every column as it was sent. */
export const ledgerRow = ratingRow.extend({
  /** UTC epoch ms. */
  startedAt: z.number().int(),
  ratedAt: z.number().int(),
});
export type LedgerRow = z.output<typeof ledgerRow>;

const SELECT = `SELECT ${Object.keys(ratingRow.shape).join(', ')}, toUnixTimestamp64Milli(started_at) AS startedAt,
  toUnixTimestamp64Milli(rated_at) AS ratedAt FROM ratings_v1`;

/** ClickHouse refuses a parameter of more than 128 KiB; an id takes 39 bytes of it. */
const IDS_AT_ONCE = 2_000;

/** Every row of the events named, those of one event oldest first. `scope` bounds the look-up. */
export async function entriesOf(reader: Reader, scope: Scope, eventIds: readonly string[]): Promise<LedgerRow[]> {
  const range = inScope(scope, 'started_at');
  const found: LedgerRow[] = [];
  for (let first = 0; first < eventIds.length; first += IDS_AT_ONCE) {
    const rows = await reader.query({
      name: 'ledger-entries-of',
      sql: `${SELECT} WHERE ${range.sql} AND event_id IN {eventIds:Array(UUID)} ORDER BY rated_at, sign`,
      params: { ...range.params, eventIds: eventIds.slice(first, first + IDS_AT_ONCE) },
      row: ledgerRow,
    });
    for (const row of rows) found.push(row);
  }
  return found;
}

/** The next events that a run rated, in the order of the table. */
export function runPage(
  reader: Reader,
  scope: Scope,
  options: { readonly runId: string; readonly after: LedgerKey | null; readonly first: number },
): Promise<LedgerKey[]> {
  const { runId, after, first } = options;
  const range = inScope(scope, 'started_at');
  return reader.query({
    name: 'ledger-run-page',
    sql: `SELECT toUnixTimestamp64Milli(started_at) AS startedAt, toString(event_id) AS eventId FROM ratings_v1
      WHERE ${range.sql} AND run_id = {runId:String} AND sign = 1${beyond(after)}
      ORDER BY started_at, ratings_v1.event_id LIMIT {first:UInt32}`,
    params: { ...range.params, ...keyParams(after), runId, first },
    row: z.object({ startedAt: z.number().int(), eventId: z.string() }),
  });
}

export async function countRun(reader: Reader, scope: Scope, runId: string): Promise<number> {
  const range = inScope(scope, 'started_at');
  const [found] = await reader.query({
    name: 'ledger-run-count',
    sql: `SELECT count() AS events FROM ratings_v1 WHERE ${range.sql} AND run_id = {runId:String} AND sign = 1`,
    params: { ...range.params, runId },
    row: z.object({ events: z.number().int() }),
  });
  return found?.events ?? 0;
}

/** The rows of one batch as they are stored. */
export function storedBatch(reader: Reader, scope: Scope, batchId: string): Promise<LedgerRow[]> {
  const range = inScope(scope, 'started_at');
  return reader.query({
    name: 'ledger-batch',
    sql: `${SELECT} WHERE ${range.sql} AND batch_id = {batchId:String} ORDER BY started_at, event_id, sign`,
    params: { ...range.params, batchId },
    row: ledgerRow,
  });
}
