import { day, minuteTime } from '../../../format';
import { monthName, monthOf, monthSpan } from './month';

const isMidnight = (at: Date) => at.getTime() % 86_400_000 === 0;

/**
 * A half-open range in the fewest words that are exact: `October 2026`, `1 Nov 2026 – 5 Nov 2026`, else both instants.
 * UTC is stated.
 */
export function spanText(fromText: string | Date, toText: string | Date): string {
  const [from, to] = [new Date(fromText), new Date(toText)];
  const month = monthSpan(monthOf(from));
  if (from.getTime() === month.from.getTime() && to.getTime() === month.to.getTime())
    return `${monthName(monthOf(from))}, UTC`;
  if (!isMidnight(from) || !isMidnight(to)) return `${minuteTime(from).replace(/ UTC$/, '')} – ${minuteTime(to)}`;
  const [first, last] = [day(from), day(new Date(to.getTime() - 1))];
  return `${first === last ? first : `${first} – ${last}`}, UTC`;
}
