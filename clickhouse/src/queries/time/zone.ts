import { WeirError } from '@weir/contracts';

const formats = new Map<string, Intl.DateTimeFormat>();

/** Milliseconds to add to an instant (UTC epoch ms) to read it on the clocks of the zone. @throws WeirError `TIME_ZONE_UNKNOWN` */
export function offsetAt(instantMs: number, timeZone: string): number {
  if (timeZone === 'UTC') return 0;
  const name = formatOf(timeZone)
    .formatToParts(instantMs)
    .find(({ type }) => type === 'timeZoneName')?.value;
  const found = /^GMT(?:([+-])(\d{2}):(\d{2})(?::(\d{2}))?)?$/.exec(name ?? '');
  if (!found) throw new WeirError('TIME_ZONE_UNKNOWN', `the offset of ${timeZone} is not understood`);
  const [, sign, hours = 0, minutes = 0, seconds = 0] = found;
  const size = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000;
  return sign === '-' ? -size : size;
}

/** The instant at which clocks change between two instants that differ in offset, to the second. */
export function changeBetween(earlierMs: number, laterMs: number, timeZone: string): number {
  const before = offsetAt(earlierMs, timeZone);
  let [low, high] = [Math.floor(earlierMs / 1_000), Math.ceil(laterMs / 1_000)];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle * 1_000, timeZone) === before) low = middle;
    else high = middle;
  }
  return high * 1_000;
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  try {
    const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
    formats.set(timeZone, format);
    return format;
  } catch (cause) {
    throw new WeirError('TIME_ZONE_UNKNOWN', 'there is no such time zone', { cause });
  }
}
