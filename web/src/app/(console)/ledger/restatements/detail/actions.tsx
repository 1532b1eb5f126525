'use client';
import { BookCheck, List, Undo2 } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useMutation } from 'urql';
import { useCan } from '@/components/frame/viewer';
import { Button, ButtonLink } from '@/components/ui/button';
import { toastProblem } from '@/components/ui/toast';
import { useOnceTrue } from '@/components/ui/use-once-true';
import { problemOf } from '@/graphql/problem';
import { callsHref } from '../../../usage/calls/href';
import { CANCEL_RESTATEMENT, type Restatement } from '../queries';

const BookDialog = lazy(() => import('./book-dialog').then((room) => ({ default: room.BookDialog })));
const ReverseDialog = lazy(() => import('./reverse-dialog').then((room) => ({ default: room.ReverseDialog })));

/** What may be done with it now, by those who may. */
export function Actions({ restatement }: { restatement: Restatement }) {
  const [asking, setAsking] = useState<'book' | 'reverse' | null>(null);
  const hasAskedToBook = useOnceTrue(asking === 'book');
  const hasAskedToReverse = useOnceTrue(asking === 'reverse');
  const [cancelling, cancel] = useMutation(CANCEL_RESTATEMENT);
  const canWrite = useCan('ledger.write');
  const { id, number, from, to, filter, state, preview, bookedBy, reversedBy } = restatement;
  const isHalfBooked = state === 'FAILED' && bookedBy !== null;
  const canBook = isHalfBooked || (state === 'READY' && (preview?.eventsChanged ?? 0) > 0);
  const runCancel = async () => {
    const { error } = await cancel({ id });
    if (error) toastProblem(`Restatement #${number} could not be cancelled`, problemOf(error));
  };
  const close = () => setAsking(null);
  return (
    <>
      {(preview || state === 'BOOKED') && (
        <ButtonLink icon={<List aria-hidden />} href={callsHref({ from, to }, listsOf(filter))}>
          Calls in range
        </ButtonLink>
      )}
      {canWrite && (state === 'PREVIEWING' || state === 'READY') && (
        <Button loading={cancelling.fetching} onClick={() => void runCancel()}>
          Cancel
        </Button>
      )}
      {canWrite && canBook && (
        <Button variant="primary" icon={<BookCheck aria-hidden />} onClick={() => setAsking('book')}>
          {isHalfBooked ? 'Go on booking' : 'Book'}
        </Button>
      )}
      {canWrite && state === 'BOOKED' && !reversedBy && (
        <Button icon={<Undo2 aria-hidden />} onClick={() => setAsking('reverse')}>
          Reverse
        </Button>
      )}
      <Suspense>
        {hasAskedToBook && <BookDialog open={asking === 'book'} restatement={restatement} onClose={close} />}
        {hasAskedToReverse && <ReverseDialog open={asking === 'reverse'} restatement={restatement} onClose={close} />}
      </Suspense>
    </>
  );
}

/** The address of calls has no place for the rest of a filter. */
function listsOf({ providers, models, apps, environments }: Restatement['filter']) {
  return { providers, models, apps, environments };
}
