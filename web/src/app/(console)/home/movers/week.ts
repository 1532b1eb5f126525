import { day } from '../../../../format';
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

/** `14 – 20 Nov 2026`: the last day of a range is the one it ends before. */
export function daysText({ from, to }: Range): string {
  const [first, last] = [day(from), day(new Date(Date.parse(to) - 1))];
  const [firstDay, firstMonth] = first.split(' ');
  const [, lastMonth, lastYear] = last.split(' ');
  if (!first.endsWith(lastYear ?? '')) return `${first} – ${last}`;
  return firstMonth === lastMonth ? `${firstDay} – ${last}` : `${firstDay} ${firstMonth} – ${last}`;
}
