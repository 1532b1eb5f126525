'use client';
import { useMemo } from 'react';
import { useFigures } from './live/use-figures';
import { SUMS, USAGE } from './queries';
import { requestSeries, spendSeries, tokenSeries } from './sections/series';
import type { Group } from './state/filters';
import { spanInput, type UsageState } from './state/use-usage-state';

/** A request has tokens and costs of several types: split by them, it would be counted several times. */
const requestsGroupOf = (groupBy: Group): Group =>
  groupBy === 'token_type' || groupBy === 'cost_type' ? 'provider' : groupBy;

/** The figures for what the address asks, and what the charts draw of them. */
export function useUsage(state: UsageState) {
  const { range, previous, filter, groupBy, tagKey, zone, params } = state;
  const asked = {
    range: spanInput(range),
    interval: range.interval,
    filter,
    timeZone: zone.name,
    ...(tagKey === null ? {} : { tagKey }),
  };
  const requestsBy = requestsGroupOf(groupBy);
  const isApart = requestsBy !== groupBy;
  const loaded = useFigures(USAGE, { ...asked, groupBy });
  const requests = useFigures(USAGE, { ...asked, groupBy: requestsBy }, { pause: !isApart });
  const before = useFigures(SUMS, { range: spanInput(previous), filter });
  const askedBefore = { ...asked, range: spanInput(previous) };
  const compared = useFigures(USAGE, { ...askedBefore, groupBy }, { pause: !params.compare });
  const comparedRequests = useFigures(
    USAGE,
    { ...askedBefore, groupBy: requestsBy },
    { pause: !params.compare || !isApart },
  );

  const over = loaded.data?.usageOverTime;
  const requestsOver = isApart ? requests.data?.usageOverTime : over;
  const groups = over?.groups;
  const requestGroups = requestsOver?.groups;
  const series = useMemo(() => {
    const naming = { groupBy, otherGroups: over?.otherGroups ?? 0 };
    const requestNaming = { groupBy: requestsBy, otherGroups: requestsOver?.otherGroups ?? 0 };
    return {
      spend: spendSeries(groups ?? [], naming),
      requests: requestSeries(requestGroups ?? [], requestNaming),
      tokens: tokenSeries(groups ?? [], naming),
    };
  }, [groups, requestGroups, groupBy, requestsBy, over?.otherGroups, requestsOver?.otherGroups]);
  // Figures of something else would be drawn behind bars that they do not belong to.
  const isComparable = params.compare && !compared.stale && !comparedRequests.stale;
  const comparedOver = isComparable ? compared.data?.usageOverTime : undefined;
  const comparedRequestsOver = isComparable
    ? (isApart ? comparedRequests.data : compared.data)?.usageOverTime
    : undefined;
  const previousSeries = useMemo(
    () =>
      comparedOver &&
      comparedRequestsOver && {
        buckets: comparedOver.buckets,
        spend: spendSeries(comparedOver.groups, { groupBy, otherGroups: comparedOver.otherGroups }),
        requests: requestSeries(comparedRequestsOver.groups, {
          groupBy: requestsBy,
          otherGroups: comparedRequestsOver.otherGroups,
        }),
        tokens: tokenSeries(comparedOver.groups, { groupBy, otherGroups: comparedOver.otherGroups }),
      },
    [comparedOver, comparedRequestsOver, groupBy, requestsBy],
  );

  return {
    series,
    previousSeries,
    requestsBy,
    buckets: over?.buckets,
    totals: over?.totals,
    /** Of the period before; undefined until it is known. */
    before: before.stale ? undefined : before.data?.usageTotals,
    otherGroups: over?.otherGroups ?? 0,
    readAt: loaded.readAt,
    stale: loaded.stale || requests.stale,
    problem: loaded.problem ?? requests.problem,
  };
}

export type UsageFigures = ReturnType<typeof useUsage>;
export type Totals = NonNullable<UsageFigures['totals']>;
