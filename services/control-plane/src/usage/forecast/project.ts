import { median, slopeOf, spreadAround } from '../statistics/robust.js';

/** A whole day of the past, in USD. `weekday` 0 to 6. */
export interface KnownDay {
  readonly weekday: number;
  readonly spend: number;
}

/** A day still to come, or its rest: `share` of it is left. */
export interface DayAhead {
  readonly weekday: number;
  /** 0 to 1 */
  readonly share: number;
}

export interface Band {
  readonly low: number;
  readonly expected: number;
  readonly high: number;
}

export interface Projection {
  readonly days: readonly Band[];
  /** Of all days together: narrower than the sum of their bands, since days err in both directions. */
  readonly total: Band;
}

export const MIN_DAYS = 3;
/** Eight weeks: long enough for every weekday, short enough to be about now. */
export const MAX_DAYS = 56;
const DAYS_FOR_WEEKDAYS = 14;
const DAYS_OF_LEVEL = 21;
const DAYS_OF_TREND = 28;
/** Half of a normal distribution's middle 80 %, in standard deviations. */
const Z_80 = 1.2816;
/** How much less a median of n values knows than their mean. */
const MEDIAN_LOSS = 1.2533;

export const METHOD =
  'Daily spend of up to 56 whole days before today: each weekday has a factor (the median of its days by the median of the ' +
  'week around them, from 14 days on), the level is the median of the last 21 days without that factor, and a trend ' +
  '(median of all slopes over 28 days) is followed only where it stands out from the scatter. Medians keep single wild days from ' +
  'moving it. The band holds 80 of 100 outcomes if the days ahead scatter around it like the days known (median distance from the ' +
  'fit, and what level, weekdays and trend themselves may be off). What is spent so far is exact. Calls without a known price are in none of it.';

/** @param known oldest first, the last one is yesterday @returns null of fewer than 3 days */
export function project(known: readonly KnownDay[], ahead: readonly DayAhead[]): Projection | null {
  const recent = known.slice(-MAX_DAYS);
  if (recent.length < MIN_DAYS) return null;
  const factors = weekdayFactors(recent);
  const fitted = fit(recent, factors);
  const weeks = recent.length < DAYS_FOR_WEEKDAYS ? Number.POSITIVE_INFINITY : recent.length / 7;
  const days = ahead.map(({ weekday, share }, index): Ahead => {
    const weight = share * (factors[weekday] ?? 1);
    const steps = index + 1;
    return { weekday, share, weight, steps, expected: weight * Math.max(0, fitted.level + fitted.slope * steps) };
  });
  return { days: days.map((day) => bandOf([day], fitted, weeks)), total: bandOf(days, fitted, weeks) };
}

interface Ahead extends DayAhead {
  /** Its factor, by the share of it that is left. */
  readonly weight: number;
  readonly steps: number;
  readonly expected: number;
}

/** Own scatter of each day, and what is common to them: the level, their weekday's factor, the trend. */
function bandOf(days: readonly Ahead[], { sigma, slopeSigma, days: known }: Fit, weeks: number): Band {
  const sum = (of: (day: Ahead) => number) => days.reduce((total, day) => total + of(day), 0);
  const weekdays = Array.from({ length: 7 }, (_, weekday) => sum((day) => (day.weekday === weekday ? day.weight : 0)));
  const half = Math.hypot(
    sigma * Math.sqrt(sum(({ weight, share }) => (share > 0 ? weight ** 2 / share : 0))),
    ((MEDIAN_LOSS * sigma) / Math.sqrt(known)) * sum(({ weight }) => weight),
    ((MEDIAN_LOSS * sigma) / Math.sqrt(weeks)) * Math.hypot(...weekdays),
    // The trend turns about the middle of the days it was read from.
    slopeSigma * sum(({ weight, steps }) => weight * (steps + DAYS_OF_TREND / 2)),
  );
  // Few days know little of their own scatter.
  const wide = Z_80 * (1 + 4 / known) * half;
  const expected = sum((day) => day.expected);
  return { low: Math.max(0, expected - wide), expected, high: expected + wide };
}

/** How a weekday compares with the week around it; 1 for all while there are fewer than two weeks. */
function weekdayFactors(known: readonly KnownDay[]): readonly number[] {
  const ratios: number[][] = Array.from({ length: 7 }, () => []);
  if (known.length >= DAYS_FOR_WEEKDAYS) {
    known.forEach(({ weekday, spend }, index) => {
      const from = Math.min(Math.max(0, index - 3), known.length - 7);
      const week = known.slice(from, from + 7).map((day) => day.spend);
      const usual = median(week) || week.reduce((sum, value) => sum + value, 0) / 7;
      if (usual > 0) ratios[weekday]?.push(spend / usual);
    });
  }
  return ratios.map((of) => (of.length === 0 ? 1 : median(of)));
}

interface Fit {
  /** Of today, a day after the last known one being one step; without weekday factors. */
  readonly level: number;
  /** A day. */
  readonly slope: number;
  /** Of days around the fit, without weekday factors. */
  readonly sigma: number;
  /** What the slope may be off; 0 = no trend is followed. */
  readonly slopeSigma: number;
  /** How many the level is made of. */
  readonly days: number;
}

interface Point {
  /** Days before yesterday, 0 and below. */
  readonly x: number;
  readonly y: number;
}

function fit(known: readonly KnownDay[], factors: readonly number[]): Fit {
  const last = known.length - 1;
  const even = known.flatMap(({ weekday, spend }, index): Point[] => {
    const factor = factors[weekday] ?? 1;
    return factor > 0 ? [{ x: index - last, y: spend / factor }] : [];
  });
  const recent = even.filter(({ x }) => x > -DAYS_OF_TREND);
  const level = levelOf(recent, 0);
  const flat: Fit = { level, slope: 0, sigma: scatterOf(recent, level, 0), slopeSigma: 0, days: daysOf(recent) };
  if (recent.length < DAYS_FOR_WEEKDAYS) return flat;
  const slope = slopeOf(recent);
  const rising = levelOf(recent, slope);
  const sigma = scatterOf(recent, rising, slope);
  const slopeSigma = slopeError(sigma, recent.length);
  return Math.abs(slope) > 2 * slopeSigma ? { level: rising, slope, sigma, slopeSigma, days: flat.days } : flat;
}

const daysOf = (points: readonly Point[]): number => Math.max(1, Math.min(points.length, DAYS_OF_LEVEL));

/** Of a line through n even steps: sigma by the root of the sum of squared distances from their middle. */
function slopeError(sigma: number, steps: number): number {
  return sigma / Math.sqrt((steps * (steps * steps - 1)) / 12);
}

function levelOf(points: readonly Point[], slope: number): number {
  const recent = points.slice(-DAYS_OF_LEVEL).map(({ x, y }) => y - slope * x);
  return recent.length === 0 ? 0 : median(recent);
}

function scatterOf(points: readonly Point[], level: number, slope: number): number {
  if (points.length === 0) return 0;
  const errors = points.map(({ x, y }) => y - Math.max(0, level + slope * x));
  const spread = spreadAround(errors, 0);
  // Where more than half of the days are alike, the others say how far it can be off.
  return spread > 0 ? spread : errors.reduce((sum, error) => sum + Math.abs(error), 0) / errors.length;
}
