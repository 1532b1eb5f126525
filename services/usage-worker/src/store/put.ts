import type { BatchTable } from '@weir/clickhouse';

export interface Put<Row> {
  readonly table: BatchTable<Row>;
  readonly rows: readonly Row[];
  readonly batchId: string;
  /** Earliest and latest time of the rows, epoch ms. */
  readonly from: number;
  readonly to: number;
  readonly keyOf: (row: Row) => string;
  /** The rows may be stored already, and longer ago than the server remembers tokens. */
  readonly mayBeStored: boolean;
}

/**
 * How long after an insert its token is surely remembered: the window is 100,000 inserts, so 10 minutes hold up to 166
 * inserts a second.
 */
const TOKEN_REMEMBERED_SECONDS = 600;

/**
 * Stores rows so that any number of repeats, at any time, leaves each stored once. Young rows are sent again under
 * their token even when all are there: the server drops what it has and catches up on a roll-up that it had not yet
 * written when it was killed. Of older rows, and of those that sums were filled with, only the missing ones are sent.
 */
export async function put<Row>({ table, rows, batchId, from, to, keyOf, mayBeStored }: Put<Row>): Promise<void> {
  if (rows.length === 0) return;
  if (!mayBeStored) return table.insert(rows, batchId);
  const stored = await table.storedCount(batchId, from, to);
  const isRemembered = stored.ageSeconds === null || stored.ageSeconds < TOKEN_REMEMBERED_SECONDS;
  if (isRemembered && !stored.isFilled) return table.insert(rows, batchId);
  if (stored.rows >= rows.length) return;
  const keys = await table.storedKeys(batchId, from, to);
  await table.insert(
    rows.filter((row) => !keys.has(keyOf(row))),
    `${batchId}-rest`,
  );
}
