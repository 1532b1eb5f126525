'use client';
import { Bar, BarChart, CartesianGrid, XAxis, YAxis } from 'recharts';
import { bucketTick } from '@/format';
import type { Appearance } from './appearance';
import { HatchPattern } from './hatch';
import { AXIS_WIDTH_PX, PLOT_MARGIN } from './layout';
import { type ChartUnit, readTick, type TimeSeries, ticksFor } from './series';

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
const AXIS_TEXT = { fontSize: 12, fill: 'var(--ink-3)', className: 'figures' };

/** The drawing alone. Crosshair, keyboard and readout are the chart's, which knows the same geometry. */
export function Plot({ id, buckets, interval, series, looks, unit, width, height }: PlotProps) {
  const data = buckets.map((_, index) =>
    Object.fromEntries(series.map((one, position) => [`s${position}`, Number(one.values[index] ?? 0)])),
  );
  const highest = Math.max(0, ...data.map((bucket) => Object.values(bucket).reduce((sum, value) => sum + value, 0)));
  const ticks = ticksFor(highest, unit);
  const room = Math.max(1, Math.floor((width - AXIS_WIDTH_PX) / TICK_WIDTH_PX));
  const every = Math.max(1, Math.ceil(buckets.length / room));

  return (
    <BarChart
      width={width}
      height={height}
      data={data}
      margin={PLOT_MARGIN}
      barCategoryGap={buckets.length > 60 ? 0.5 : 1}
      accessibilityLayer={false}
      aria-hidden
    >
      <defs>
        {series.map((one, position) => {
          const look = looks.get(one.key);
          return look && <HatchPattern key={one.key} id={`${id}-plot-${position}`} appearance={look} />;
        })}
      </defs>
      <CartesianGrid vertical={false} stroke="var(--line)" />
      <XAxis
        dataKey={(_: unknown) => ''}
        type="category"
        interval={0}
        height={24}
        axisLine={{ stroke: 'var(--line-2)' }}
        tickLine={false}
        tick={(tick: { x: number | string; y: number | string; index: number }) => (
          <text x={tick.x} y={Number(tick.y) + 8} textAnchor="middle" {...AXIS_TEXT}>
            {tick.index % every === 0 ? bucketTick(buckets[tick.index] as string, interval) : ''}
          </text>
        )}
      />
      <YAxis
        width={AXIS_WIDTH_PX}
        domain={[0, ticks[ticks.length - 1] as number]}
        ticks={ticks}
        interval={0}
        axisLine={false}
        tickLine={false}
        tick={AXIS_TEXT}
        tickFormatter={(value: number) => readTick(unit, value)}
      />
      {series.map((one, position) => (
        <Bar
          key={one.key}
          dataKey={`s${position}`}
          stackId="all"
          fill={`url(#${id}-plot-${position})`}
          isAnimationActive={false}
        />
      ))}
    </BarChart>
  );
}
