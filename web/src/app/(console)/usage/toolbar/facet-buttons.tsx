'use client';
import { lazy, Suspense, useEffect } from 'react';
import { Button } from '@/components/ui/button';
import { Popover } from '@/components/ui/popover';
import { Switch } from '@/components/ui/switch';
import { DIMENSION_OF, FILTERS, type Filter, labelOfFilter } from '../state/filters';
import type { UsageState } from '../state/use-usage-state';
import { TagButton } from './tag-button';
import { TriggerButton } from './trigger-button';

const load = () => import('./facet-list');
const FacetList = lazy(() => load().then(({ FacetList }) => ({ default: FacetList })));

/** A button for each dimension that usage is narrowed by. */
export function FacetButtons({ state, filters = FILTERS }: { state: UsageState; filters?: readonly Filter[] }) {
  // Not needed to draw the page, and there before anybody can open one. A failed fetch is tried again then.
  useEffect(() => void load().catch(() => undefined), []);
  return (
    <>
      {filters.map((filter) => (
        <FacetButton key={filter} filter={filter} state={state} hasDeletedSwitch={filters === FILTERS} />
      ))}
      <TagButton state={state} />
    </>
  );
}

interface FacetButtonProps {
  filter: Filter;
  state: UsageState;
  hasDeletedSwitch: boolean;
}

function FacetButton({ filter, state, hasDeletedSwitch }: FacetButtonProps) {
  const label = labelOfFilter(filter);
  const chosen: readonly string[] = state.params[filter];
  const change = (values: readonly string[]) =>
    void state.setParams({ [filter]: values.length > 0 ? [...values] : null });
  return (
    <Popover
      label={`Filter by ${label.toLowerCase()}`}
      className="w-[min(344px,calc(100vw-32px))] p-2"
      trigger={<TriggerButton label={label} chosen={chosen.length} />}
    >
      <Suspense fallback={<div className="h-44" />}>
        <FacetList state={state} dimension={DIMENSION_OF[filter]} chosen={chosen} onChange={change} />
      </Suspense>
      {filter === 'providers' && hasDeletedSwitch && <DeletedSwitch state={state} />}
      {chosen.length > 0 && (
        <Button size="sm" variant="ghost" className="mt-1" onClick={() => change([])}>
          Clear
        </Button>
      )}
    </Popover>
  );
}

function DeletedSwitch({ state: { params, setParams } }: { state: UsageState }) {
  return (
    <div className="mt-2 border-t border-line px-1 pt-2.5 pb-1 text-table">
      <Switch
        checked={params.deleted}
        onChange={(deleted) => void setParams({ deleted: deleted ? null : false })}
        label="Show deleted providers"
        description="What they cost stays in the figures."
      />
    </div>
  );
}
