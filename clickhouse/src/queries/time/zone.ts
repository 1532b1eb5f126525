import { WeirError } from '@weir/contracts';

interface Zone {
  readonly format: Intl.DateTimeFormat;
  /** Offsets found, since open pages ask for the same days over and over. */
  readonly known: Map<number, number>;
}

const zones = new Map<string, Zone>();
const MOST_KNOWN = 20_000;

/** Milliseconds to add to an instant (UTC epoch ms) to read it on the clocks of the zone. @throws WeirError `TIME_ZONE_UNKNOWN` */
export function offsetAt(instantMs: number, timeZone: string): number {
  if (timeZone === 'UTC') return 0;
  const { format, known } = zoneOf(timeZone);
  const remembered = known.get(instantMs);
  if (remembered !== undefined) return remembered;
  const offset = parse(format.format(instantMs), timeZone);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(instantMs, offset);
  return offset;
}

/** `1/31/2026, GMT+05:30` */
function parse(shown: string, timeZone: string): number {
  const found = /GMT(?:([+-])(\d{2}):(\d{2})(?::(\d{2}))?)?$/.exec(shown);
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

function zoneOf(timeZone: string): Zone {
  const zone = zones.get(timeZone);
  if (zone) return zone;
  try {
    const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
    const made = { format, known: new Map<number, number>() };
    zones.set(timeZone, made);
    return made;
  } catch (cause) {
    throw new WeirError('TIME_ZONE_UNKNOWN', 'there is no such time zone', { cause });
  }
}
