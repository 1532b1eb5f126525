export const PRESETS = ['24h', '7d', '14d', '30d', '90d', 'mtd', 'custom'] as const;
export type Preset = (typeof PRESETS)[number];
export const PRESET_LABELS: Record<Preset, string> = {
  '24h': 'Last 24 hours',
  '7d': 'Last 7 days',
  '14d': 'Last 14 days',
  '30d': 'Last 30 days',
  '90d': 'Last 90 days',
  mtd: 'Month to date',
  custom: 'Custom range',
};

export type Bucket = 'hour' | 'day';

/** Half-open `[from, to)`, both on a bucket's edge in UTC, so that every bucket shown is whole. */
export interface Range {
  readonly from: Date;
  readonly to: Date;
  readonly interval: Bucket;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Up to here a chart has hours; beyond, days. */
const HOURLY_UP_TO_MS = 2 * DAY_MS;
/** Longer custom ranges are cut at their start: with both ends widened to whole days, 400 is what can be asked for. */
export const LONGEST_MS = 399 * DAY_MS;
const PRESET_DAYS: Partial<Record<Preset, number>> = { '7d': 7, '14d': 14, '30d': 30, '90d': 90 };

const floor = (ms: number, unitMs: number) => Math.floor(ms / unitMs) * unitMs;
const ceil = (ms: number, unitMs: number) => Math.ceil(ms / unitMs) * unitMs;

/**
 * The window a preset means at `now`; the bucket that is still filling is included.
 * A custom range without both ends, or with them the wrong way round, falls back to the last 7 days.
 */
export function resolveRange(preset: Preset, custom: { start: Date | null; end: Date | null }, now: Date): Range {
  const nowMs = now.getTime();
  if (preset === 'custom') {
    const { start, end } = custom;
    if (!start || !end || !(start.getTime() < end.getTime())) return resolveRange('7d', custom, now);
    const fromMs = Math.max(start.getTime(), end.getTime() - LONGEST_MS);
    const isHourly = end.getTime() - fromMs <= HOURLY_UP_TO_MS;
    return alignedRange(fromMs, end.getTime(), isHourly ? 'hour' : 'day');
  }
  if (preset === '24h') return alignedRange(floor(nowMs, HOUR_MS) - 23 * HOUR_MS, nowMs + 1, 'hour');
  if (preset === 'mtd') return alignedRange(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1), nowMs + 1, 'day');
  const days = PRESET_DAYS[preset] ?? 7;
  return alignedRange(floor(nowMs, DAY_MS) - (days - 1) * DAY_MS, nowMs + 1, 'day');
}

function alignedRange(fromMs: number, toMs: number, interval: Bucket): Range {
  const unitMs = interval === 'hour' ? HOUR_MS : DAY_MS;
  return { from: new Date(floor(fromMs, unitMs)), to: new Date(ceil(toMs, unitMs)), interval };
}

const dayText = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
const timeText = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'UTC',
});

/** `14 Nov 2026 – 20 Nov 2026, by day, UTC`: what a chart's subtitle says. */
export function describeRange({ from, to, interval }: Range): string {
  if (interval === 'hour') return `${timeText.format(from)} – ${timeText.format(to)}, by hour, UTC`;
  const last = new Date(to.getTime() - 1);
  const first = dayText.format(from);
  const lastText = dayText.format(last);
  return `${first === lastText ? first : `${first} – ${lastText}`}, by day, UTC`;
}

/** The window of every “7 d” column, ready for a query. */
export function lastSevenDays(now: Date): { from: string; to: string } {
  const { from, to } = resolveRange('7d', { start: null, end: null }, now);
  return { from: from.toISOString(), to: to.toISOString() };
}
