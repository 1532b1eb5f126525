'use client';
import { useFigures } from '../live/use-figures';
import { type Narrowed, narrowTo } from '../state/filters';
import { spanInput, type UsageState } from '../state/use-usage-state';
import { ANOMALIES } from './queries';

/** Days that cost more or less than the days before them let expect. */
export function useAnomalies(state: UsageState, isWanted: boolean) {
  const { range, filter, zone } = state;
  const { data, problem, loading, refetch } = useFigures(
    ANOMALIES,
    { range: spanInput(range), filter, timeZone: zone.name },
    { pause: !isWanted, isSlow: true },
  );
  return { found: data?.usageAnomalies.found, method: data?.usageAnomalies.method, problem, loading, refetch };
}

export type Anomalies = ReturnType<typeof useAnomalies>;
export type FoundAnomaly = NonNullable<Anomalies['found']>[number];

/** What the page is narrowed to so that only the cause is left. */
export function narrowToCause({ narrowed }: UsageState, { filter, dimension, key }: FoundAnomaly): Narrowed {
  const named = filter.length > 0 ? filter : [{ dimension, key }];
  return named.reduce((soFar, one) => narrowTo(soFar, one.dimension, null, one.key), narrowed);
}
