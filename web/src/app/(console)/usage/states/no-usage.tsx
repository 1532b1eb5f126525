'use client';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Skeleton } from '@/components/ui/skeleton';
import { plural } from '@/format';
import { useData } from '@/graphql/use-data';
import { SUMS } from '../queries';
import { describeRange } from '../range';
import { usageFilter } from '../state/filters';
import { spanInput, type UsageState } from '../state/use-usage-state';

/** Stands where the charts would be when no call fits: nothing was called, nothing fits, or only what was left out. */
export function NoUsage({ state }: { state: UsageState }) {
  const { params, setParams, range, narrowed, isFiltered } = state;
  const subtitle = describeRange(range, state.zone.name);
  const deleted = useData(SUMS, { range: spanInput(range), filter: usageFilter(narrowed) }, { pause: params.deleted });
  if (deleted.loading) return <Skeleton className="mt-8 h-24 w-72" />;
  const hiddenCalls = params.deleted ? 0 : (deleted.data?.usageTotals.calls ?? 0);
  if (hiddenCalls > 0) {
    return (
      <EmptyState
        title="Only deleted providers have usage here"
        action={<Button onClick={() => void setParams({ deleted: null })}>Show deleted providers</Button>}
      >
        {subtitle}. {plural(hiddenCalls, 'call')} of providers that were deleted since{' '}
        {hiddenCalls === 1 ? 'is' : 'are'} left out, and there are no others.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title={isFiltered ? 'Nothing fits these filters' : 'No calls in this range'}
      action={isFiltered && <Button onClick={state.clearFilters}>Clear filters</Button>}
    >
      {subtitle}.{' '}
      {isFiltered
        ? 'There may be usage of other providers, models or apps.'
        : 'Once an app calls a provider’s proxy URL, its spend, requests and tokens stand here within seconds.'}
    </EmptyState>
  );
}
