'use client';
import { useQueryStates } from 'nuqs';
import { useMemo, useState } from 'react';
import { useData } from '@/graphql/use-data';
import { REQUESTS, USAGE } from './queries';
import { resolveRange } from './range';
import { FILTERS, type Filter, type Group, usageParsers } from './search-params';
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
  const filter: { [Name in Filter]?: string[] } = Object.fromEntries(
    FILTERS.map((name) => [name, params[name]] as const).filter(([, chosen]) => chosen.length > 0),
  );
  const asked = {
    range: { from: range.from.toISOString(), to: range.to.toISOString() },
    interval: range.interval,
    filter,
  };
  const loaded = useData(USAGE, { ...asked, groupBy });
  /** A request has tokens of several types: split by them, it would be counted several times. */
  const requestsBy: Group = groupBy === 'token_type' ? 'provider' : groupBy;
  const alone = useData(REQUESTS, asked, { pause: requestsBy === groupBy });
  const { data } = loaded;
  const requestGroups = requestsBy === groupBy ? data?.usageOverTime.groups : alone.data?.usageOverTime.groups;
  const series = useMemo(() => {
    const groups = data?.usageOverTime.groups ?? [];
    const unpriced = new Map(data?.usageBreakdown.map(({ key, totals }) => [key, totals.unpricedCalls]));
    return {
      spend: spendSeries(groups, unpriced, data?.usageOverTime.totals.unpricedCalls ?? 0),
      requests: requestSeries(requestGroups ?? []),
      tokens: tokenSeries(groups),
    };
  }, [data, requestGroups]);

  return {
    params,
    setParams,
    range,
    filter,
    series,
    requestsBy,
    buckets: data?.usageOverTime.buckets,
    totals: data?.usageOverTime.totals,
    loading: loaded.loading,
    stale: loaded.stale || alone.stale,
    problem: loaded.problem ?? alone.problem,
    refresh: () => {
      setNow(new Date());
      loaded.refetch();
      if (requestsBy !== groupBy) alone.refetch();
    },
  };
}

export type UsageState = ReturnType<typeof useUsage>;
