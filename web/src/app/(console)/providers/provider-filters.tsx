'use client';
import { Search } from 'lucide-react';
import { useQueryStates } from 'nuqs';
import { useMemo } from 'react';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { providerListParsers } from './search-params';

export function useProviderFilter() {
  const [values, setValues] = useQueryStates(providerListParsers, { history: 'replace' });
  const { search, type, status } = values;
  const input = useMemo(
    () => ({
      ...(search.trim() === '' ? {} : { search: search.trim() }),
      ...(type === null ? {} : { types: [type] }),
      ...(status === null ? {} : { enabled: status === 'enabled' }),
    }),
    [search, type, status],
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

const ANY = 'any';

interface ProviderFiltersProps {
  filter: ReturnType<typeof useProviderFilter>;
  types: readonly { readonly type: string; readonly label: string }[];
}

export function ProviderFilters({ filter, types }: ProviderFiltersProps) {
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
      <Select
        aria-label="Type"
        className="w-44"
        value={filter.type ?? ANY}
        onChange={(type) => filter.set({ type: type === ANY ? null : type })}
        options={[{ value: ANY, label: 'Any type' }, ...types.map(({ type, label }) => ({ value: type, label }))]}
      />
      <Select
        aria-label="Status"
        className="w-36"
        value={filter.status ?? ANY}
        onChange={(status) => filter.set({ status: status === ANY ? null : status })}
        options={[
          { value: ANY, label: 'Any status' },
          { value: 'enabled', label: 'Enabled' },
          { value: 'disabled', label: 'Disabled' },
        ]}
      />
    </>
  );
}
