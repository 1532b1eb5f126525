import { duration } from '@/format';
import type { Bars, Kind, Run } from './bars';
import type { Pause } from './scale';

const LANE_PX = 14;
const LANE_GAP_PX = 4;
/** Above the lanes: marks of failures, which are no matter of colour alone. */
const MARKS_PX = 10;
/** Pauses closer than this would be a hatch. */
const PAUSE_ROOM_PX = 24;
/** Waiting is a thinner bar: the shades alone are near each other. */
const WAITING_PX = 6;
const FILLS: Readonly<Record<Kind, string>> = { waiting: 'fill-edge', answered: 'fill-ink-3', failed: 'fill-red' };
const KINDS = Object.keys(FILLS) as Kind[];

export const heightOf = (lanes: number) => MARKS_PX + lanes * (LANE_PX + LANE_GAP_PX);
export const laneAt = (yPx: number, lanes: number) =>
  Math.min(lanes - 1, Math.max(0, Math.floor((yPx - MARKS_PX) / (LANE_PX + LANE_GAP_PX))));
const topOf = (lane: number) => MARKS_PX + lane * (LANE_PX + LANE_GAP_PX);

interface PictureProps {
  width: number;
  height: number;
  runs: readonly Run[];
  bars: Bars;
  pauses: readonly Pause[];
  /** Place of the turn that is pointed at by keys. */
  at: number;
  brush: { readonly fromPx: number; readonly toPx: number } | null;
}

/** One path per kind of bar, however many turns there are. */
export function Picture({ width, height, runs, bars, pauses, at, brush }: PictureProps) {
  const caretPx = bars.fromPx[at];
  return (
    <svg aria-hidden width={width} height={height} className="block">
      {brush && (
        <rect
          x={Math.min(brush.fromPx, brush.toPx)}
          width={Math.abs(brush.toPx - brush.fromPx)}
          height={height}
          className="fill-accent-soft"
        />
      )}
      {KINDS.map((kind) => (
        <path key={kind} d={pathOf(runs, kind)} className={FILLS[kind]} />
      ))}
      {pauses.length <= width / PAUSE_ROOM_PX &&
        pauses.map(({ atPx, ms }) => (
          <g key={atPx} className="stroke-edge">
            <title>{`A pause of ${duration(ms)}`}</title>
            <path d={`M${atPx - 3} ${height - 4}l3 -${LANE_PX - 2}M${atPx + 1} ${height - 4}l3 -${LANE_PX - 2}`} />
          </g>
        ))}
      {caretPx !== undefined && caretPx > -2 && caretPx < width + 2 && (
        <rect
          x={Math.min(width - 2, Math.max(0, caretPx - 1))}
          y={0}
          width={2}
          height={height}
          className="fill-accent"
        />
      )}
    </svg>
  );
}

function pathOf(runs: readonly Run[], kind: Kind): string {
  return runs
    .filter((run) => run.kind === kind)
    .map(({ lane, fromPx, toPx }) => {
      const inset = kind === 'waiting' ? (LANE_PX - WAITING_PX) / 2 : 0;
      const bar = `M${fromPx} ${topOf(lane) + inset}H${toPx}V${topOf(lane) + LANE_PX - inset}H${fromPx}Z`;
      const middle = (fromPx + toPx) / 2;
      return kind === 'failed' ? `${bar}M${middle - 4} 0h8l-4 7Z` : bar;
    })
    .join('');
}
