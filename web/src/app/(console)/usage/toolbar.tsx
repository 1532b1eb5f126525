'use client';
import { Layers } from 'lucide-react';
import { FilterChips } from '@/components/data-table/filter-chips';
import { Select } from '@/components/ui/select';
import { FilterButtons } from './filter-buttons';
import { RangePicker } from './range-picker';
import { GROUP_LABELS, GROUPS } from './search-params';
import { useFilters } from './use-filters';
import type { UsageState } from './use-usage';

/** Filters left, view options right, chips of what is filtered below. */
export function Toolbar({ usage }: { usage: UsageState }) {
  const { params, setParams } = usage;
  const filters = useFilters(usage.range, params, setParams);

  return (
    <div className="mb-6">
      <div className="flex flex-wrap items-center gap-2">
        <FilterButtons filters={filters} />
        <span className="flex-1 max-sm:hidden" />
        <div className="flex flex-wrap gap-2 max-sm:w-full">
          <Select
            aria-label="Group by"
            icon={<Layers aria-hidden />}
            className="w-44 max-sm:flex-1"
            value={params.groupBy}
            onChange={(groupBy) => void setParams({ groupBy, hidden: null })}
            options={GROUPS.map((value) => ({ value, label: `By ${GROUP_LABELS[value].toLowerCase()}` }))}
          />
          <RangePicker usage={usage} />
        </div>
      </div>
      {filters.chips.length > 0 && (
        <div className="mt-2">
          <FilterChips chips={filters.chips} onClear={filters.clear} />
        </div>
      )}
    </div>
  );
}
