import { WeirError } from '@weir/contracts';
import { clamp, type Scope } from '../scope.js';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/**
 * What a range is read from: UTC days where a bucket has all of one, hours where it has all of one, single rows for hours
 * that a bucket or the range cuts. Every instant of the range is in exactly one of the three. UTC epoch ms.
 */
export interface Plan {
  readonly from: number;
  readonly to: number;
  /** Days from the first to the last that is touched, but for those cut; null = there is none. */
  readonly days: Part | null;
  /** Whole hours of cut days, but for those cut. */
  readonly hours: (Part & { readonly inDays: readonly number[] | null }) | null;
  /** Cut hours; `null` in `inHours` = every hour of the range. */
  readonly rows: { readonly inHours: readonly number[] | null; readonly hours: number } | null;
}

interface Part {
  readonly from: number;
  readonly to: number;
  readonly except: readonly number[];
}

/**
 * @param starts of buckets, beside the ends of the range
 * @param nowMs a range that reaches to now has the hour under way as a whole
 * @param coarsest the coarsest sums that there are of what is read
 * @param rowHours starts of hours whose sums will not do, UTC epoch ms
 * @throws WeirError `RANGE_INVALID`
 */
export function planOf(
  scope: Scope,
  starts: readonly number[],
  nowMs: number,
  coarsest: 'day' | 'hour' = 'day',
  rowHours: readonly number[] = [],
): Plan {
  if (!(Number.isSafeInteger(scope.from) && Number.isSafeInteger(scope.to) && scope.from < scope.to)) {
    throw new WeirError('RANGE_INVALID', 'the range must begin before it ends');
  }
  const from = clamp(scope.from);
  const to = clamp(scope.to >= nowMs ? Math.ceil(scope.to / HOUR_MS) * HOUR_MS : scope.to);
  const cuts = [from, to, ...starts.filter((start) => start > from && start < to)];
  const [firstDay, endOfDays] = [Math.floor(from / DAY_MS) * DAY_MS, Math.ceil(to / DAY_MS) * DAY_MS];
  const [firstHour, endOfHours] = [Math.floor(from / HOUR_MS) * HOUR_MS, Math.ceil(to / HOUR_MS) * HOUR_MS];
  const apart = rowHours.filter((hour) => hour >= firstHour && hour < endOfHours);
  const cutHours = [...new Set([...cutBy(cuts, HOUR_MS), ...apart])];
  const cutDays = [...new Set([...cutBy(cuts, DAY_MS), ...apart.map((hour) => Math.floor(hour / DAY_MS) * DAY_MS)])];
  const hasDays = coarsest === 'day' && cutDays.length < (endOfDays - firstDay) / DAY_MS;
  const inDays = hasDays ? cutDays : null;
  const hoursToRead = inDays
    ? hoursIn(inDays, firstHour, endOfHours) - cutHours.length
    : (endOfHours - firstHour) / HOUR_MS - cutHours.length;
  return {
    from,
    to,
    days: hasDays ? { from: firstDay, to: endOfDays, except: cutDays } : null,
    hours: hoursToRead > 0 ? { from: firstHour, to: endOfHours, except: cutHours, inDays } : null,
    rows:
      cutHours.length > 0
        ? { inHours: cutHours.length === (endOfHours - firstHour) / HOUR_MS ? null : cutHours, hours: cutHours.length }
        : null,
  };
}

/** Starts of the units that have a cut inside them. */
function cutBy(cuts: readonly number[], unitMs: number): number[] {
  return [...new Set(cuts.filter((cut) => cut % unitMs !== 0).map((cut) => Math.floor(cut / unitMs) * unitMs))];
}

function hoursIn(days: readonly number[], from: number, to: number): number {
  return days.reduce((sum, day) => sum + (Math.min(day + DAY_MS, to) - Math.max(day, from)) / HOUR_MS, 0);
}
