import type { Scope } from '@weir/clickhouse';
import { InputError } from '../platform/errors.js';
import type { Interval } from './enums.js';
import type { TimeRange } from './usage.inputs.js';

const DAY_MS = 86_400_000;
const MAX_DAYS = 400;
/** By the hour: one value an hour and group must stay readable and cheap. */
const MAX_DAYS_BY_HOUR = 62;

/** Calls that began in `[from, to)`. @throws InputError on `range` */
export function toScope(projectId: string, range: TimeRange, interval: Interval = 'day'): Scope {
  const [from, to] = [range.from.getTime(), range.to.getTime()];
  if (from >= to) {
    throw new InputError('RANGE_INVALID', 'The range must begin before it ends.', 'range');
  }
  const maxDays = interval === 'hour' ? MAX_DAYS_BY_HOUR : MAX_DAYS;
  if (to - from > maxDays * DAY_MS) {
    const remedy = interval === 'hour' ? `; for more, choose days as the interval` : '';
    throw new InputError('RANGE_TOO_LONG', `Choose a range of at most ${maxDays} days${remedy}.`, 'range');
  }
  return { projectId, from, to };
}
