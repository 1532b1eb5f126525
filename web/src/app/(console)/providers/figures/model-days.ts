'use client';
import { useMemo } from 'react';
import { graphql, type ResultOf } from '@/graphql/graphql';
import { useData } from '@/graphql/use-data';
import { knownSpends } from '../../usage/known-spend';
import { lastSevenDays } from '../../usage/range';

const MODEL_DAYS = graphql(`
  query ModelDays($range: TimeRange!, $filter: UsageFilter) {
    usageOverTime(range: $range, interval: day, groupBy: model, filter: $filter, top: 50) {
      groups { key other spend calls tokens unpricedCalls }
    }
  }
`);

/** One value a day, oldest first. */
export interface Days {
  /** null = unpriced. */
  readonly spend: readonly (number | null)[];
  readonly requests: readonly number[];
  readonly tokens: readonly number[];
}

type Groups = ResultOf<typeof MODEL_DAYS>['usageOverTime']['groups'];

/** By model; those beyond the 50 biggest are not in it. */
export function daysByModel(groups: Groups): ReadonlyMap<string, Days> {
  return new Map(
    groups
      .filter(({ other }) => !other)
      .map(({ key, spend, calls, tokens, unpricedCalls }) => [
        key,
        { spend: knownSpends(spend, unpricedCalls), requests: calls, tokens },
      ]),
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
