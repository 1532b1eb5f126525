import { fromWall, wallOf } from '../../../../zone';
import { LONGEST_MS } from '../range';

/** The value of a `datetime-local` field, as clocks of the zone show it. */
export const toInput = (date: Date, zone: string): string =>
  new Date(wallOf(date.getTime(), zone)).toISOString().slice(0, 16);

/** null while the field holds no whole date and time. */
export function fromInput(text: string, zone: string): Date | null {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text)) return null;
  const wall = Date.parse(`${text.slice(0, 16)}:00Z`);
  return Number.isNaN(wall) ? null : new Date(fromWall(wall, zone));
}

/** What is wrong with a range as typed; null when it can be shown. */
export function customProblem(from: string, to: string, zone: string): string | null {
  const [start, end] = [fromInput(from, zone), fromInput(to, zone)];
  if (!start || !end) return 'Enter both dates.';
  if (start >= end) return 'The end must come after the start.';
  if (end.getTime() - start.getTime() > LONGEST_MS) return `Choose at most ${LONGEST_MS / 86_400_000} days.`;
  return null;
}
