'use client';
import { Search } from 'lucide-react';
import { useQueryStates } from 'nuqs';
import { useMemo } from 'react';
import { FilterChips } from '@/components/data-table/filter-chips';
import { Input } from '@/components/ui/input';
import { useData } from '@/graphql/use-data';
import { FilterButton } from '../usage/filter-button';
import { filterInput } from './list-query';
import { LISTED_MODELS } from './queries';
import { providerListParsers, STATUS_LABELS, STATUSES, type StatusName } from './search-params';

export function useProviderFilter() {
  const [values, setValues] = useQueryStates(providerListParsers, { history: 'replace' });
  const { search, type, status, environment, model } = values;
  const input = useMemo(
    () => filterInput({ search, type, status, environment, model }),
    [search, type, status, environment, model],
  );
  return {
    ...values,
    input,
    isSet: Object.keys(input).length > 0,
    /** Another filter starts at the first page again. */
    set: (change: Partial<typeof values>) => void setValues({ ...change, after: null, page: null }),
    clear: () => void setValues(null),
  };
}

export type ProviderFilterState = ReturnType<typeof useProviderFilter>;

interface ProviderFiltersProps {
  filter: ProviderFilterState;
  types: readonly { readonly type: string; readonly label: string }[];
  environments: readonly { readonly name: string }[];
}

export function ProviderFilters({ filter, types, environments }: ProviderFiltersProps) {
  const models = useListedModels();
  const { type, status, environment, model } = filter;
  return (
    <>
      <span className="w-full sm:w-60">
        <Input
          type="search"
          data-search
          aria-label="Search providers"
          placeholder="Search by name"
          icon={<Search />}
          value={filter.search}
          onChange={(event) => filter.set({ search: event.target.value })}
        />
      </span>
      <FilterButton
        label="Type"
        options={types.map((option) => ({ value: option.type, label: option.label }))}
        chosen={type}
        onChange={(chosen) => filter.set({ type: [...chosen] })}
      />
      <FilterButton
        label="Status"
        options={STATUSES.map((value) => ({ value, label: STATUS_LABELS[value] }))}
        chosen={status}
        onChange={(chosen) => filter.set({ status: chosen as StatusName[] })}
      />
      <FilterButton
        label="Environment"
        options={environments.map(({ name }) => ({ value: name, label: name }))}
        chosen={environment === null ? [] : [environment]}
        onChange={(chosen) => filter.set({ environment: chosen.find((name) => name !== environment) ?? null })}
      />
      <FilterButton
        label="Model"
        emptyText="No provider lists a model; each offers all of its upstream."
        options={models.map((id) => ({ value: id, label: id }))}
        chosen={model === null ? [] : [model]}
        onChange={(chosen) => filter.set({ model: chosen.find((id) => id !== model) ?? null })}
      />
      <Chips filter={filter} types={types} />
    </>
  );
}

function Chips({ filter, types }: Omit<ProviderFiltersProps, 'environments'>) {
  const { type, status, environment, model } = filter;
  const chips = [
    ...type.map((value) => ({
      name: 'Type',
      label: types.find((option) => option.type === value)?.label ?? value,
      onRemove: () => filter.set({ type: type.filter((other) => other !== value) }),
    })),
    ...status.map((value) => ({
      name: 'Status',
      label: STATUS_LABELS[value],
      onRemove: () => filter.set({ status: status.filter((other) => other !== value) }),
    })),
    ...(environment === null
      ? []
      : [{ name: 'Active in', label: environment, onRemove: () => filter.set({ environment: null }) }]),
    ...(model === null ? [] : [{ name: 'Offers', label: model, onRemove: () => filter.set({ model: null }) }]),
  ];
  return <FilterChips chips={chips} onClear={filter.clear} />;
}

/** Every model that some provider lists by id. */
function useListedModels(): readonly string[] {
  const { data } = useData(LISTED_MODELS, {});
  return useMemo(() => [...new Set(data?.providers.nodes.flatMap(({ models }) => models))].sort(), [data]);
}
