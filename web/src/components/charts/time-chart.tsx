'use client';
import dynamic from 'next/dynamic';
import { type ReactNode, useId, useMemo, useState } from 'react';
import { cn } from '@/components/ui/cn';
import { ErrorState } from '@/components/ui/error-state';
import { Segments } from '@/components/ui/segments';
import { bucketLabel } from '@/format';
import type { Problem } from '@/graphql/problem';
import { appearances } from './appearance';
import { ChartSkeleton } from './chart-skeleton';
import { bandOf, bucketAt } from './layout';
import { Legend } from './legend';
import { Readout, readoutText } from './readout';
import type { ChartUnit, TimeSeries } from './series';
import { SeriesTable } from './series-table';
import { useWidth } from './use-width';

const Plot = dynamic(() => import('./plot').then((room) => room.Plot), { ssr: false });

interface TimeChartProps {
  /** What is charted: `Spend over time by provider`. */
  label: string;
  /** Starts of the buckets, UTC; undefined = not there yet. */
  buckets: readonly string[] | undefined;
  interval: 'hour' | 'day';
  /** In the order of the stack, bottom first; one value a bucket. */
  series: readonly TimeSeries[];
  unit: ChartUnit;
  stale?: boolean;
  problem?: Problem | null;
  onRetry?: () => void;
  /** Said over the empty axes. */
  emptyText?: string;
  height?: number;
  /** Keys taken out by the legend; without it the chart remembers them itself. */
  hidden?: readonly string[];
  onHiddenChange?: (hidden: string[]) => void;
  /** Held by the caller, in the URL where it matters; without it the chart remembers it itself. */
  view?: ChartView;
  onViewChange?: (view: ChartView) => void;
  /** At the right of the view switch, for example a download. */
  actions?: ReactNode;
}

export type ChartView = 'chart' | 'table';
const VIEWS = [
  { value: 'chart', label: 'Chart' },
  { value: 'table', label: 'Table' },
] as const;

/** The one chart of the console: stacked bars over time, from zero. */
export function TimeChart(props: TimeChartProps) {
  const { label, buckets, interval, series, unit, stale = false, problem, onRetry, height = 260 } = props;
  const id = useId().replaceAll(/[^A-Za-z0-9_-]/g, '');
  const [ownView, setOwnView] = useState<ChartView>('chart');
  const view = props.view ?? ownView;
  const [ownHidden, setOwnHidden] = useState<readonly string[]>([]);
  const hiddenKeys = props.hidden ?? ownHidden;
  const hidden = useMemo(() => new Set(hiddenKeys), [hiddenKeys]);
  const looks = useMemo(() => appearances(series), [series]);
  const shown = useMemo(() => series.filter((one) => !hidden.has(one.key)), [series, hidden]);

  if (problem && !buckets)
    return <ErrorState title={`${label} could not be loaded`} problem={problem} onRetry={onRetry} />;
  if (!buckets) return <ChartSkeleton height={height} />;

  const toggle = (key: string) => {
    const next = hidden.has(key) ? hiddenKeys.filter((other) => other !== key) : [...hiddenKeys, key];
    setOwnHidden(next);
    props.onHiddenChange?.([...next]);
  };
  return (
    <figure
      aria-label={label}
      aria-busy={stale}
      className={cn('min-w-0 transition-opacity duration-100', stale && 'opacity-60 delay-150')}
    >
      <div className="mb-2 flex items-start justify-between gap-x-3 gap-y-1 max-sm:flex-col-reverse">
        <Legend id={id} series={series} looks={looks} unit={unit} hidden={hidden} onToggle={toggle} />
        <div className="flex shrink-0 items-center gap-1">
          <Segments
            label="View as"
            value={view}
            onChange={(next) => {
              setOwnView(next);
              props.onViewChange?.(next);
            }}
            options={VIEWS}
          />
          {props.actions}
        </div>
      </div>
      {view === 'table' ? (
        <SeriesTable label={label} buckets={buckets} interval={interval} series={shown} unit={unit} height={height} />
      ) : (
        <Stage {...{ id, label, buckets, interval, series: shown, looks, unit, height }} emptyText={props.emptyText} />
      )}
    </figure>
  );
}

interface StageProps extends Pick<TimeChartProps, 'label' | 'interval' | 'unit' | 'emptyText'> {
  id: string;
  buckets: readonly string[];
  series: readonly TimeSeries[];
  looks: ReturnType<typeof appearances>;
  height: number;
}

const READOUT_WIDTH_PX = 260;

/** The drawing under its crosshair. As a slider over the buckets it reads out every series to eyes and screen readers. */
function Stage({ id, label, buckets, interval, series, looks, unit, height, emptyText }: StageProps) {
  const { ref, width } = useWidth();
  const [index, setIndex] = useState<number | null>(null);
  const last = buckets.length - 1;
  const at = index === null ? null : Math.min(index, last);
  const band = at === null ? null : bandOf(at, buckets.length, width);
  const isEmpty = series.every((one) => one.values.every((value) => value !== null && Number(value) === 0));
  const title = at === null ? '' : bucketLabel(buckets[at] as string, interval);

  const onKeyDown = (event: React.KeyboardEvent) => {
    const target = { ArrowLeft: (at ?? last + 1) - 1, ArrowRight: (at ?? -1) + 1, Home: 0, End: last }[event.key];
    if (event.key === 'Escape') setIndex(null);
    if (target === undefined) return;
    event.preventDefault();
    setIndex(Math.min(Math.max(target, 0), last));
  };
  return (
    <div
      ref={ref}
      role="slider"
      tabIndex={0}
      aria-label={`${label}, by ${interval}`}
      aria-valuemin={0}
      aria-valuemax={Math.max(last, 0)}
      aria-valuenow={at ?? 0}
      aria-valuetext={at === null ? 'Left and right read the buckets' : readoutText(title, series, unit, at)}
      onKeyDown={onKeyDown}
      onBlur={() => setIndex(null)}
      onPointerMove={(event) => {
        const box = event.currentTarget.getBoundingClientRect();
        setIndex(bucketAt(event.clientX - box.left, buckets.length, width));
      }}
      onPointerLeave={() => setIndex(null)}
      className="relative touch-pan-y rounded-sm"
      style={{ height }}
    >
      <div className="absolute inset-0">
        {width > 0 && <Plot {...{ id, buckets, interval, series, looks, unit, width, height }} />}
      </div>
      {band && (
        <div
          aria-hidden
          className="pointer-events-none absolute top-2 bottom-6 bg-ink/8"
          style={{ left: band.center - band.width / 2, width: band.width }}
        />
      )}
      {isEmpty && (
        <div className="absolute inset-0 flex items-center justify-center pb-6 text-ink-3">
          {emptyText ?? 'Nothing in this range.'}
        </div>
      )}
      {band && at !== null && series.length > 0 && (
        <div
          aria-hidden
          className="pointer-events-none absolute top-2 z-20"
          style={{
            maxWidth: READOUT_WIDTH_PX,
            ...(band.center < width / 2
              ? { left: band.center + band.width / 2 + 8 }
              : { right: width - band.center + band.width / 2 + 8 }),
          }}
        >
          <Readout id={id} title={title} series={series} looks={looks} unit={unit} index={at} />
        </div>
      )}
    </div>
  );
}
