import type { Scope } from '@weir/clickhouse';
import { InputError } from '../platform/errors.js';
import type { Interval } from './enums.js';
import type { TimeRange } from './usage.inputs.js';

const DAY_MS = 86_400_000;
/** One value a bucket and group must stay readable and cheap; sums are cheap over any range. */
const MAX_DAYS: Readonly<Record<Interval | 'total', number>> = { hour: 62, day: 800, month: 3_660, total: 3_660 };
const COARSER: Readonly<Partial<Record<Interval | 'total', string>>> = { hour: 'days', day: 'months' };

/** Calls that began in `[from, to)`. @throws InputError on `field` */
export function toScope(
  projectId: string,
  range: TimeRange,
  interval: Interval | 'total' = 'total',
  field = 'range',
): Scope {
  const [from, to] = [range.from.getTime(), range.to.getTime()];
  if (from >= to) {
    throw new InputError('RANGE_INVALID', 'The range must begin before it ends.', field);
  }
  const maxDays = MAX_DAYS[interval];
  if (to - from > maxDays * DAY_MS) {
    const coarser = COARSER[interval];
    const remedy = coarser ? `; for more, choose ${coarser} as the interval` : '';
    throw new InputError('RANGE_TOO_LONG', `Choose a range of at most ${maxDays} days${remedy}.`, field);
  }
  return { projectId, from, to };
}
