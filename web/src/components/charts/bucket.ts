import { fromWall } from '../../zone';

export type BucketInterval = 'hour' | 'day' | 'month';

const HOUR_MS = 3_600_000;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (value: number) => value.toString().padStart(2, '0');

interface Clock {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** `UTC`, `UTC+1`, `UTC+5:45`. */
  readonly offset: string;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatFor(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
      timeZoneName: 'shortOffset',
    });
    formats.set(timeZone, format);
  }
  return format;
}

/** What a clock in the zone shows. @throws RangeError for a zone that does not exist */
function clockAt(at: string | number, timeZone: string): Clock {
  const parts = new Map(
    formatFor(timeZone)
      .formatToParts(new Date(at))
      .map(({ type, value }) => [type, value]),
  );
  const read = (type: Intl.DateTimeFormatPartTypes) => Number(parts.get(type));
  return {
    year: read('year'),
    month: read('month'),
    day: read('day'),
    hour: read('hour'),
    minute: read('minute'),
    second: read('second'),
    offset: (parts.get('timeZoneName') ?? 'GMT').replace('GMT', 'UTC').replace(/\+0$/, ''),
  };
}

/** Where a bucket that begins at `start` ends: an hour later, or when the zone's next day or month begins. */
export function endOf(start: string, interval: BucketInterval, timeZone: string): string {
  if (interval === 'hour') return new Date(Date.parse(start) + HOUR_MS).toISOString();
  const { year, month, day } = clockAt(start, timeZone);
  const date = interval === 'day' ? Date.UTC(year, month - 1, day + 1) : Date.UTC(year, month, 1);
  return new Date(fromWall(date, timeZone)).toISOString();
}

/** Axis label: `21 Nov`, `14:00` within a day, `Nov` (`Jan 2026` where the year begins). */
export function tickOf(start: string, interval: BucketInterval, timeZone: string): string {
  const { year, month, day, hour, minute } = clockAt(start, timeZone);
  const name = MONTHS[month - 1];
  if (interval === 'month') return month === 1 ? `${name} ${year}` : `${name}`;
  if (interval === 'day' || (hour === 0 && minute === 0)) return `${day} ${name}`;
  return `${two(hour)}:${two(minute)}`;
}

/** Steps between named hours at which every midnight is among them, and from a day on nothing else. */
const HOUR_STEPS = [1, 2, 3, 4, 6, 12, 24, 48, 72, 168, 336, 720];

/** Which buckets the axis names, at most so many: hours at even times of the day, beyond a day's step only the days. */
export function named(
  buckets: readonly string[],
  interval: BucketInterval,
  timeZone: string,
  room: number,
): { index: number; text: string }[] {
  const [first] = buckets;
  if (first === undefined) return [];
  const least = Math.ceil(buckets.length / room);
  if (interval !== 'hour') {
    return every(buckets.length, 0, least).map((index) => ({
      index,
      text: tickOf(buckets[index] as string, interval, timeZone),
    }));
  }
  const step = HOUR_STEPS.find((hours) => hours >= least) ?? least;
  const start = (24 - clockAt(first, timeZone).hour) % Math.min(step, 24);
  return every(buckets.length, start, step).map((index) => ({
    index,
    text: tickOf(buckets[index] as string, step < 24 ? 'hour' : 'day', timeZone),
  }));
}

function every(count: number, start: number, step: number): number[] {
  return Array.from({ length: Math.max(0, Math.ceil((count - start) / step)) }, (_, index) => start + index * step);
}

/**
 * The whole of a bucket in words, zone included: `21 Nov 2026 UTC`, `21 Nov 2026, Europe/Berlin`,
 * `21 Nov 2026, 14:00 to 15:00 UTC+1`.
 */
export function labelOf(start: string, interval: BucketInterval, timeZone: string): string {
  const from = clockAt(start, timeZone);
  const month = `${MONTHS[from.month - 1]} ${from.year}`;
  const zone = timeZone === 'UTC' ? ' UTC' : `, ${timeZone}`;
  if (interval === 'month') return `${month}${zone}`;
  if (interval === 'day') return `${from.day} ${month}${zone}`;
  const to = clockAt(endOf(start, interval, timeZone), timeZone);
  const turned = from.offset === to.offset ? '' : ` ${from.offset}`;
  return `${from.day} ${month}, ${timeOf(from)}${turned} to ${timeOf(to)} ${to.offset}`;
}

const timeOf = ({ hour, minute, second }: Clock) =>
  `${two(hour)}:${two(minute)}${second === 0 ? '' : `:${two(second)}`}`;

/** `21 Nov 2026, 14:20 UTC+1`; with seconds where there are any. */
export function momentOf(at: string, timeZone: string): string {
  const clock = clockAt(at, timeZone);
  return `${clock.day} ${MONTHS[clock.month - 1]} ${clock.year}, ${timeOf(clock)} ${clock.offset}`;
}

/** As it would stand in a spreadsheet: `2026-11-21 14:00 UTC+1`. */
export function stampOf(at: string, timeZone: string): string {
  const clock = clockAt(at, timeZone);
  return `${clock.year}-${two(clock.month)}-${two(clock.day)} ${timeOf(clock)} ${clock.offset}`;
}
