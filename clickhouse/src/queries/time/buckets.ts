import { WeirError } from '@weir/contracts';
import { changeBetween, offsetAt } from './zone.js';

export const INTERVALS = ['hour', 'day', 'month'] as const;
export type Interval = (typeof INTERVALS)[number];

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** A chart of more is unreadable; a report has room for every hour of the longest range. */
export const MAX_BUCKETS = 2_000;

/**
 * Starts of the hours, days or months of a zone that `[from, to)` touches, UTC epoch ms; the first may lie before `from`.
 * Where clocks skip midnight, a day starts with its first instant. @throws WeirError `RANGE_TOO_LONG`, `TIME_ZONE_UNKNOWN`
 */
export function bucketStarts(
  { from, to }: { readonly from: number; readonly to: number },
  interval: Interval,
  timeZone = 'UTC',
  most = MAX_BUCKETS,
): number[] {
  const starts: number[] = [];
  for (let start = startOf(from, interval, timeZone); start < to; start = next(start, interval, timeZone)) {
    if (starts.length === most) {
      throw new WeirError('RANGE_TOO_LONG', `at most ${most} ${interval}s can be shown at once`);
    }
    starts.push(start);
  }
  return starts;
}

function startOf(instantMs: number, interval: Interval, timeZone: string): number {
  if (interval === 'hour') {
    const offset = offsetAt(instantMs, timeZone);
    const start = Math.floor((instantMs + offset) / HOUR_MS) * HOUR_MS - offset;
    return offsetAt(start, timeZone) === offset ? start : changeBetween(start, instantMs, timeZone);
  }
  const local = new Date(instantMs + offsetAt(instantMs, timeZone));
  const [year, month, day] = [local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate()];
  return firstOf(Date.UTC(year, month, interval === 'month' ? 1 : day), timeZone);
}

function next(start: number, interval: Interval, timeZone: string): number {
  const offset = offsetAt(start, timeZone);
  if (interval === 'hour') {
    const end = Math.floor((start + offset) / HOUR_MS) * HOUR_MS + HOUR_MS - offset;
    return offsetAt(end - 1, timeZone) === offset ? end : changeBetween(start, end, timeZone);
  }
  const local = new Date(start + offset);
  const [year, month, day] = [local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate()];
  return firstOf(interval === 'month' ? Date.UTC(year, month + 1, 1) : Date.UTC(year, month, day + 1), timeZone);
}

/** The first instant at which the clocks of the zone show a date, given as the midnight of UTC with that date. */
function firstOf(midnight: number, timeZone: string): number {
  const before = offsetAt(midnight - DAY_MS, timeZone);
  const after = offsetAt(midnight + DAY_MS, timeZone);
  const candidate = midnight - before;
  if (before === after || offsetAt(candidate, timeZone) === before) return candidate;
  // Clocks have changed by then: the new offset tells, unless midnight was skipped.
  const change = changeBetween(midnight - DAY_MS, midnight + DAY_MS, timeZone);
  return Math.max(midnight - after, change);
}
