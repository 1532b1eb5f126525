'use client';
import { FilterChips } from '@/components/data-table/filter-chips';
import { Checkbox } from '@/components/ui/checkbox';
import { useData } from '@/graphql/use-data';
import { FilterButton } from '../../../usage/filter-button';
import { USAGE_OPTIONS } from '../../../usage/queries';
import { FILTER_LABELS, FILTERS, type Filter } from '../../../usage/search-params';
import type { Start } from './use-start';

/** Nothing chosen = every call in range. */
export function FilterFields({ start: { params, setParams, range } }: { start: Start }) {
  const { data } = useData(
    USAGE_OPTIONS,
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
  const change = (filter: Filter, chosen: readonly string[]) =>
    void setParams({ [filter]: chosen.length === 0 ? null : [...chosen] });
  const chips = FILTERS.flatMap((filter) =>
    params[filter].map((value) => ({
      name: FILTER_LABELS[filter],
      label: options[filter].find((option) => option.value === value)?.label ?? value,
      onRemove: () =>
        change(
          filter,
          params[filter].filter((other) => other !== value),
        ),
    })),
  );
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        {FILTERS.map((filter) => (
          <FilterButton
            key={filter}
            label={FILTER_LABELS[filter]}
            options={options[filter]}
            chosen={params[filter]}
            onChange={(chosen) => change(filter, chosen)}
          />
        ))}
      </div>
      {chips.length > 0 ? (
        <FilterChips
          chips={chips}
          onClear={() => void setParams(Object.fromEntries(FILTERS.map((name) => [name, null])))}
        />
      ) : (
        <p className="text-table text-ink-3">Every provider, model, app and environment.</p>
      )}
      <Checkbox
        checked={params.unpricedOnly}
        onChange={(unpricedOnly) => void setParams({ unpricedOnly: unpricedOnly || null })}
        label="Only calls without a price"
        description="Leaves every call alone that has a cost; for a price that was set after the calls were made."
      />
    </div>
  );
}
