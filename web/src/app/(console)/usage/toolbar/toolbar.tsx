'use client';
import { ListFilter } from 'lucide-react';
import { useState } from 'react';
import { type FilterChip, FilterChips } from '@/components/data-table/filter-chips';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import type { UsageState } from '../state/use-usage-state';
import { FacetButtons } from './facet-buttons';
import { GroupMenu } from './group-menu';
import { RangeMenu } from './range-menu';

/** Filters left, view options right, chips of what is filtered below. */
export function Toolbar({ state, chips }: { state: UsageState; chips: readonly FilterChip[] }) {
  /** On a phone the filters are folded away until they are wanted. */
  const [isUnfolded, setUnfolded] = useState(false);
  return (
    <section aria-label="Filters and view" className="mb-5 flex flex-col gap-2">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="flex min-w-0 flex-wrap gap-1.5 max-sm:w-full">
          <Button
            size="sm"
            className="w-full border-edge font-normal sm:hidden"
            aria-expanded={isUnfolded}
            icon={<ListFilter aria-hidden />}
            onClick={() => setUnfolded(!isUnfolded)}
          >
            Filters
            {chips.length > 0 && <span className="figures text-accent">{chips.length}</span>}
          </Button>
          <div className={cn('flex flex-wrap gap-1.5', !isUnfolded && 'max-sm:hidden')}>
            <FacetButtons state={state} />
          </div>
        </div>
        <div className="flex flex-wrap gap-1.5 max-sm:w-full sm:ml-auto">
          <GroupMenu state={state} />
          <RangeMenu state={state} />
        </div>
      </div>
      <FilterChips chips={chips} onClear={state.clearFilters} />
    </section>
  );
}
