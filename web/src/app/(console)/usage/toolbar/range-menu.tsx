'use client';
import { ChevronsUpDown } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { Button } from '@/components/ui/button';
import { Popover } from '@/components/ui/popover';
import { PRESET_LABELS, spanText } from '../range';
import type { UsageState } from '../state/use-usage-state';

const RangePanel = lazy(() => import('./range-panel').then(({ RangePanel }) => ({ default: RangePanel })));

/** Which time, in whose clock, and against which it is held. */
export function RangeMenu({ state, withoutComparison }: { state: UsageState; withoutComparison?: boolean }) {
  const { params, range, zone } = state;
  const text = params.range === 'custom' ? spanText(range, zone.name) : PRESET_LABELS[params.range];
  return (
    <Popover
      label="Range"
      align="end"
      className="max-h-(--available-height) w-[min(620px,calc(100vw-32px))] overflow-y-auto p-0"
      trigger={
        <Button size="sm" className="min-w-0 border-edge font-normal max-sm:flex-1">
          <span className="sr-only">Range: </span>
          <span className="truncate">{text}</span>
          {zone.name !== 'UTC' && <span className="truncate text-ink-3 max-sm:hidden">{zone.name}</span>}
          <ChevronsUpDown aria-hidden className="!size-3.5 text-ink-3 max-sm:ml-auto" />
        </Button>
      }
    >
      <Suspense fallback={<div className="h-80" />}>
        <RangePanel state={state} withoutComparison={withoutComparison ?? false} />
      </Suspense>
    </Popover>
  );
}
