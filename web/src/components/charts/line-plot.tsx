import type { Appearances } from './appearance';
import { Axes, TEXT } from './axes';
import type { BucketInterval } from './bucket';
import { fitted, spread } from './direct-labels';
import { bandOf, type Frame, yScale } from './layout';
import { linePath, type Point, pointsOf } from './line-path';
import { OTHER, paintOf } from './palette';
import { type ChartUnit, type TimeSeries, ticksFor } from './series';

export interface Lines {
  readonly buckets: readonly string[];
  readonly interval: BucketInterval;
  readonly timeZone: string;
  /** Those on show. */
  readonly series: readonly TimeSeries[];
  readonly looks: Appearances;
  readonly unit: ChartUnit;
}

interface LinePlotProps {
  lines: Lines;
  frame: Frame;
  pointed: string | null;
}

/** Told apart without colour too. */
export const DASHES = [undefined, '7 3', '2 3', '9 3 2 3', '4 2', '1 2'] as const;
const MOST_LABELS = 6;

export function lineTicks({ series, unit }: Pick<Lines, 'series' | 'unit'>): number[] {
  const known = series.flatMap(({ values }) => values.filter((value) => value !== null).map(Number));
  return ticksFor(Math.max(0, ...known), unit);
}

/** One line a series, broken where a value is unknown; a value alone between unknown ones is a dot. */
export function LinePlot({ lines, frame, pointed }: LinePlotProps) {
  const { buckets, series, looks } = lines;
  const ticks = lineTicks(lines);
  const yOf = yScale(ticks.at(-1) as number, frame);
  const drawn = series.map((one, position) => ({
    one,
    points: pointsOf(one.values, (index) => bandOf(index, buckets.length, frame).center, yOf),
    color: paintOf(looks.get(one.key)?.paint ?? OTHER),
    dash: DASHES[position % DASHES.length],
  }));
  return (
    <svg width={frame.width} height={frame.height} aria-hidden className="figures block">
      <Axes {...lines} frame={frame} ticks={ticks} yOf={yOf} />
      {drawn.map(({ one, points, color, dash }) => {
        const { path, alone } = linePath(points);
        return (
          <g key={one.key} data-series={one.key} opacity={pointed === null || pointed === one.key ? undefined : 0.3}>
            <path d={path} fill="none" stroke={color} strokeWidth="2" strokeDasharray={dash} strokeLinejoin="round" />
            {alone.map(({ x, y }) => (
              <circle key={x} cx={x} cy={y} r="2.5" fill={color} />
            ))}
          </g>
        );
      })}
      {series.length > 1 && <Ends frame={frame} drawn={drawn} />}
    </svg>
  );
}

interface EndsProps {
  frame: Frame;
  drawn: readonly { one: TimeSeries; points: readonly (Point | null)[]; color: string }[];
}

/** Each line's name where it ends. */
function Ends({ frame, drawn }: EndsProps) {
  const room = frame.width - frame.right - 20;
  if (room < 40) return null;
  const wanted = drawn.flatMap(({ one, points, color }) => {
    const end = points.findLast((point) => point !== null);
    return end ? [{ key: one.key, label: one.label, y: end.y, x: end.x, weight: -end.y, color }] : [];
  });
  const byKey = new Map(wanted.map((one) => [one.key, one]));
  return spread(wanted, frame.top, frame.bottom, MOST_LABELS).map(({ key, label, y, labelY }) => (
    <g key={key} data-label={key}>
      <path
        d={`M${(byKey.get(key)?.x ?? frame.right) + 3} ${y}L${frame.right + 9} ${labelY}h3`}
        fill="none"
        stroke={byKey.get(key)?.color}
        strokeOpacity="0.6"
      />
      <text x={frame.right + 15} y={labelY} dy="0.34em" {...TEXT} fontSize={11} fill="var(--ink-2)">
        {fitted(label, room)}
      </text>
    </g>
  ));
}
