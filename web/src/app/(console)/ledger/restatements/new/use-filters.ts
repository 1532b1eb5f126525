import type { FilterChip } from '@/components/data-table/filter-chips';
import { useData } from '@/graphql/use-data';
import { FILTER_LABELS, FILTER_OPTIONS, FILTERS, type Filter } from './filter-options';

type Chosen = Readonly<Record<Filter, readonly string[]>>;
type Change = Partial<Record<Filter, string[] | null>>;

/** null = not filtered by any. */
const NONE = Object.fromEntries(FILTERS.map((filter) => [filter, null])) as Record<Filter, null>;

/**
 * What calls may be narrowed to in a range, what it is narrowed to, and the way out of each.
 * @param range null = none is chosen yet, and nothing is asked for
 */
export function useFilters(
  range: { readonly from: Date; readonly to: Date } | null,
  chosen: Chosen,
  set: (change: Change) => unknown,
) {
  const { data } = useData(
    FILTER_OPTIONS,
    { range: { from: range?.from.toISOString() ?? '', to: range?.to.toISOString() ?? '' } },
    { pause: range === null },
  );
  const named = (groups: readonly { key: string; label: string }[] | undefined) =>
    groups?.filter(({ key }) => key !== '').map(({ key, label }) => ({ value: key, label })) ?? [];
  const options = {
    providers: named(data?.byProvider),
    models: named(data?.byModel),
    apps: named(data?.byApp),
    environments: data?.environments.map(({ name }) => ({ value: name, label: name })) ?? [],
  };
  const change = (filter: Filter, values: readonly string[]) =>
    void set({ [filter]: values.length === 0 ? null : [...values] });
  const chips: FilterChip[] = FILTERS.flatMap((filter) =>
    chosen[filter].map((value) => ({
      name: FILTER_LABELS[filter],
      label: options[filter].find((option) => option.value === value)?.label ?? value,
      onRemove: () =>
        change(
          filter,
          chosen[filter].filter((other) => other !== value),
        ),
    })),
  );
  return { options, chosen, change, chips, clear: () => void set(NONE) };
}

export type Filters = ReturnType<typeof useFilters>;
