import type { ReportInterval } from '@weir/prisma';
import { startOfDay, wallClockMs } from './zone.js';

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

/**
 * Weeks where rows are hours, months where they are days or months: what is read again after a crash stays small, and no
 * bucket lies in two slices. A total is one bucket, so one slice.
 */
export function slicesOf({ from, to, interval, timeZone }: Sliced): readonly Slice[] {
  if (interval === 'total') return [{ from, to }];
  const slices: Slice[] = [];
  for (let start = from; start < to; ) {
    const end = Math.min(nextStart(start, interval, timeZone), to);
    slices.push({ from: start, to: end });
    start = end;
  }
  return slices;
}

const WEEK_MS = 7 * 86_400_000;

function nextStart(startMs: number, interval: ReportInterval, timeZone: string): number {
  const wall = new Date(wallClockMs(startMs, timeZone));
  const next =
    interval === 'hour' ? wall.getTime() + WEEK_MS : Date.UTC(wall.getUTCFullYear(), wall.getUTCMonth() + 1, 1);
  return startOfDay(next, timeZone);
}
