'use client';
import { useViewer } from '@/components/frame/viewer';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { SignedUsd, Usd } from '@/components/ui/figure';
import { plural } from '@/format';
import { useAction } from '@/graphql/use-action';
import { spanText } from '../../span';
import { BOOK_RESTATEMENT, type Restatement } from '../queries';
import { RefusalNote } from './refusal-note';

interface BookDialogProps {
  open: boolean;
  restatement: Restatement;
  onClose: () => void;
}

/** Says in plain words what will be written, then writes it. */
export function BookDialog({ open, restatement, onClose }: BookDialogProps) {
  const { email } = useViewer();
  const book = useAction(BOOK_RESTATEMENT);
  const { id, number, from, to, reason, preview } = restatement;
  const close = () => {
    book.reset();
    onClose();
  };
  const run = async () => {
    if (await book.run({ id })) close();
  };
  if (!preview) return null;
  const { eventsChanged, before, after, difference, newlyPriced, newlyUnpriced } = preview;
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && close()}
      title={`Book restatement #${number}?`}
      footer={
        <>
          <Button variant="ghost" onClick={close}>
            Not now
          </Button>
          <Button variant="primary" loading={book.running} onClick={() => void run()}>
            Book {plural(eventsChanged, 'call')}
          </Button>
        </>
      }
    >
      <ul className="flex list-disc flex-col gap-1.5 pl-4 text-ink-2 marker:text-ink-3">
        <li>
          <b className="font-medium text-ink">
            {plural(eventsChanged, 'reversal')} and {plural(eventsChanged, 'new entry', 'new entries')}
          </b>{' '}
          are written, one of each for every call that changes, in your name ({email}).
        </li>
        <li>
          These calls of {spanText(from, to)} go from <Usd amount={before} className="text-ink" /> to{' '}
          <Usd amount={after} className="text-ink" />:{' '}
          <SignedUsd amount={difference} className="font-medium text-ink" />.
        </li>
        {newlyPriced > 0 && <li>{plural(newlyPriced, 'call')} without a price so far will have one.</li>}
        {newlyUnpriced > 0 && (
          <li className="text-amber">{plural(newlyUnpriced, 'call')} will have no price any more.</li>
        )}
        <li>Nothing is deleted: every entry there is now stays readable in the receipt of its call.</li>
        <li>It can be reversed later, which writes the same again with the sign turned.</li>
      </ul>
      <p className="mt-3 border-t border-line pt-3 text-table text-ink-2">
        <span className="text-ink-3">Why</span> {reason}
      </p>
      {book.problem && (
        <div className="mt-4">
          <RefusalNote problem={book.problem} />
        </div>
      )}
    </Dialog>
  );
}
