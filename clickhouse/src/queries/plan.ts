import { WeirError } from '@weir/contracts';
import { clamp, type Scope } from '../scope.js';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/**
 * What a range is read from: UTC days, hours of days that the range cuts or that several buckets begin in, single rows for
 * hours that are cut. Every instant of the range is in exactly one of the three. A day that one bucket begins in is counted
 * where most of it belongs; what belongs to the other side is read once more, to be moved. UTC epoch ms.
 */
export interface Plan {
  readonly from: number;
  readonly to: number;
  /** Days from the first to the last that is touched, but for those cut; null = there is none. */
  readonly days: (Part & { readonly moved: Moved | null }) | null;
  /** Whole hours of cut days, but for those cut. */
  readonly hours: (Part & { readonly inDays: readonly number[] | null }) | null;
  /** Cut hours; `null` in `inHours` = every hour of the range. */
  readonly rows: { readonly inHours: readonly number[] | null; readonly hours: number } | null;
}

/** Hours to be taken from the bucket of their day to their own; of cut hours, each row by itself. Starts. */
export interface Moved {
  readonly hours: readonly number[];
  readonly cutHours: readonly number[];
  /** Which instant of a day stands for it, from its start: one that is in the bucket it is counted in. */
  readonly anchorMs: number;
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
  const apartDays = apart.map((hour) => startOf(hour, DAY_MS));
  const halved = coarsest === 'day' ? halvedDays(cuts, [startOf(from, DAY_MS), startOf(to, DAY_MS), ...apartDays]) : [];
  const isHalved = new Set(halved.map((cut) => startOf(cut, DAY_MS)));
  const isApart = (instantMs: number) => !isHalved.has(startOf(instantMs, DAY_MS));
  const cutHours = [...new Set([...cutBy(cuts.filter(isApart), HOUR_MS), ...apart])];
  const cutDays = [...new Set([...cutBy(cuts.filter(isApart), DAY_MS), ...apartDays])];
  const hasDays = coarsest === 'day' && cutDays.length < (endOfDays - firstDay) / DAY_MS;
  const inDays = hasDays ? cutDays : null;
  const hoursToRead = inDays
    ? hoursIn(inDays, firstHour, endOfHours) - cutHours.length
    : (endOfHours - firstHour) / HOUR_MS - cutHours.length;
  return {
    from,
    to,
    days: hasDays ? { from: firstDay, to: endOfDays, except: cutDays, moved: movedOf(halved) } : null,
    hours: hoursToRead > 0 ? { from: firstHour, to: endOfHours, except: cutHours, inDays } : null,
    rows:
      cutHours.length > 0
        ? { inHours: cutHours.length === (endOfHours - firstHour) / HOUR_MS ? null : cutHours, hours: cutHours.length }
        : null,
  };
}

/** Starts of the units that have a cut inside them. */
function cutBy(cuts: readonly number[], unitMs: number): number[] {
  return [...new Set(cuts.filter((cut) => cut % unitMs !== 0).map((cut) => startOf(cut, unitMs)))];
}

/** Cuts that are alone in their day, but for some days. */
function halvedDays(cuts: readonly number[], exceptDays: readonly number[]): number[] {
  const byDay = new Map<number, number[]>();
  for (const cut of cuts) {
    if (cut % DAY_MS === 0) continue;
    const day = startOf(cut, DAY_MS);
    byDay.set(day, [...(byDay.get(day) ?? []), cut]);
  }
  for (const day of exceptDays) byDay.delete(day);
  return [...byDay.values()].flatMap((inDay) => (inDay.length === 1 ? inDay : []));
}

/** Days are counted in the bucket of their first or of their last second, whichever leaves less to move. */
function movedOf(cuts: readonly number[]): Moved | null {
  if (cuts.length === 0) return null;
  const before = cuts.reduce((sum, cut) => sum + (cut % DAY_MS), 0);
  const countedFirst = before > (cuts.length * DAY_MS) / 2;
  const hours = cuts.flatMap((cut) => {
    const day = startOf(cut, DAY_MS);
    const [from, to] = countedFirst ? [Math.ceil(cut / HOUR_MS) * HOUR_MS, day + DAY_MS] : [day, startOf(cut, HOUR_MS)];
    return Array.from({ length: (to - from) / HOUR_MS }, (_, index) => from + index * HOUR_MS);
  });
  return { hours, cutHours: cutBy(cuts, HOUR_MS), anchorMs: countedFirst ? 0 : DAY_MS - 1_000 };
}

const startOf = (instantMs: number, unitMs: number) => Math.floor(instantMs / unitMs) * unitMs;

function hoursIn(days: readonly number[], from: number, to: number): number {
  return days.reduce((sum, day) => sum + (Math.min(day + DAY_MS, to) - Math.max(day, from)) / HOUR_MS, 0);
}
