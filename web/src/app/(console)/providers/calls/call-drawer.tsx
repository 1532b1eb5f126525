import { lazy, Suspense } from 'react';
import { useOnceTrue } from '@/components/ui/use-once-true';
import type { CallDrawerProps } from './call-details';

const CallDetails = lazy(() => import('./call-details').then(({ CallDetails }) => ({ default: CallDetails })));

/** The record of a call, fetched when the first one is opened. */
export function CallDrawer(props: CallDrawerProps) {
  if (!useOnceTrue(props.eventId !== null)) return null;
  return (
    <Suspense>
      <CallDetails {...props} />
    </Suspense>
  );
}
