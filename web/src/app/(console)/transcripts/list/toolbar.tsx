'use client';
import { Search } from 'lucide-react';
import { FilterChips } from '@/components/data-table/filter-chips';
import { useCan } from '@/components/frame/viewer';
import { Input } from '@/components/ui/input';
import { FilterButton } from '../../usage/filter-button';
import { FacetButtons } from '../../usage/toolbar/facet-buttons';
import { RangeMenu } from '../../usage/toolbar/range-menu';
import { STATUS_LABELS, STATUSES } from '../search-params';
import { LISTS } from './filter';
import { MoreFilters } from './more-filters';
import type { TranscriptsState } from './use-transcripts-state';

export function Toolbar({ state }: { state: TranscriptsState }) {
  const { own, set, usage, chips, clear } = state;
  const mayReadBodies = useCan('transcript_body.read');
  return (
    <section aria-label="Search and filters" className="mb-3 flex flex-col gap-2">
      <div className="flex flex-wrap items-start gap-x-2 gap-y-2">
        <span className="w-full sm:w-80">
          <Input
            type="search"
            data-search
            aria-label="Search conversations"
            placeholder={mayReadBodies ? 'Words that were said, or an id' : 'An id'}
            icon={<Search />}
            className="h-7 text-table"
            value={own.q}
            onChange={(event) => set({ q: event.target.value })}
          />
        </span>
        <div className="sm:ml-auto">
          <RangeMenu state={usage} withoutComparison />
        </div>
      </div>
      <div className="flex flex-wrap gap-1.5">
        <FilterButton
          label="Status"
          size="sm"
          options={STATUSES.map((value) => ({ value, label: STATUS_LABELS[value] }))}
          chosen={own.status}
          onChange={(chosen) => set({ status: STATUSES.filter((status) => chosen.includes(status)) })}
        />
        <FacetButtons state={usage} filters={LISTS} />
        <MoreFilters
          errors={own.errors}
          slower={own.slower}
          costlier={own.costlier}
          onChange={(bounds) => set(bounds)}
        />
      </div>
      <FilterChips chips={chips} onClear={clear} />
    </section>
  );
}
