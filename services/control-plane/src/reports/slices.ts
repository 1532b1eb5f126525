import { bucketStarts } from '@weir/clickhouse';
import type { ReportInterval } from '@weir/prisma';

/** A part of the range that is read by one question, UTC epoch ms, `[from, to)`. */
export interface Slice {
  readonly from: number;
  readonly to: number;
}

export interface Sliced {
  readonly from: number;
  readonly to: number;
  readonly interval: ReportInterval;
  readonly timeZone: string;
}

/** Days of a slice where rows are hours. */
const DAYS_A_SLICE = 7;
/** More than the longest range has. */
const MAX_DAYS = 20_000;

/**
 * Weeks where rows are hours, months where they are days or months: what is read again after a crash stays small, and no
 * bucket lies in two slices. A total is one bucket, so one slice.
 */
export function slicesOf({ from, to, interval, timeZone }: Sliced): readonly Slice[] {
  if (interval === 'total') return [{ from, to }];
  const [first, ...inside] =
    interval === 'hour'
      ? bucketStarts({ from, to }, 'day', timeZone, MAX_DAYS).filter((_, day) => day % DAYS_A_SLICE === 0)
      : bucketStarts({ from, to }, 'month', timeZone, MAX_DAYS);
  if (first === undefined) return [];
  const cuts = [from, ...inside, to];
  return inside.concat(to).map((end, index) => ({ from: cuts[index] as number, to: end }));
}
