import { toScaled } from '../../../../decimal';
import { plural, usdSigned } from '../../../../format';
import type { Bucket, Span } from '../range';

interface Found {
  /** Start of the day, ISO 8601. */
  readonly day: string;
  readonly excess: string;
  readonly cause: string;
}

const DAY_MS = 86_400_000;
/** A mark must be hit without hitting its neighbour, also on a phone. */
const MARK_PX = 24;
const NARROWEST_CHART_PX = 300;

/**
 * Marks over the days of a chart; by the hour or the month a day has no place of its own. Of those that would stand too
 * close together the biggest stands for all, and says so: the list below the charts has every one.
 */
export function marksOf<One extends Found>(
  found: readonly One[] | undefined,
  { from, to, interval }: Span & { readonly interval: Bucket },
  open: (one: One) => void,
) {
  if (!found || interval !== 'day') return [];
  const days = (to.getTime() - from.getTime()) / DAY_MS;
  const apartMs = Math.ceil((days * MARK_PX) / NARROWEST_CHART_PX) * DAY_MS;
  const marks: { one: One; near: number }[] = [];
  for (const one of found.toSorted((a, b) => (sizeOf(a) < sizeOf(b) ? 1 : -1))) {
    const neighbour = marks.find((mark) => Math.abs(Date.parse(mark.one.day) - Date.parse(one.day)) < apartMs);
    if (neighbour) neighbour.near++;
    else marks.push({ one, near: 0 });
  }
  return marks.map(({ one, near }) => ({
    bucket: one.day,
    text: `${usdSigned(one.excess)} against what was expected. ${one.cause}${near > 0 ? ` And ${plural(near, 'other')} nearby.` : ''}`,
    onOpen: () => open(one),
  }));
}

function sizeOf({ excess }: Found): bigint {
  const scaled = toScaled(excess);
  return scaled < 0n ? -scaled : scaled;
}
