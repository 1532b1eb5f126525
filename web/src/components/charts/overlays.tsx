import { bandOf, type Frame } from './layout';
import type { ForecastAmounts } from './readout-model';
import type { Amount } from './series';

interface PreviousLineProps {
  amounts: readonly Amount[];
  buckets: number;
  frame: Frame;
  yOf: (value: number) => number;
}

/** The period before as a dashed step over the bars; it breaks where nothing is known. */
export function PreviousLine({ amounts, buckets, frame, yOf }: PreviousLineProps) {
  let isDrawing = false;
  let path = '';
  for (let index = 0; index < buckets; index++) {
    const amount = amounts[index] ?? null;
    if (amount === null) {
      isDrawing = false;
      continue;
    }
    const { left, width } = bandOf(index, buckets, frame);
    const y = round(yOf(Number(amount)));
    path += `${isDrawing ? 'L' : 'M'}${round(left)} ${y}H${round(left + width)}`;
    isDrawing = true;
  }
  return (
    <g fill="none" data-overlay="previous">
      <path d={path} stroke="var(--canvas)" strokeWidth="3.5" />
      <path d={path} stroke="var(--ink)" strokeWidth="1.5" strokeDasharray="5 3" />
    </g>
  );
}

interface ForecastBarsProps {
  forecast: readonly (ForecastAmounts | null)[];
  xOf: (index: number) => number;
  width: number;
  yOf: (value: number) => number;
}

/** What is expected as an outlined bar, what is likely as a band from low to high. */
export function ForecastBars({ forecast, xOf, width, yOf }: ForecastBarsProps) {
  return (
    <g data-overlay="forecast">
      {forecast.map((one, index) => {
        if (!one) return null;
        const [low, expected, high] = [one.low, one.expected, one.high].map((amount) => yOf(Number(amount ?? 0))) as [
          number,
          number,
          number,
        ];
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a bucket has no other name here.
          <g key={index}>
            <rect
              x={xOf(index)}
              width={width}
              y={high}
              height={Math.max(low - high, 0)}
              fill="var(--accent)"
              opacity="0.16"
            />
            <path
              d={`M${round(xOf(index))} ${round(yOf(0))}V${round(expected)}h${round(width)}V${round(yOf(0))}`}
              fill="none"
              stroke="var(--accent)"
              strokeDasharray="3 2"
            />
          </g>
        );
      })}
    </g>
  );
}

const round = (px: number) => Math.round(px * 100) / 100;
