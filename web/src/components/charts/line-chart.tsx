'use client';
import { useId, useMemo } from 'react';
import { type BucketInterval, endOf, labelOf } from './bucket';
import { bucketTable } from './bucket-table';
import { ChartFrame, emptyTextOf, type FrameOptions, standIn } from './chart-frame';
import { linesOf } from './export/lines';
import { type Frame, frameOf, valueAt } from './layout';
import { LinePlot, type Lines, lineTicks } from './line-plot';
import { readoutOf } from './readout-model';
import { type Amount, type ChartUnit, read, type TimeSeries } from './series';
import { Stage } from './stage';
import type { Opened } from './time-chart';
import { useHidden } from './use-hidden';
import { useLooks } from './use-looks';

/** A rate or a percentile: null where there is nothing to compute it from, which is a gap and never zero. */
export interface RateSeries extends TimeSeries {
  /** The figure over the whole range, which no sum of the buckets gives. */
  readonly whole: Amount;
}

export interface LineChartProps extends FrameOptions {
  /** Starts of the buckets, as instants; undefined = not there yet. */
  buckets: readonly string[] | undefined;
  interval: BucketInterval;
  /** IANA name of the zone in which buckets are named; `UTC` unless told otherwise. */
  timeZone?: string;
  /** What was asked for, where it may cut the first and the last bucket; else the buckets are whole. */
  range?: { readonly from: string; readonly to: string };
  series: readonly RateSeries[];
  unit: ChartUnit;
  /** A click, Enter or a figure of the table leads to the calls of the bucket. */
  onOpen?: (asked: Opened) => void;
}

const GUTTER_PX = 96;
const GUTTER_FROM_PX = 420;
/** As near as a pointer has to come to a line to mean it. */
const NEAR_PX = 24;
const NO_BUCKETS: readonly string[] = [];

/** Lines over time, from zero: error rates, latencies, hit rates, unit costs. */
export function LineChart(props: LineChartProps) {
  const { label, buckets = NO_BUCKETS, interval, timeZone = 'UTC', unit, range } = props;
  const id = useId().replaceAll(/[^A-Za-z0-9_-]/g, '');
  const window = `${interval} ${buckets[0]} ${buckets.length}`;
  const { series, looks } = useLooks({ label, window, given: props.series });
  const { hidden, setHidden } = useHidden(props.hidden, props.onHiddenChange);
  const lines = useMemo<Lines>(
    () => ({ buckets, interval, timeZone, unit, looks, series: series.filter(({ key }) => !hidden.has(key)) }),
    [buckets, interval, timeZone, unit, looks, series, hidden],
  );
  if (!props.buckets) return standIn(props);

  const shown = lines.series;
  const wholes = new Map(props.series.map(({ key, whole }) => [key, whole]));
  const wholeOf = ({ key }: TimeSeries) => wholes.get(key) ?? null;
  const frameFor = (width: number, height: number) =>
    frameOf(width, height, shown.length > 1 && width >= GUTTER_FROM_PX ? GUTTER_PX : 0);
  const open = props.onOpen;
  const openAt =
    open &&
    ((index: number | null, seriesKey: string | null) => {
      const [from, last] = index === null ? [buckets[0], buckets.at(-1)] : [buckets[index], buckets[index]];
      if (from === undefined || last === undefined) return;
      const to = endOf(last, interval, timeZone);
      open({
        bucketFrom: range && range.from > from ? range.from : from,
        bucketTo: range && range.to < to ? range.to : to,
        seriesKey,
      });
    });
  const isEmpty = shown.every(({ values }) => values.every((value) => value === null));
  return (
    <ChartFrame
      {...props}
      legend={{ ...{ id, series, looks, unit, hidden, wholeOf }, onHiddenChange: setHidden }}
      stage={(height, pointed, stageId) => (
        <Stage
          id={stageId}
          label={`${label}, by ${interval}`}
          height={height}
          buckets={buckets}
          seriesKeys={shown.map(({ key }) => key)}
          looks={looks}
          frameFor={frameFor}
          draw={(frame, read) => <LinePlot lines={lines} frame={frame} pointed={pointed ?? read} />}
          seriesAt={(index, yPx, frame) => nearest(lines, index, yPx, frame)}
          readoutAt={(index) =>
            readoutOf({
              title: labelOf(buckets[index] as string, interval, timeZone),
              series: shown,
              unit,
              index,
              adds: false,
            })
          }
          onOpen={openAt}
          emptyText={isEmpty ? emptyTextOf(props, shown.length, 'Nothing to compute it from in this range.') : null}
        />
      )}
      table={bucketTable({
        ...{ label, buckets, interval, timeZone, unit },
        series: shown,
        whole: wholeOf,
        onOpen: openAt,
      })}
      exported={() => ({
        title: label,
        subtitle: props.subtitle,
        legend: shown.map((one) => ({
          key: one.key,
          text: `${one.label}  ${read(unit, wholeOf(one))}`,
          look: looks.get(one.key),
        })),
        frameFor,
        draw: (frame) => <LinePlot lines={lines} frame={frame} pointed={null} />,
        lines: linesOf({ ...{ buckets, interval, timeZone, unit }, series: shown }),
      })}
    />
  );
}

function nearest(lines: Lines, index: number, yPx: number, frame: Frame): string | null {
  const highest = lineTicks(lines).at(-1) as number;
  const value = valueAt(yPx, highest, frame);
  const pxOf = (distance: number) => (distance / highest) * (frame.bottom - frame.top);
  const distances = lines.series.flatMap(({ key, values }) => {
    const amount = values[index] ?? null;
    return amount === null ? [] : [{ key, px: pxOf(Math.abs(Number(amount) - value)) }];
  });
  const closest = distances.toSorted((a, b) => a.px - b.px)[0];
  return closest && closest.px <= NEAR_PX ? closest.key : null;
}
