import type { Appearances } from './appearance';
import { type BucketInterval, endOf, labelOf, momentOf, tickOf } from './bucket';
import { type Previous, previousAmounts } from './comparison';
import { bandOf, type Frame, frameOf, valueAt } from './layout';
import { type ForecastAmounts, type Readout, type ReadoutLine, readoutOf } from './readout-model';
import { type Amount, type ChartUnit, type TimeSeries, ticksFor } from './series';
import { type Stack, stack } from './stack';

export interface Bars {
  readonly buckets: readonly string[];
  readonly interval: BucketInterval;
  readonly timeZone: string;
  readonly range?: { readonly from: string; readonly to: string } | undefined;
  /** All of them, bottom first. */
  readonly series: readonly TimeSeries[];
  readonly hidden: ReadonlySet<string>;
  readonly looks: Appearances;
  readonly unit: ChartUnit;
  readonly previous?: Previous | null | undefined;
  readonly forecast?: Forecast | null | undefined;
  readonly anomalies?: readonly Anomaly[] | undefined;
}

export interface Forecast {
  /** Buckets to come and, where it is known already, the one under way. Money as exact decimals. */
  readonly buckets: readonly ({ readonly bucket: string } & ForecastAmounts)[];
  /** How it was computed. */
  readonly method?: string;
}

export interface Anomaly {
  /** Start of the bucket it stands over. */
  readonly bucket: string;
  /** `$12.40 more than expected: model gpt-5, 3 times the calls`. */
  readonly text: string;
  readonly onOpen?: () => void;
}

/** What is drawn and read, worked out once for the drawing, the crosshair, the table and the export. */
export interface BarsModel extends Pick<Bars, 'interval' | 'timeZone' | 'looks' | 'unit'> {
  /** Those of the forecast included. */
  readonly buckets: readonly string[];
  /** How many buckets have figures; those after them only a forecast. */
  readonly known: number;
  /** Those on show, bottom first. */
  readonly series: readonly TimeSeries[];
  readonly stacked: Stack;
  readonly ticks: readonly number[];
  /** By bucket; null = not compared, or not comparable. */
  readonly previous: readonly Amount[] | null;
  /** By bucket. */
  readonly forecast: readonly (ForecastAmounts | null)[] | null;
  readonly frameFor: (widthPx: number, heightPx: number) => Frame;
  readonly readoutAt: (index: number) => Readout;
  readonly seriesAt: (index: number, yPx: number, frame: Frame) => string | null;
  /** Instants of a bucket, cut to the range. */
  readonly spanOf: (index: number) => { from: string; to: string };
}

const GUTTER_PX = 132;
const GUTTER_FROM_PX = 640;
/** Bars at least this wide hold the names of their series themselves. */
export const NAMED_INSIDE_FROM_PX = 72;

export function barsModel(bars: Bars): BarsModel {
  const { interval, timeZone, hidden, looks, unit, range } = bars;
  const series = bars.series.filter(({ key }) => !hidden.has(key));
  // A forecast is of all series together.
  const expected = series.length === bars.series.length ? (bars.forecast?.buckets ?? []) : [];
  const known = bars.buckets.length;
  const buckets = [
    ...bars.buckets,
    ...expected.map(({ bucket }) => bucket).filter((bucket) => !bars.buckets.includes(bucket)),
  ];
  const forecast =
    expected.length === 0 ? null : buckets.map((start) => expected.find(({ bucket }) => bucket === start) ?? null);
  const previous = bars.previous ? previousAmounts(bars.previous, bars.series, hidden) : null;
  const stacked = stack(series, buckets.length);
  const highest = Math.max(
    0,
    ...stacked.tops,
    ...(previous ?? []).slice(0, buckets.length).map(Number),
    ...(forecast ?? []).map((one) => Number(one?.high ?? 0)),
  );
  const ticks = ticksFor(highest, unit);

  const spanOf = (index: number) => {
    const start = buckets[index] as string;
    const end = buckets[index + 1] ?? endOf(start, interval, timeZone);
    return {
      from: range && range.from > start ? range.from : start,
      to: range && range.to < end && index < known ? range.to : end,
    };
  };
  const notesOf = (index: number): ReadoutLine[] => {
    const start = buckets[index] as string;
    const { from, to } = spanOf(index);
    const isCut = range !== undefined && index < known && range.to < endOf(start, interval, timeZone);
    return [
      ...(from > start ? [{ label: 'Only from', text: momentOf(from, timeZone) }] : []),
      ...(isCut ? [{ label: 'Only until', text: momentOf(to, timeZone) }] : []),
      ...(bars.anomalies ?? [])
        .filter(({ bucket }) => bucket === start)
        .map(({ text }) => ({ label: 'Unusual', text, tone: 'attention' as const })),
    ];
  };
  const previousAt = (index: number) => {
    const start = bars.previous?.buckets[index];
    if (!previous || start === undefined || index >= known) return null;
    return { label: `Before, ${tickOf(start, interval, timeZone)}`, amount: previous[index] ?? null };
  };
  return {
    ...{ interval, timeZone, looks, unit, buckets, known, series, stacked, ticks, previous, forecast, spanOf },
    frameFor(width, height) {
      const frame = frameOf(width, height, GUTTER_PX);
      const isInside = bandOf(0, buckets.length, frameOf(width, height)).width >= NAMED_INSIDE_FROM_PX;
      const isBeside = series.length > 1 && known === buckets.length && width >= GUTTER_FROM_PX && !isInside;
      return isBeside ? frame : frameOf(width, height);
    },
    readoutAt: (index) =>
      readoutOf({
        title: labelOf(buckets[index] as string, interval, timeZone),
        series,
        unit,
        index,
        adds: true,
        isAhead: index >= known,
        previous: previousAt(index),
        forecast: forecast?.[index] ?? null,
        notes: notesOf(index),
      }),
    seriesAt(index, yPx, frame) {
      const value = valueAt(yPx, ticks.at(-1) as number, frame);
      const at = stacked.layers.findIndex((layers) => {
        const layer = layers[index];
        return layer !== undefined && value >= layer.from && value < layer.to;
      });
      return series[at]?.key ?? null;
    },
  };
}
