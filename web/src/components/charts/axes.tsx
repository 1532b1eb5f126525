import { type BucketInterval, named } from './bucket';
import { bandOf, type Frame, namesWithin } from './layout';
import { type ChartUnit, readTick } from './series';

export const TEXT = { fontSize: 12, fill: 'var(--ink-3)', fontFamily: 'inherit' } as const;

interface AxesProps {
  frame: Frame;
  buckets: readonly string[];
  interval: BucketInterval;
  timeZone: string;
  ticks: readonly number[];
  unit: ChartUnit;
  yOf: (value: number) => number;
}

/** Grid lines and the names of values and buckets. */
export function Axes({ frame, buckets, interval, timeZone, ticks, unit, yOf }: AxesProps) {
  const names = named(buckets, interval, timeZone, namesWithin(frame));
  return (
    <>
      {ticks.map((tick) => (
        <g key={tick}>
          <line
            x1={frame.left}
            x2={frame.right}
            y1={yOf(tick)}
            y2={yOf(tick)}
            stroke={tick === 0 ? 'var(--line-2)' : 'var(--line)'}
            shapeRendering="crispEdges"
          />
          <text x={frame.left - 8} y={yOf(tick)} dy="0.32em" textAnchor="end" {...TEXT}>
            {readTick(unit, tick, ticks.at(-1) as number)}
          </text>
        </g>
      ))}
      {names.map(({ index, text }) => (
        <text
          key={index}
          x={bandOf(index, buckets.length, frame).center}
          y={frame.height - 8}
          textAnchor="middle"
          {...TEXT}
        >
          {text}
        </text>
      ))}
    </>
  );
}
