import { EARLIEST_MS } from '@weir/clickhouse';
import { InputError } from '../platform/errors.js';

/** As long as the rows of calls are kept; older ones cannot be rated again. */
const MAX_MONTHS = 25;

/** Calls that began in `[from, to)`; an end in the future becomes now. @throws InputError `RANGE_INVALID`, `RANGE_TOO_LONG` */
export function parseRange(from: Date, to: Date, nowMs: number): { readonly from: Date; readonly to: Date } {
  const end = new Date(Math.min(to.getTime(), nowMs));
  if (from.getTime() < EARLIEST_MS) throw new InputError('RANGE_INVALID', 'There are no calls before 2020.', 'from');
  if (from >= to) throw new InputError('RANGE_INVALID', 'The range must begin before it ends.', 'to');
  if (from >= end) throw new InputError('RANGE_INVALID', 'The range must begin in the past.', 'from');
  const longest = new Date(from);
  longest.setUTCMonth(longest.getUTCMonth() + MAX_MONTHS);
  if (end > longest) {
    throw new InputError('RANGE_TOO_LONG', `Choose a range of at most ${MAX_MONTHS} months.`, 'to');
  }
  return { from, to: end };
}
