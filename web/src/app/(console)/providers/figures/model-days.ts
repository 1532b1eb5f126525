'use client';
import { useMemo } from 'react';
import { graphql, type ResultOf } from '@/graphql/graphql';
import { useData } from '@/graphql/use-data';
import { lastSevenDays } from '../../usage/range';

const MODEL_DAYS = graphql(`
  query ModelDays($range: TimeRange!, $filter: UsageFilter) {
    usageOverTime(range: $range, interval: day, groupBy: model, filter: $filter, top: 50) {
      groups { key other spend calls tokens }
    }
  }
`);

/** One value a day, oldest first. */
export interface Days {
  readonly spend: readonly number[];
  readonly requests: readonly number[];
  readonly tokens: readonly number[];
}

type Groups = ResultOf<typeof MODEL_DAYS>['usageOverTime']['groups'];

/** By model; those beyond the 50 biggest are not in it. */
export function daysByModel(groups: Groups): ReadonlyMap<string, Days> {
  return new Map(
    groups
      .filter(({ other }) => !other)
      .map(({ key, spend, calls, tokens }) => [key, { spend: spend.map(Number), requests: calls, tokens }]),
  );
}

/** The last 7 days of each model of a provider, or of one of them; undefined until known. */
export function useModelDays(provider: string, model?: string) {
  const range = useMemo(() => lastSevenDays(new Date()), []);
  const filter = { providers: [provider], ...(model === undefined ? {} : { models: [model] }) };
  const { data, problem } = useData(MODEL_DAYS, { range, filter });
  const days = useMemo(() => data && daysByModel(data.usageOverTime.groups), [data]);
  return { days, problem };
}
