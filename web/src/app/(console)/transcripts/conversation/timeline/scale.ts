import type { Span } from './span';

/** A pause that is drawn shorter than it was. */
export interface Pause {
  /** Pixels from the left. */
  readonly atPx: number;
  readonly ms: number;
}

export interface TimeScale {
  xOf(ms: number): number;
  readonly pauses: readonly Pause[];
}

interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
  /** Share of the whole, in drawn milliseconds. */
  readonly drawnFrom: number;
  readonly drawnMs: number;
}

/** A pause is drawn at most as long as this share of all the work, and all of them together as long as this one. */
const PAUSE_SHARE = 0.05;
const PAUSES_SHARE = 1;

/**
 * Time in pixels. People think for minutes between answers of seconds: unless it is to scale, what nobody worked in is
 * shortened.
 * @param works start and end of each turn, epoch ms, by their start
 */
export function timeScale(
  works: readonly (readonly [startMs: number, endMs: number])[],
  widthPx: number,
  isToScale: boolean,
): TimeScale {
  const busy = merged(works);
  const busyMs = busy.reduce((sum, [from, to]) => sum + to - from, 0);
  const gaps = busy.flatMap(([from], index) => (index === 0 ? [] : [from - (busy[index - 1]?.[1] ?? from)]));
  const longest =
    isToScale || busyMs === 0
      ? Number.POSITIVE_INFINITY
      : Math.min(busyMs * PAUSE_SHARE, capOf(gaps, busyMs * PAUSES_SHARE));
  const stretches: Stretch[] = [];
  let drawn = 0;
  const add = (fromMs: number, toMs: number, drawnMs: number) => {
    stretches.push({ fromMs, toMs, drawnFrom: drawn, drawnMs });
    drawn += drawnMs;
  };
  for (const [index, [from, to]] of busy.entries()) {
    const before = busy[index - 1]?.[1];
    if (before !== undefined) add(before, from, Math.min(from - before, longest));
    add(from, to, to - from);
  }
  const perMs = drawn === 0 ? 0 : widthPx / drawn;
  const xOf = (ms: number) => {
    const at = lastBefore(stretches, ms);
    if (at === undefined) return 0;
    const span = at.toMs - at.fromMs;
    const share = span === 0 ? 0 : Math.min(1, Math.max(0, (ms - at.fromMs) / span));
    return (at.drawnFrom + share * at.drawnMs) * perMs;
  };
  const pauses = stretches
    .filter(({ fromMs, toMs, drawnMs }) => drawnMs < toMs - fromMs)
    .map(({ fromMs, toMs, drawnFrom, drawnMs }) => ({
      atPx: (drawnFrom + drawnMs / 2) * perMs,
      ms: toMs - fromMs,
    }));
  return { xOf, pauses };
}

/** The part that is in sight, over a width. @param whole over a width of 1 */
export function scaleOf(whole: TimeScale, { from, to }: Span, widthPx: number): TimeScale {
  const perShare = widthPx / (to - from);
  return {
    xOf: (ms) => (whole.xOf(ms) - from) * perShare,
    pauses: whole.pauses
      .map(({ atPx, ms }) => ({ atPx: (atPx - from) * perShare, ms }))
      .filter(({ atPx }) => atPx >= 0 && atPx <= widthPx),
  };
}

/** To what the longest have to be shortened so that all of them fit into `total`; short ones stay as they are. */
function capOf(lengths: readonly number[], total: number): number {
  let left = total;
  const sorted = lengths.toSorted((a, b) => a - b);
  for (const [index, length] of sorted.entries()) {
    const share = left / (sorted.length - index);
    if (length > share) return share;
    left -= length;
  }
  return Number.POSITIVE_INFINITY;
}

function merged(works: readonly (readonly [number, number])[]): [number, number][] {
  const all: [number, number][] = [];
  for (const [from, to] of works) {
    const last = all.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else all.push([from, to]);
  }
  return all;
}

/** Stretches follow each other without a hole. */
function lastBefore(stretches: readonly Stretch[], ms: number): Stretch | undefined {
  let [low, high] = [0, stretches.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((stretches[middle] as Stretch).fromMs <= ms) low = middle;
    else high = middle - 1;
  }
  return stretches[low];
}
