import { day } from '../../../format';
import { addDays, addMonths, startOfDay, startOfHour, startOfMonth, wallOf } from '../../../zone';

export const PRESETS = ['24h', '7d', '14d', '30d', '90d', 'mtd', 'last_month', 'qtd', 'ytd', 'custom'] as const;
export type Preset = (typeof PRESETS)[number];
export const PRESET_LABELS: Record<Preset, string> = {
  '24h': 'Last 24 hours',
  '7d': 'Last 7 days',
  '14d': 'Last 14 days',
  '30d': 'Last 30 days',
  '90d': 'Last 90 days',
  mtd: 'Month to date',
  last_month: 'Last month',
  qtd: 'Quarter to date',
  ytd: 'Year to date',
  custom: 'Custom range',
};

export type Bucket = 'hour' | 'day' | 'month';

/** Half-open `[from, to)`. It may begin and end anywhere: the first and the last bucket are cut by it. */
export interface Range {
  readonly from: Date;
  readonly to: Date;
  readonly interval: Bucket;
  /** Ends with the hour under way, so that it goes on with the clock. */
  readonly untilNow: boolean;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Up to here a chart has hours; beyond, days. */
const HOURLY_UP_TO_MS = 2 * DAY_MS + HOUR_MS;
/** A quarter has days; beyond, months. */
const DAILY_UP_TO_MS = 100 * DAY_MS;
/** Longer custom ranges are cut at their start: 400 days are what can be asked for. */
export const LONGEST_MS = 399 * DAY_MS;
const PRESET_DAYS: Partial<Record<Preset, number>> = { '7d': 7, '14d': 14, '30d': 30, '90d': 90 };

interface Custom {
  readonly start: Date | null;
  readonly end: Date | null;
}

/**
 * The window a preset means at `now`, up to the end of the hour that is under way; days and months are those of the zone.
 * A custom range without both ends, or with them the wrong way round, falls back to the last 7 days.
 */
export function resolveRange(preset: Preset, custom: Custom, now: Date, zone = 'UTC'): Range {
  const nowMs = now.getTime();
  const toMs = startOfHour(nowMs, zone) + HOUR_MS;
  if (preset === 'custom') {
    const { start, end } = custom;
    if (!start || !end || !(start.getTime() < end.getTime())) return resolveRange('7d', custom, now, zone);
    return rangeOf(Math.max(start.getTime(), end.getTime() - LONGEST_MS), end.getTime());
  }
  if (preset === 'last_month') return rangeOf(startOfMonth(nowMs, zone, -1), startOfMonth(nowMs, zone), 'day');
  const from: Partial<Record<Preset, () => number>> = {
    '24h': () => toMs - DAY_MS,
    mtd: () => startOfMonth(nowMs, zone),
    qtd: () => startOfMonth(nowMs, zone, -(monthOf(nowMs, zone) % 3)),
    ytd: () => startOfMonth(nowMs, zone, -monthOf(nowMs, zone)),
  };
  const fromMs = from[preset]?.() ?? addDays(startOfDay(nowMs, zone), 1 - (PRESET_DAYS[preset] ?? 7), zone);
  return { ...rangeOf(fromMs, toMs), untilNow: true };
}

const monthOf = (ms: number, zone: string) => new Date(wallOf(ms, zone)).getUTCMonth();

function rangeOf(fromMs: number, toMs: number, interval = intervalOf(toMs - fromMs)): Range {
  return { from: new Date(fromMs), to: new Date(toMs), interval, untilNow: false };
}

function intervalOf(spanMs: number): Bucket {
  if (spanMs <= HOURLY_UP_TO_MS) return 'hour';
  return spanMs <= DAILY_UP_TO_MS ? 'day' : 'month';
}

export interface Span {
  readonly from: Date;
  readonly to: Date;
}

/**
 * What a range is compared with: the same part of the month, quarter or year before, whole months with as many whole
 * months, days with as many days at the same times, else the time just before it that is as long.
 */
export function previousOf(preset: Preset, { from, to }: Span, zone = 'UTC'): Span {
  const [fromMs, toMs] = [from.getTime(), to.getTime()];
  const months = { mtd: 1, qtd: 3, ytd: 12, last_month: 1 }[preset as string] ?? wholeMonths(fromMs, toMs, zone);
  const shifted = (shift: (ms: number) => number): Span => ({
    from: new Date(shift(fromMs)),
    to: new Date(Math.min(Math.max(shift(toMs), shift(fromMs) + 1), fromMs)),
  });
  if (months) return shifted((ms) => addMonths(ms, -months, zone));
  if (startOfDay(fromMs, zone) !== fromMs) return shifted((ms) => ms - (toMs - fromMs));
  const days = Math.ceil((wallOf(toMs, zone) - wallOf(fromMs, zone)) / DAY_MS);
  return shifted((ms) => addDays(ms, -days, zone));
}

/** How many calendar months a span is exactly; 0 when it is not. */
function wholeMonths(fromMs: number, toMs: number, zone: string): number {
  if (startOfMonth(fromMs, zone) !== fromMs || startOfMonth(toMs, zone) !== toMs) return 0;
  const [first, last] = [new Date(wallOf(fromMs, zone)), new Date(wallOf(toMs, zone))];
  return (last.getUTCFullYear() - first.getUTCFullYear()) * 12 + last.getUTCMonth() - first.getUTCMonth();
}

const two = (value: number) => value.toString().padStart(2, '0');

/** `14 Nov 2026 – 20 Nov 2026`; with times where it does not begin and end with days, or is shorter than two. */
export function spanText({ from, to, untilNow = false }: Span & { untilNow?: boolean }, zone = 'UTC'): string {
  const [fromMs, toMs] = [from.getTime(), to.getTime()];
  const [first, end] = [new Date(wallOf(fromMs, zone)), new Date(wallOf(toMs, zone))];
  const isWhole = fromMs === startOfDay(fromMs, zone) && (untilNow || toMs === startOfDay(toMs, zone));
  if (!isWhole || toMs - fromMs <= HOURLY_UP_TO_MS) {
    if (fromMs === startOfDay(fromMs, zone) && toMs === addDays(fromMs, 1, zone)) return day(first);
    const withYear = toMs - fromMs > HOURLY_UP_TO_MS;
    return `${timeText(first, withYear)} – ${timeText(end, withYear)}`;
  }
  const last = new Date(end.getTime() - 1);
  return day(first) === day(last) ? day(first) : `${day(first)} – ${day(last)}`;
}

const timeText = (wall: Date, withYear: boolean) =>
  `${withYear ? day(wall) : day(wall).replace(/ \d{4}$/, '')}, ${two(wall.getUTCHours())}:${two(wall.getUTCMinutes())}`;

/** `14 Nov 2026 – 20 Nov 2026, by day, UTC`: what a chart's subtitle says. */
export function describeRange(range: Range, zone = 'UTC'): string {
  return `${spanText(range, zone)}, by ${range.interval}, ${zone}`;
}

/** The window of every “7 d” column, ready for a query. */
export function lastSevenDays(now: Date): { from: string; to: string } {
  const { from, to } = resolveRange('7d', { start: null, end: null }, now);
  return { from: from.toISOString(), to: to.toISOString() };
}
