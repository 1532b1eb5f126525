'use client';
import { useSearchParams } from 'next/navigation';
import { useQueryStates } from 'nuqs';
import { useMemo } from 'react';
import { previousOf, type Range, resolveRange, type Span } from '../range';
import { addressFaults } from './faults';
import { FILTERS, type Filter, type Group, type Narrowed, usageFilter } from './filters';
import { usageParsers } from './search-params';
import { useZone } from './use-zone';

/** ISO 8601, for the control plane. */
export const spanInput = ({ from, to }: Span) => ({ from: from.toISOString(), to: to.toISOString() });

/** What the address asks for, and the ways to ask for something else. */
export function useUsageState(now: Date) {
  const [params, setParams] = useQueryStates(usageParsers, { history: 'push' });
  const search = useSearchParams();
  const zone = useZone(params.tz, search.size === 0, (tz) => void setParams({ tz }, { history: 'replace' }));
  const { range: preset, customStart, customEnd } = params;
  const resolved = resolveRange(preset, { start: customStart, end: customEnd }, now, zone.name);
  const range = useSteady<Range>(resolved);
  const previous = useSteady<Span>(previousOf(preset, range, zone.name));
  /** Without its key a tag is nothing to group by. */
  const groupBy: Group = params.groupBy === 'tag' && !params.tagKey ? 'provider' : params.groupBy;
  const narrowed: Narrowed = useSteady({
    ...(Object.fromEntries(FILTERS.map((name) => [name, params[name]])) as Record<Filter, string[]>),
    tags: params.tags,
  });
  const filter = useMemo(() => usageFilter(narrowed, params.deleted), [narrowed, params.deleted]);
  const faults = useMemo(() => addressFaults(new URLSearchParams(search.toString())), [search]);

  return {
    params,
    setParams,
    zone,
    range,
    previous,
    groupBy,
    tagKey: groupBy === 'tag' ? params.tagKey : null,
    narrowed,
    filter,
    faults,
    isFiltered: FILTERS.some((name) => params[name].length > 0) || params.tags.length > 0,
    /** @param to every list it does not name is cleared */
    narrow: (to: Narrowed) =>
      void setParams({
        ...(Object.fromEntries(FILTERS.map((name) => [name, listOrNull(to[name])])) as Record<Filter, never>),
        tags: listOrNull(to.tags),
      }),
    clearFilters: () =>
      void setParams({ ...Object.fromEntries(FILTERS.map((name) => [name, null])), tags: null, deleted: null }),
  };
}

const listOrNull = (values: readonly string[] | undefined) => (values?.length ? [...values] : null);

export type UsageState = ReturnType<typeof useUsageState>;

/** The same object as long as it says the same, so that nothing is asked or drawn again for it. */
function useSteady<Value>(value: Value): Value {
  const text = JSON.stringify(value);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text is the value.
  return useMemo(() => value, [text]);
}
