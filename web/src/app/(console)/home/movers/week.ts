import type { Range } from '../ranges';

const DAY_MS = 86_400_000;
const WEEK_DAYS = 7;

/** The last seven whole UTC days and the seven before them. A day that is under way would look like a fall. */
export function weeksAt(nowMs: number): { readonly after: Range; readonly before: Range } {
  const today = Math.floor(nowMs / DAY_MS) * DAY_MS;
  const weekTo = (toMs: number): Range => ({
    from: new Date(toMs - WEEK_DAYS * DAY_MS).toISOString(),
    to: new Date(toMs).toISOString(),
  });
  return { after: weekTo(today), before: weekTo(today - WEEK_DAYS * DAY_MS) };
}
