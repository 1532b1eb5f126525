/** Wall-clock arithmetic in any IANA time zone; days there may have 23 or 25 hours. */
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const formats = new Map<string, Intl.DateTimeFormat>();

/** @throws RangeError when there is no such zone */
function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' },
    era: 'short',
  });
  formats.set(zone, format);
  return format;
}

/** A name that the browser knows, for example `Europe/Berlin`; offsets such as `+02:00` are none. */
export function isZone(zone: string): boolean {
  if (zone !== 'UTC' && !/^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)+$/.test(zone)) return false;
  try {
    formatOf(zone);
    return true;
  } catch {
    // The browser's way to say that it knows no such zone.
    return false;
  }
}

/** What a clock in the zone shows, as if that were UTC. */
export function wallOf(ms: number, zone: string): number {
  if (zone === 'UTC') return ms;
  const parts: Record<string, string> = {};
  for (const { type, value } of formatOf(zone).formatToParts(ms)) parts[type] = value;
  const read = (name: string) => Number(parts[name]);
  const wall = Date.UTC(read('year'), read('month') - 1, read('day'), read('hour'), read('minute'), read('second'));
  return wall + (((ms % 1_000) + 1_000) % 1_000);
}

/** The moment a clock in the zone shows this; where it is skipped, the moment the clock jumps. Twice shown: the first. */
export function fromWall(wall: number, zone: string): number {
  if (zone === 'UTC') return wall;
  const offsets = [wall - DAY_MS, wall + DAY_MS].map((near) => wallOf(near, zone) - near);
  const fitting = offsets.map((offset) => wall - offset).filter((ms) => wallOf(ms, zone) === wall);
  if (fitting.length > 0) return Math.min(...fitting);
  return jumpBefore(wall, Math.min(...offsets.map((offset) => wall - offset)), zone);
}

/** The first moment whose wall clock is past a skipped time, to the minute. */
function jumpBefore(wall: number, startMs: number, zone: string): number {
  let [low, high] = [Math.floor(startMs / 60_000) - 180, Math.floor(startMs / 60_000) + 180];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (wallOf(middle * 60_000, zone) >= wall) high = middle;
    else low = middle + 1;
  }
  return low * 60_000;
}

export function startOfHour(ms: number, zone: string): number {
  const offset = wallOf(ms, zone) - ms;
  return Math.floor((ms + offset) / HOUR_MS) * HOUR_MS - offset;
}

export function startOfDay(ms: number, zone: string): number {
  return fromWall(Math.floor(wallOf(ms, zone) / DAY_MS) * DAY_MS, zone);
}

/** @param monthsOn 0 = the month it lies in */
export function startOfMonth(ms: number, zone: string, monthsOn = 0): number {
  const wall = new Date(wallOf(ms, zone));
  return fromWall(Date.UTC(wall.getUTCFullYear(), wall.getUTCMonth() + monthsOn, 1), zone);
}

/** The same time of day some days later or earlier. */
export function addDays(ms: number, days: number, zone: string): number {
  return fromWall(wallOf(ms, zone) + days * DAY_MS, zone);
}

/** The same day and time some months later or earlier; the 31st becomes the last day of a shorter month. */
export function addMonths(ms: number, months: number, zone: string): number {
  const wall = wallOf(ms, zone);
  const date = new Date(wall);
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months + 1, 0)).getUTCDate();
  const dayOf = Math.min(date.getUTCDate(), lastDay);
  const day = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, dayOf);
  return fromWall(day + (((wall % DAY_MS) + DAY_MS) % DAY_MS), zone);
}

/** Every zone the browser can name, UTC first. */
export function zoneNames(): string[] {
  return ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC' && isZone(zone))];
}

export function browserZone(): string {
  const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  return isZone(zone) ? zone : 'UTC';
}
