'use client';
import { lazy, Suspense } from 'react';
import { useOnceTrue } from '@/components/ui/use-once-true';
import type { TotalDrawerProps } from './total-details';

const load = () => import('./total-details');
const TotalDetails = lazy(() => load().then(({ TotalDetails }) => ({ default: TotalDetails })));

/** Fetched while a figure is pointed at, so that the click itself finds it there. */
export function prepareTotalReceipt(): void {
  // A failed fetch is tried again by the click, which then shows it.
  load().catch(() => undefined);
}

/** The receipt of a figure, fetched when the first one is opened. */
export function TotalDrawer(props: TotalDrawerProps) {
  if (!useOnceTrue(props.asked !== null)) return null;
  return (
    <Suspense>
      <TotalDetails {...props} />
    </Suspense>
  );
}
