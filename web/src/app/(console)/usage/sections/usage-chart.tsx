'use client';
import { useRouter } from 'next/navigation';
import { useMemo } from 'react';
import type { TimeSeries } from '@/components/charts/series';
import { type Opened, TimeChart, type TimeChartProps } from '@/components/charts/time-chart';
import { barHref } from '../calls/bar-href';
import { describeRange, spanText } from '../range';
import type { Group } from '../state/filters';
import { spanInput, type UsageState } from '../state/use-usage-state';
import type { UsageFigures } from '../use-usage';
import { OTHER_KEY } from './series';

type Kind = 'spend' | 'requests' | 'tokens';

interface UsageChartProps extends Pick<TimeChartProps, 'forecast' | 'anomalies' | 'height'> {
  state: UsageState;
  usage: UsageFigures;
  kind: Kind;
  label: string;
  /** What these series are split by; not always what the page is. */
  groupBy: Group;
}

const UNITS = { spend: 'usd', requests: 'requests', tokens: 'tokens' } as const;

/** A chart of the page: its legend, its view and its way to the calls are held by the address. */
export function UsageChart({ state, usage, kind, label, groupBy, height = 240, ...overlays }: UsageChartProps) {
  const { params, setParams, range, previous, zone, narrowed, tagKey } = state;
  const router = useRouter();
  const series: readonly TimeSeries[] = usage.series[kind];
  const before = usage.previousSeries;
  const compared = useMemo(
    () => before && { label: spanText(previous, zone.name), buckets: before.buckets, series: before[kind] },
    [before, kind, previous, zone.name],
  );
  const openAll = () => void setParams({ groups: true });
  const open = ({ bucketFrom, bucketTo, seriesKey }: Opened) => {
    if (seriesKey === OTHER_KEY) return openAll();
    const span = { from: new Date(bucketFrom), to: new Date(bucketTo) };
    router.push(
      barHref(span, narrowed, params.deleted, seriesKey === null ? null : { groupBy, tagKey, key: seriesKey }),
    );
  };
  const text = describeRange(range, zone.name);
  const days = [range.from, new Date(range.to.getTime() - 1)].map((at) => at.toISOString().slice(0, 10));
  const chart = (
    <TimeChart
      label={label}
      subtitle={text}
      fileName={`weir-${kind}-by-${groupBy.replaceAll('_', '-')}-${days.join('-to-')}`}
      buckets={usage.buckets}
      interval={range.interval}
      timeZone={zone.name}
      range={spanInput(range)}
      series={series}
      unit={UNITS[kind]}
      stale={usage.stale}
      height={height}
      hidden={params.hidden}
      onHiddenChange={(hidden) => void setParams({ hidden }, { history: 'replace' })}
      view={params.view}
      onViewChange={(view) => void setParams({ view }, { history: 'replace' })}
      onOpen={open}
      onOpenOther={openAll}
      previous={compared ?? null}
      {...overlays}
    />
  );
  if (usage.buckets) return chart;
  return (
    <>
      {/* Where the chart will say it. */}
      <p className="mb-1 text-caption text-ink-3">{text}</p>
      {chart}
    </>
  );
}
