'use client';
import { lazy, Suspense } from 'react';
import { Dialog } from '@/components/ui/dialog';
import { Skeleton } from '@/components/ui/skeleton';
import { spanText } from '../range';
import type { UsageState } from '../state/use-usage-state';
import { groupText } from '../toolbar/group-menu';

const GroupsList = lazy(() => import('./groups-list').then(({ GroupsList }) => ({ default: GroupsList })));

/** Every group of the charts by name, those that "other" adds up included. */
export function GroupsDialog({ state }: { state: UsageState }) {
  const { params, setParams, range, zone } = state;
  return (
    <Dialog
      open={params.groups}
      onOpenChange={(open) => !open && void setParams({ groups: null })}
      title={`All groups by ${groupText(state).toLowerCase()}`}
      description={spanText(range, zone.name)}
      width="lg"
    >
      <Suspense fallback={<Skeleton className="h-72 w-full" />}>
        <GroupsList state={state} />
      </Suspense>
    </Dialog>
  );
}
