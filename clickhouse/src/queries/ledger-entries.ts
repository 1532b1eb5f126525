import { z } from 'zod';
import type { Reader } from '../client.js';
import { inScope, type Scope } from '../scope.js';
import { parseLines, type RatingLine } from './call-ratings.js';

/** One row of the ledger: a rating, or the reversal that takes back the rating of the same run. */
export interface LedgerEntry {
  readonly runId: string;
  readonly isReversal: boolean;
  /** UTC epoch ms. */
  readonly ratedAt: number;
  /** Known time of the prices, UTC epoch ms; null = not noted. */
  readonly knownAt: number | null;
  /** Of the insert it came with; a restatement's is named after it. */
  readonly batchId: string;
  readonly status: string;
  readonly reason: string | null;
  /** USD, negative in a reversal; null = unpriced. */
  readonly cost: string | null;
  readonly priceVersion: string | null;
  readonly lines: readonly RatingLine[];
}

const row = z.object({
  runId: z.string(),
  isReversal: z.number().transform(Boolean),
  ratedAt: z.number().int(),
  knownAt: z.number().int().nullable(),
  batchId: z.string(),
  status: z.string(),
  reason: z.string().nullable(),
  cost: z.string().nullable(),
  priceVersion: z.string().nullable(),
  lines: z.string(),
});

const MAX_ENTRIES = 1_000;

/** Everything that was ever booked for one event, in the order it was; `scope` bounds the look-up. */
export async function ledgerEntries(reader: Reader, scope: Scope, eventId: string): Promise<LedgerEntry[]> {
  const range = inScope(scope, 'started_at');
  const rows = await reader.query({
    name: 'ledger-entries',
    // What is taken back and what replaces it are booked together: the reversal comes first.
    sql: `
      SELECT r.run_id AS runId, r.sign < 0 AS isReversal, toUnixTimestamp64Milli(r.rated_at) AS ratedAt,
        toUnixTimestamp64Milli(r.known_at) AS knownAt, r.batch_id AS batchId, r.status AS status, r.reason AS reason,
        toString(r.total) AS cost, r.price_version AS priceVersion, r.lines AS lines
      FROM ratings_v1 AS r
      WHERE ${range.sql} AND r.event_id = {eventId:UUID}
      ORDER BY r.rated_at, r.sign LIMIT ${MAX_ENTRIES}`,
    params: { ...range.params, eventId },
    row,
  });
  return rows.map(({ lines, ...entry }) => ({ ...entry, lines: parseLines(lines) }));
}
