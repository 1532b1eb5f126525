'use client';
import { useId, useMemo } from 'react';
import { AnomalyMarks } from './anomaly-marks';
import { BarPlot } from './bar-plot';
import { type Anomaly, type BarsModel, barsModel, type Forecast } from './bars-model';
import type { BucketInterval } from './bucket';
import { bucketTable } from './bucket-table';
import { ChartFrame, emptyTextOf, type FrameOptions, standIn } from './chart-frame';
import type { Previous } from './comparison';
import { linesOf } from './export/lines';
import { FORECAST_TEXT, Marks, previousText } from './marks';
import { type ChartUnit, read, sum, type TimeSeries } from './series';
import { Stage } from './stage';
import { useHidden } from './use-hidden';
import { useLooks } from './use-looks';

export interface TimeChartProps extends FrameOptions {
  /** Starts of the buckets, as instants; undefined = not there yet. */
  buckets: readonly string[] | undefined;
  interval: BucketInterval;
  /** IANA name of the zone in which buckets are named; `UTC` unless told otherwise. */
  timeZone?: string;
  /** What was asked for, where it may cut the first and the last bucket; else the buckets are whole. */
  range?: { readonly from: string; readonly to: string };
  /** In the order of the stack, bottom first; one value a bucket. The rest comes last, with `other`, as `Other (48)`. */
  series: readonly TimeSeries[];
  unit: ChartUnit;
  /** Leads to what the rest is made of. */
  onOpenOther?: () => void;
  /** The period before, aligned by the position of its buckets. */
  previous?: Previous | null;
  forecast?: Forecast | null;
  anomalies?: readonly Anomaly[];
  /** A click or Enter on a bar, on a piece of it or on a figure of the table leads to its calls. */
  onOpen?: (asked: Opened) => void;
}

export interface Opened {
  /** Instants; cut to the range where there is one. */
  readonly bucketFrom: string;
  readonly bucketTo: string;
  /** null = all series. */
  readonly seriesKey: string | null;
}

const NO_BUCKETS: readonly string[] = [];

/** Stacked bars over time, from zero. */
export function TimeChart(props: TimeChartProps) {
  const { label, buckets = NO_BUCKETS, interval, timeZone = 'UTC', unit, range, previous, forecast, anomalies } = props;
  const id = useId().replaceAll(/[^A-Za-z0-9_-]/g, '');
  const window = `${interval} ${buckets[0]} ${buckets.length}`;
  const { series, looks } = useLooks({ label, window, given: props.series });
  const { hidden, setHidden } = useHidden(props.hidden, props.onHiddenChange);
  const model = useMemo(
    () => barsModel({ buckets, interval, timeZone, range, series, hidden, looks, unit, previous, forecast, anomalies }),
    [buckets, interval, timeZone, range, series, hidden, looks, unit, previous, forecast, anomalies],
  );
  if (!props.buckets) return standIn(props);

  const isEmpty = model.series.every(({ values }) => values.every((value) => value !== null && Number(value) === 0));
  const openAt = props.onOpen && opener(model, props.onOpen);
  return (
    <ChartFrame
      {...props}
      legend={{
        ...{ id, series, looks, unit, hidden },
        onHiddenChange: setHidden,
        wholeOf: ({ values }) => sum(values),
        onOpenOther: props.onOpenOther,
      }}
      marks={
        <Marks
          previous={model.previous ? (previous?.label ?? null) : null}
          isIncomparable={Boolean(previous) && !model.previous}
          forecast={model.forecast ? (forecast ?? null) : null}
        />
      }
      stage={(height, pointed, stageId) => (
        <Stage
          id={stageId}
          label={`${label}, by ${interval}`}
          height={height}
          buckets={model.buckets}
          seriesKeys={model.series.map(({ key }) => key)}
          looks={looks}
          frameFor={model.frameFor}
          draw={(frame, read) => <BarPlot id={stageId} model={model} frame={frame} pointed={pointed ?? read} />}
          seriesAt={model.seriesAt}
          readoutAt={model.readoutAt}
          onOpen={openAt}
          emptyText={isEmpty ? emptyTextOf(props, model.series.length, 'Nothing in this range.') : null}
          over={(frame) => (
            <AnomalyMarks {...{ anomalies: anomalies ?? [], buckets: model.buckets, frame, interval, timeZone }} />
          )}
        />
      )}
      table={bucketTable({
        ...{ label, buckets, interval, timeZone, unit },
        series: model.series,
        whole: null,
        onOpen: openAt,
      })}
      exported={() => ({
        title: label,
        subtitle: props.subtitle,
        legend: [
          ...model.series.map((one) => ({
            key: one.key,
            text: `${one.label}  ${read(unit, sum(one.values))}`,
            look: looks.get(one.key),
          })),
          ...(model.previous && previous
            ? [{ key: ' previous', text: previousText(previous.label), mark: 'previous' as const }]
            : []),
          ...(model.forecast ? [{ key: ' forecast', text: FORECAST_TEXT, mark: 'forecast' as const }] : []),
        ],
        frameFor: model.frameFor,
        draw: (frame) => <BarPlot id="export" model={model} frame={frame} pointed={null} />,
        lines: linesOf({
          ...{ buckets, interval, timeZone, unit },
          series: model.series,
          previous: model.previous ? previous : null,
          forecast: model.forecast ? forecast?.buckets : null,
        }),
      })}
    />
  );
}

function opener(model: BarsModel, onOpen: (asked: Opened) => void) {
  return (index: number | null, seriesKey: string | null) => {
    if (index !== null && index >= model.known) return;
    const [first, last] = index === null ? [0, model.known - 1] : [index, index];
    onOpen({ bucketFrom: model.spanOf(first).from, bucketTo: model.spanOf(last).to, seriesKey });
  };
}
