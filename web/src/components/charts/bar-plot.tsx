import { Axes } from './axes';
import { BarLabels } from './bar-labels';
import type { BarsModel } from './bars-model';
import { HatchPattern } from './hatch';
import { bandOf, barWidth, type Frame, yScale } from './layout';
import { ForecastBars, PreviousLine } from './overlays';
import { stackPath } from './stack';

interface BarPlotProps {
  id: string;
  model: BarsModel;
  frame: Frame;
  /** The series pointed at; the others step back. */
  pointed: string | null;
}

/** Below this width of a bar its outline would be most of it. */
const THIN_PX = 5;

/** The drawing alone. Crosshair, keyboard and readout are the stage's, which knows the same geometry. */
export function BarPlot({ id, model, frame, pointed }: BarPlotProps) {
  const { buckets, series, looks, stacked, ticks, previous, forecast } = model;
  const yOf = yScale(ticks.at(-1) as number, frame);
  const width = barWidth(bandOf(0, buckets.length, frame).width);
  const xOf = (index: number) => bandOf(index, buckets.length, frame).center - width / 2;
  return (
    <svg width={frame.width} height={frame.height} aria-hidden className="figures block">
      <defs>
        {series.map((one, position) => {
          const look = looks.get(one.key);
          return look && <HatchPattern key={one.key} id={`${id}-plot-${position}`} appearance={look} />;
        })}
      </defs>
      <Axes {...model} frame={frame} yOf={yOf} />
      {series.map((one, position) => (
        <path
          key={one.key}
          data-series={one.key}
          d={stackPath(stacked.layers[position] ?? [], xOf, width, yOf)}
          fill={`url(#${id}-plot-${position})`}
          // Neighbours touch the canvas, which every hue keeps 3:1 to, and never each other.
          stroke="var(--canvas)"
          strokeWidth={width < THIN_PX ? 0 : 1}
          opacity={pointed === null || pointed === one.key ? undefined : 0.35}
        />
      ))}
      <Nothing model={model} xOf={xOf} width={width} bottom={frame.bottom} />
      {forecast && <ForecastBars {...{ forecast, xOf, width, yOf }} />}
      {previous && <PreviousLine {...{ amounts: previous, buckets: buckets.length, frame, yOf }} />}
      {series.length > 1 && <BarLabels {...{ model, frame, yOf }} />}
    </svg>
  );
}

interface NothingProps {
  model: BarsModel;
  xOf: (index: number) => number;
  width: number;
  bottom: number;
}

/** A bar without height where a bucket had nothing; a dotted one in amber where what it had is not known. */
function Nothing({ model: { series, stacked, known, buckets }, xOf, width, bottom }: NothingProps) {
  return buckets.slice(0, known).map((bucket, index) => {
    if ((stacked.tops[index] ?? 0) > 0) return null;
    const isUnknown = series.some(({ values }) => values[index] === null);
    return (
      <line
        key={bucket}
        data-nothing={isUnknown ? 'unknown' : 'zero'}
        x1={xOf(index)}
        x2={xOf(index) + width}
        y1={bottom - (isUnknown ? 1.5 : 0.5)}
        y2={bottom - (isUnknown ? 1.5 : 0.5)}
        stroke={isUnknown ? 'var(--amber)' : 'var(--edge)'}
        strokeWidth={isUnknown ? 3 : 1.5}
        strokeDasharray={isUnknown ? '2 2' : undefined}
      />
    );
  });
}
