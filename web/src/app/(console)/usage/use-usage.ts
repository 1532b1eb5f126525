'use client';
import { useQueryStates } from 'nuqs';
import { useMemo, useState } from 'react';
import { useData } from '@/graphql/use-data';
import { USAGE } from './queries';
import { resolveRange } from './range';
import { FILTERS, usageParsers } from './search-params';
import { requestSeries, spendSeries, tokenSeries } from './series';

/** What the address asks for, the figures for it, and what the charts draw of them. */
export function useUsage() {
  const [params, setParams] = useQueryStates(usageParsers, { history: 'push' });
  const { range: preset, customStart, customEnd, groupBy } = params;
  /** Refreshing asks for the present again; between refreshes the window stands still. */
  const [now, setNow] = useState(() => new Date());
  const range = useMemo(
    () => resolveRange(preset, { start: customStart, end: customEnd }, now),
    [preset, customStart, customEnd, now],
  );
  const filter = Object.fromEntries(FILTERS.map((name) => [name, params[name]]).filter(([, chosen]) => chosen?.length));
  const loaded = useData(USAGE, {
    range: { from: range.from.toISOString(), to: range.to.toISOString() },
    interval: range.interval,
    groupBy,
    filter,
  });
  const { data } = loaded;
  const series = useMemo(() => {
    const groups = data?.usageOverTime.groups ?? [];
    const unpriced = new Map(data?.usageBreakdown.map(({ key, totals }) => [key, totals.unpricedCalls]));
    return { spend: spendSeries(groups, unpriced), requests: requestSeries(groups), tokens: tokenSeries(groups) };
  }, [data]);

  return {
    params,
    setParams,
    range,
    series,
    buckets: data?.usageOverTime.buckets,
    totals: data?.usageOverTime.totals,
    loading: loaded.loading,
    stale: loaded.stale,
    problem: loaded.problem,
    refresh: () => {
      setNow(new Date());
      loaded.refetch();
    },
  };
}

export type UsageState = ReturnType<typeof useUsage>;
