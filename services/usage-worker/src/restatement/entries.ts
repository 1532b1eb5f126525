import { type LedgerRow, type RatingRow, ratingRow } from '@weir/clickhouse';
import type { RestatementWork } from '@weir/contracts';
import type { Money } from '../rate.js';

/** One event's standing rating and what is to stand in its place. */
export interface Change {
  readonly before: LedgerRow;
  /** Without its batch. */
  readonly after: Omit<RatingRow, 'batch_id'>;
}

/** Every batch of a run begins with this, and no other batch does. */
export const batchPrefixOf = (runId: string) => `restate-${runId}-`;
export const batchIdOf = (runId: string, page: number) => `${batchPrefixOf(runId)}${page}`;

/** The rating in force: of the runs whose rows do not cancel out, the newest. null = the event is not rated yet. */
export function standingOf(entries: readonly LedgerRow[]): LedgerRow | null {
  const net = new Map<string, number>();
  for (const { run_id, sign } of entries) net.set(run_id, (net.get(run_id) ?? 0) + sign);
  return entries.reduce<LedgerRow | null>((newest, entry) => {
    const stands = entry.sign === 1 && (net.get(entry.run_id) ?? 0) > 0;
    return stands && (!newest || entry.ratedAt >= newest.ratedAt) ? entry : newest;
  }, null);
}

/** The row by which a run took back what stood before it; a run does so once for an event. */
export function takenBackBy(runId: string, entries: readonly LedgerRow[]): LedgerRow | undefined {
  return entries.find(({ sign, batch_id }) => sign === -1 && batch_id.startsWith(batchPrefixOf(runId)));
}

/**
 * Whether a rating is the one that a run placed: its own, or one that reversals of later runs put back.
 * @param undone what each reversal took back, by the id of the reversal
 */
export function isPlacedBy(
  runId: string,
  rating: LedgerRow,
  entries: readonly LedgerRow[],
  undone: RestatementWork['undone'],
): boolean {
  for (let placedBy = rating.run_id; placedBy !== runId; ) {
    const undid = undone[placedBy];
    const former = undid === undefined ? undefined : takenBackBy(undid, entries);
    if (former === undefined) return false;
    placedBy = former.run_id;
  }
  return true;
}

const AMOUNTS = Object.keys(ratingRow.shape).filter((column) => column.startsWith('amount_')) as AmountColumn[];
type AmountColumn = Extract<keyof RatingRow, `amount_${string}`>;

/** The row that takes `entry` back, or, of a row that takes back, what it took: sign and amounts turned, all else the same. */
export function turned(entry: LedgerRow): Omit<RatingRow, 'batch_id'> {
  const { batch_id: _, startedAt: __, ratedAt: ___, ...row } = entry;
  const amounts = Object.fromEntries(AMOUNTS.map((column) => [column, negated(row[column])]));
  return {
    ...row,
    ...(amounts as Record<AmountColumn, string>),
    sign: entry.sign === 1 ? -1 : 1,
    total: row.total === null ? null : negated(row.total),
  };
}

function negated(usd: string): string {
  if (usd.startsWith('-')) return usd.slice(1);
  return /[1-9]/.test(usd) ? `-${usd}` : usd;
}

/** Rows of one batch: each standing rating taken back, the new one beside it. */
export function rowsOf(changes: readonly Change[], batchId: string): RatingRow[] {
  return changes.flatMap(({ before, after }) => [
    { ...turned(before), batch_id: batchId },
    { ...after, batch_id: batchId },
  ]);
}

/**
 * Whether a rating says what the standing one says: the same amounts by the same working. Which book it was looked up in,
 * and the newest change of that book, are left out: every change of any price moves them, and no figure.
 */
export function saysTheSame(standing: RatingRow, money: Money): boolean {
  return (
    standing.status === money.status &&
    standing.reason === money.reason &&
    standing.price_version === money.price_version &&
    standing.total === money.total &&
    AMOUNTS.every((column) => standing[column] === money[column]) &&
    (standing.lines === money.lines || canonical(standing.lines) === canonical(money.lines))
  );
}

/** Lines stored by earlier versions have their members in another order, or lack one that is null now. */
function canonical(lines: string): string {
  return JSON.stringify(JSON.parse(lines), (_, item: unknown) =>
    item !== null && typeof item === 'object' && !Array.isArray(item)
      ? Object.fromEntries(
          Object.entries(item)
            .filter(([, value]) => value !== null)
            .sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : item,
  );
}
