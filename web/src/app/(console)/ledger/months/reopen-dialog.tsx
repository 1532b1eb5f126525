'use client';
import { useForm } from '@/components/form/use-form';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { FormFooter } from '@/components/ui/form-footer';
import { Textarea } from '@/components/ui/input';
import { toast } from '@/components/ui/toast';
import { useAction } from '@/graphql/use-action';
import { monthName } from '../month';
import { type AccountingMonth, REOPEN_MONTH } from './queries';

interface ReopenDialogProps {
  /** null = closed. */
  month: AccountingMonth | null;
  onClose: () => void;
}

const INITIAL = { reason: '' };
const required = () => ({ reason: 'reason' });

export function ReopenDialog({ month, onClose }: ReopenDialogProps) {
  return (
    <Dialog
      open={month !== null}
      onOpenChange={(open) => !open && onClose()}
      title={month ? `Reopen ${monthName(month.month)}?` : ''}
      description="Restatements can be booked in it again, until it is closed once more. Its figures do not change by this."
    >
      {month && <ReopenForm month={month} onClose={onClose} />}
    </Dialog>
  );
}

function ReopenForm({ month, onClose }: { month: AccountingMonth; onClose: () => void }) {
  const form = useForm({ initial: INITIAL, required });
  const reopen = useAction(REOPEN_MONTH);
  const submit = async () => {
    if (!(await reopen.run({ month: month.month, reason: form.values.reason.trim() }))) return;
    toast(`${monthName(month.month)} is open again`);
    onClose();
  };
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (form.missing.length === 0 && !reopen.running) void submit();
      }}
    >
      <Field label="Why" required help="Kept with the month and in the audit.">
        {(control) => <Textarea {...control} rows={3} autoFocus {...form.text('reason')} />}
      </Field>
      <FormFooter
        submitLabel="Reopen month"
        missing={form.missing}
        running={reopen.running}
        problem={reopen.problem}
        onCancel={onClose}
      />
    </form>
  );
}
