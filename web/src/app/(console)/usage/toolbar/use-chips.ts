import type { FilterChip } from '@/components/data-table/filter-chips';
import { useData } from '@/graphql/use-data';
import { DIMENSION_OF, FILTERS, labelOfFilter, parseTag, valueLabel } from '../state/filters';
import { spanInput, type UsageState } from '../state/use-usage-state';
import { FACETS } from './queries';

/** What usage is narrowed to, each with the way out of it. */
export function useChips(state: UsageState): FilterChip[] {
  const { params, setParams } = state;
  const labelOf = useProviderLabels(state);
  const listed = FILTERS.flatMap((filter) => {
    const chosen: readonly string[] = params[filter];
    return chosen.map((value) => ({
      name: labelOfFilter(filter),
      label: (filter === 'providers' && labelOf(value)) || valueLabel(DIMENSION_OF[filter], value),
      onRemove: () => void setParams({ [filter]: without(chosen, value) }),
    }));
  });
  const tagged = params.tags.map((text) => {
    const { key, value } = parseTag(text) ?? { key: text, value: '' };
    return {
      name: key,
      label: valueLabel('tag', value),
      onRemove: () => void setParams({ tags: without(params.tags, text) }),
    };
  });
  const hidden = params.deleted
    ? []
    : [{ name: 'Deleted providers', label: 'not shown', onRemove: () => void setParams({ deleted: null }) }];
  return [...listed, ...tagged, ...hidden];
}

function without(chosen: readonly string[], value: string): string[] | null {
  const rest = chosen.filter((other) => other !== value);
  return rest.length > 0 ? rest : null;
}

/** Providers are known by a name of their own; everything else stands for itself. */
function useProviderLabels({ params, range, filter }: UsageState) {
  const { data } = useData(
    FACETS,
    { range: spanInput(range), dimension: 'provider', filter, first: 500 },
    { pause: params.providers.length === 0 },
  );
  return (key: string) => data?.usageFacets.values.find((value) => value.key === key)?.label;
}
