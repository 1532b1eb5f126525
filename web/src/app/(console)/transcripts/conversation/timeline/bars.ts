import type { TimeScale } from './scale';
import type { TurnsIndex } from './turns-index';

/** Where each turn is drawn, in pixels. */
export interface Bars {
  readonly fromPx: Float32Array;
  readonly toPx: Float32Array;
  /** Where its first token is; as `fromPx` where that is not known. */
  readonly tokenPx: Float32Array;
}

const LEAST_PX = 2;
/** From here on a hair between two bars is worth its room. */
const WIDE_PX = 6;

export function barsOf(index: TurnsIndex, scale: TimeScale): Bars {
  const { count, startsMs, durationsMs, firstTokensMs } = index;
  const bars = { fromPx: new Float32Array(count), toPx: new Float32Array(count), tokenPx: new Float32Array(count) };
  for (let place = 0; place < count; place++) {
    const start = startsMs[place] ?? 0;
    const from = scale.xOf(start);
    const to = scale.xOf(start + (durationsMs[place] ?? 0));
    bars.fromPx[place] = from;
    bars.toPx[place] = Math.max(from + LEAST_PX, to - from > WIDE_PX ? to - 1 : to);
    bars.tokenPx[place] = Math.min(scale.xOf(start + (firstTokensMs[place] ?? 0)), bars.toPx[place] as number);
  }
  return bars;
}

export const KINDS = ['waiting', 'answered', 'failed'] as const;
export type Kind = (typeof KINDS)[number];

/** Runs of pixels of one lane and one kind. */
export interface Run {
  readonly lane: number;
  readonly kind: Kind;
  readonly fromPx: number;
  readonly toPx: number;
}

const BIT: Readonly<Record<Kind, number>> = { waiting: 1, answered: 2, failed: 4 };

/** What is drawn: as many runs as pixels at most, however many turns there are. A failure shows over all else. */
export function runsOf(index: TurnsIndex, laneOf: readonly number[], bars: Bars, widthPx: number): Run[] {
  const lanes = Math.max(0, ...laneOf) + 1;
  // Half pixels, so that bars keep the hair between them.
  const columns = Math.ceil(widthPx * 2) + 2 * LEAST_PX;
  const seen = Array.from({ length: lanes }, () => new Uint8Array(columns));
  for (let place = 0; place < index.count; place++) {
    const cells = seen[laneOf[index.threadOf[place] ?? 0] ?? 0] as Uint8Array;
    const [from, token, to] = [bars.fromPx[place], bars.tokenPx[place], bars.toPx[place]].map((px) =>
      Math.round((px ?? 0) * 2),
    ) as [number, number, number];
    const kind = index.errorAt.has(place) ? 'failed' : 'answered';
    // What is out of sight takes no time, however long it would be drawn.
    for (let cell = Math.max(0, from), end = Math.min(columns, to); cell < end; cell++) {
      cells[cell] = (cells[cell] ?? 0) | (kind === 'answered' && cell < token ? BIT.waiting : BIT[kind]);
    }
  }
  return seen.flatMap((cells, lane) => runsIn(cells, lane));
}

const kindOf = (cell: number): Kind | null =>
  cell & BIT.failed ? 'failed' : cell & BIT.answered ? 'answered' : cell & BIT.waiting ? 'waiting' : null;

function runsIn(cells: Uint8Array, lane: number): Run[] {
  const runs: Run[] = [];
  let from = 0;
  for (let at = 1; at <= cells.length; at++) {
    const kind = kindOf(cells[from] ?? 0);
    if (at < cells.length && kindOf(cells[at] ?? 0) === kind) continue;
    if (kind !== null) runs.push({ lane, kind, fromPx: from / 2, toPx: at / 2 });
    from = at;
  }
  return runs;
}

/** The turn that is meant at a point: the nearest of the lane. */
export function turnAt(
  index: TurnsIndex,
  laneOf: readonly number[],
  bars: Bars,
  point: { readonly xPx: number; readonly lane: number },
): number | null {
  let [nearest, least] = [null as number | null, Number.POSITIVE_INFINITY];
  for (let place = 0; place < index.count; place++) {
    if (laneOf[index.threadOf[place] ?? 0] !== point.lane) continue;
    const far = Math.max((bars.fromPx[place] ?? 0) - point.xPx, point.xPx - (bars.toPx[place] ?? 0), 0);
    // Of those that share a pixel the failed one is what somebody looks for.
    const isBetter = far < least || (far === least && index.errorAt.has(place) && !index.errorAt.has(nearest ?? -1));
    if (isBetter) [nearest, least] = [place, far];
  }
  return nearest;
}

/** The first and the last turn of which something is in sight; null = none is. */
export function placesInSight({ fromPx, toPx }: Bars, widthPx: number): readonly [first: number, last: number] | null {
  let seen: [number, number] | null = null;
  for (let place = 0; place < fromPx.length; place++) {
    if ((toPx[place] ?? 0) <= 0 || (fromPx[place] ?? 0) >= widthPx) continue;
    seen = seen === null ? [place, place] : [seen[0], place];
  }
  return seen;
}
