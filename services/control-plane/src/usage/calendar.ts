import { bucketStarts } from '@weir/clickhouse';

const DAY_MS = 86_400_000;
const LONGEST_MONTH_MS = 32 * DAY_MS;
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** Days and the month that a zone's clocks are in; all times UTC epoch ms. */
export interface Calendar {
  readonly today: number;
  readonly tomorrow: number;
  readonly monthStart: number;
  readonly monthEnd: number;
}

export function calendarAt(nowMs: number, timeZone: string): Calendar {
  const [today = nowMs, tomorrow = nowMs + DAY_MS] = bucketStarts(
    { from: nowMs, to: nowMs + 2 * DAY_MS },
    'day',
    timeZone,
  );
  const [monthStart = nowMs, monthEnd = nowMs] = bucketStarts(
    { from: nowMs, to: nowMs + LONGEST_MONTH_MS },
    'month',
    timeZone,
  );
  return { today, tomorrow, monthStart, monthEnd };
}

/** Starts of the days that `[from, to)` touches. */
export function daysOf(from: number, to: number, timeZone: string): number[] {
  return from < to ? bucketStarts({ from, to }, 'day', timeZone) : [];
}

/** 0 = Sunday. */
export function weekdayOf(dayStart: number, timeZone: string): number {
  return WEEKDAYS.indexOf(new Intl.DateTimeFormat('en-US', { timeZone, weekday: 'short' }).format(dayStart));
}
