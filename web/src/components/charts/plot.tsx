'use client';
import { bucketTick } from '@/format';
import type { Appearance } from './appearance';
import { HatchPattern } from './hatch';
import { AXIS_WIDTH_PX, bandOf, PLOT_MARGIN } from './layout';
import { type ChartUnit, readTick, type TimeSeries, ticksFor } from './series';
import { stack, stackPath } from './stack';

interface PlotProps {
  id: string;
  buckets: readonly string[];
  interval: 'hour' | 'day';
  /** Those on show, bottom of the stack first. */
  series: readonly TimeSeries[];
  looks: ReadonlyMap<string, Appearance>;
  unit: ChartUnit;
  width: number;
  height: number;
}

const TICK_WIDTH_PX = 64;
const TIME_AXIS_HEIGHT_PX = 24;
/** Below this width of a bar its outline would be most of it. */
const OUTLINE_FROM_PX = 7;
const AXIS_TEXT = { fontSize: 12, fill: 'var(--ink-3)', className: 'figures' };

/** The drawing alone. Crosshair, keyboard and readout are the chart's, which knows the same geometry. */
export function Plot({ id, buckets, interval, series, looks, unit, width, height }: PlotProps) {
  const stacked = stack(series, buckets.length);
  const ticks = ticksFor(Math.max(0, ...stacked.tops), unit);
  const highest = ticks[ticks.length - 1] as number;
  const bottom = height - TIME_AXIS_HEIGHT_PX;
  const yOf = (value: number) => bottom - (value / highest) * (bottom - PLOT_MARGIN.top);
  const band = bandOf(0, buckets.length, width).width;
  const barWidth = Math.max(1, band - Math.min(4, Math.max(band * 0.18, band > 3 ? 1 : 0)));
  const every = Math.max(
    1,
    Math.ceil(buckets.length / Math.max(1, Math.floor((width - AXIS_WIDTH_PX) / TICK_WIDTH_PX))),
  );

  return (
    <svg width={width} height={height} aria-hidden className="block">
      <defs>
        {series.map((one, position) => {
          const look = looks.get(one.key);
          return look && <HatchPattern key={one.key} id={`${id}-plot-${position}`} appearance={look} />;
        })}
      </defs>
      {ticks.map((tick) => (
        <g key={tick}>
          <line
            x1={AXIS_WIDTH_PX}
            x2={width - PLOT_MARGIN.right}
            y1={yOf(tick)}
            y2={yOf(tick)}
            stroke={tick === 0 ? 'var(--line-2)' : 'var(--line)'}
            shapeRendering="crispEdges"
          />
          <text x={AXIS_WIDTH_PX - 8} y={yOf(tick)} dy="0.32em" textAnchor="end" {...AXIS_TEXT}>
            {readTick(unit, tick)}
          </text>
        </g>
      ))}
      {series.map((one, position) => (
        <path
          key={one.key}
          d={stackPath(
            stacked.layers[position] ?? [],
            (index) => bandOf(index, buckets.length, width).center - barWidth / 2,
            barWidth,
            yOf,
          )}
          fill={`url(#${id}-plot-${position})`}
          stroke={
            barWidth < OUTLINE_FROM_PX ? 'none' : `color-mix(in oklab, ${looks.get(one.key)?.color} 60%, var(--ink))`
          }
          strokeWidth="1"
        />
      ))}
      {buckets.map((bucket, index) =>
        index % every === 0 ? (
          <text
            key={bucket}
            x={bandOf(index, buckets.length, width).center}
            y={height - 8}
            textAnchor="middle"
            {...AXIS_TEXT}
          >
            {bucketTick(bucket, interval)}
          </text>
        ) : null,
      )}
    </svg>
  );
}
