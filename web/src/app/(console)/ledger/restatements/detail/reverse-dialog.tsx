'use client';
import { useRouter } from 'next/navigation';
import { useForm } from '@/components/form/use-form';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { SignedUsd } from '@/components/ui/figure';
import { FormFooter } from '@/components/ui/form-footer';
import { Textarea } from '@/components/ui/input';
import { plural } from '@/format';
import { useAction } from '@/graphql/use-action';
import { restatementHref } from '../../href';
import { REVERSE_RESTATEMENT, type Restatement } from '../queries';
import { RefusalNote } from './refusal-note';

interface ReverseDialogProps {
  open: boolean;
  restatement: Restatement;
  onClose: () => void;
}

const INITIAL = { reason: '' };
const required = () => ({ reason: 'reason' });

/** Takes a booked restatement back: a restatement of its own, previewed before it is booked. */
export function ReverseDialog({ open, restatement, onClose }: ReverseDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title={`Reverse restatement #${restatement.number}?`}
      description="You see the difference first; nothing is written until you book it."
    >
      {open && <ReverseForm restatement={restatement} onClose={onClose} />}
    </Dialog>
  );
}

function ReverseForm({ restatement: { id, booked }, onClose }: Omit<ReverseDialogProps, 'open'>) {
  const router = useRouter();
  const form = useForm({ initial: INITIAL, required });
  const reverse = useAction(REVERSE_RESTATEMENT);
  const submit = async () => {
    const answer = await reverse.run({ id, reason: form.values.reason.trim() });
    if (!answer) return;
    onClose();
    router.push(restatementHref(answer.reverseRestatement.id));
  };
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (form.missing.length === 0 && !reverse.running) void submit();
      }}
    >
      {booked && (
        <p className="text-ink-2">
          The {plural(booked.eventsChanged, 'call')} it changed count as they did before it, and its difference of{' '}
          <SignedUsd amount={booked.difference} className="text-ink" /> is taken back. Its entries stay readable.
        </p>
      )}
      <Field label="Why" required help="Stands beside every entry it writes.">
        {(control) => <Textarea {...control} rows={3} autoFocus {...form.text('reason')} />}
      </Field>
      {reverse.problem && <RefusalNote problem={reverse.problem} />}
      <FormFooter
        submitLabel="Preview the reversal"
        missing={form.missing}
        running={reverse.running}
        onCancel={onClose}
      />
    </form>
  );
}
