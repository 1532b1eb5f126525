import { Banner } from '@/components/ui/banner';
import { ButtonLink } from '@/components/ui/button';
import { Link } from '@/components/ui/link';
import { plural } from '@/format';
import { newRestatementHref, restatementHref } from '../../href';
import type { Restatement } from '../queries';

/** The one thing to know about the state it is in; nothing where the figures say it all. */
export function StateNote({ restatement }: { restatement: Restatement }) {
  const { state, problem, preview, bookedBy, reversedBy } = restatement;
  if (state === 'FAILED') {
    return (
      <Banner
        tone="failed"
        className="mb-6"
        title={bookedBy ? 'Booking stopped halfway' : 'The preview could not be made'}
        action={bookedBy === null && <StartOver restatement={restatement} />}
      >
        {problem ?? 'The worker gave no reason.'}{' '}
        {bookedBy
          ? 'What was written stays; booking goes on where it stopped and writes nothing twice.'
          : 'Nothing was booked.'}
      </Banner>
    );
  }
  if (state === 'CANCELLED') {
    return (
      <Banner className="mb-6" title="Cancelled" action={<StartOver restatement={restatement} />}>
        Nothing was booked.
      </Banner>
    );
  }
  if (state === 'READY' && preview?.eventsChanged === 0) {
    return (
      <Banner className="mb-6" title="Nothing would change">
        {preview.eventsSeen === 0
          ? 'No call is in this range and filter.'
          : `All ${plural(preview.eventsSeen, 'call')} looked at are booked as the prices known now rate them.`}
      </Banner>
    );
  }
  if (state === 'BOOKED' && reversedBy) return <ReversalNote reversal={reversedBy} />;
  return null;
}

function ReversalNote({ reversal: { id, number, state } }: { reversal: NonNullable<Restatement['reversedBy']> }) {
  const isBooked = state === 'BOOKED';
  const link = (
    <Link href={restatementHref(id)} className="text-accent underline">
      restatement #{number}
    </Link>
  );
  return (
    <Banner className="mb-6" title={isBooked ? 'Taken back' : 'A reversal is under way'}>
      {isBooked ? (
        <>Its entries were reversed by {link}; what it changed counts as it did before.</>
      ) : (
        <>It counts until {link} is booked.</>
      )}
    </Banner>
  );
}

/** The same range, filter and reason, as a new one. */
function StartOver({ restatement: { from, to, filter, reason, reverses } }: { restatement: Restatement }) {
  if (reverses) return null;
  return (
    <ButtonLink size="sm" href={newRestatementHref({ from: new Date(from), to: new Date(to), ...filter, reason })}>
      Preview again
    </ButtonLink>
  );
}
