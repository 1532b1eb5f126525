'use client';
import { FilterChips } from '@/components/data-table/filter-chips';
import { Checkbox } from '@/components/ui/checkbox';
import { FilterButtons } from './filter-buttons';
import { useFilters } from './use-filters';
import type { Start } from './use-start';

/** Nothing chosen = every call in range. */
export function FilterFields({ start: { params, setParams, range } }: { start: Start }) {
  const filters = useFilters(range, params, setParams);
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <FilterButtons filters={filters} />
      </div>
      {filters.chips.length > 0 ? (
        <FilterChips chips={filters.chips} onClear={filters.clear} />
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
