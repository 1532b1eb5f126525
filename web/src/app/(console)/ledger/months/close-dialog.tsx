'use client';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { ProblemNote } from '@/components/ui/error-state';
import { Usd } from '@/components/ui/figure';
import { Link } from '@/components/ui/link';
import { toast } from '@/components/ui/toast';
import { plural } from '@/format';
import { useAction } from '@/graphql/use-action';
import { unpricedHref } from '../../usage/unpriced/href';
import { monthName } from '../month';
import { type AccountingMonth, CLOSE_MONTH } from './queries';

interface CloseDialogProps {
  /** null = closed. */
  month: AccountingMonth | null;
  onClose: () => void;
}

export function CloseDialog({ month, onClose }: CloseDialogProps) {
  const close = useAction(CLOSE_MONTH);
  const leave = () => {
    close.reset();
    onClose();
  };
  const run = async () => {
    if (!month || !(await close.run({ month: month.month }))) return;
    toast(`${monthName(month.month)} is closed`);
    leave();
  };
  return (
    <Dialog
      open={month !== null}
      onOpenChange={(open) => !open && leave()}
      title={month ? `Close ${monthName(month.month)}?` : ''}
      footer={
        <>
          <Button variant="ghost" onClick={leave}>
            Cancel
          </Button>
          <Button variant="primary" loading={close.running} onClick={() => void run()}>
            {month && month.unpricedCalls > 0 ? 'Close all the same' : 'Close month'}
          </Button>
        </>
      }
    >
      {month && (
        <div className="flex flex-col gap-4">
          {month.unpricedCalls > 0 && (
            <Banner tone="attention" title={`${plural(month.unpricedCalls, 'call')} of this month have no price`}>
              Their cost is unknown and missing from the total.{' '}
              <Link href={unpricedHref({ month: month.month })} className="text-accent underline">
                Price them first
              </Link>
              .
            </Banner>
          )}
          <p className="text-ink-2">
            <Usd amount={month.spend} className="font-medium text-ink" /> over {plural(month.calls, 'call')} is kept as
            the figure at close. From then on no restatement can be booked that touches the month. It can be reopened,
            with a reason.
          </p>
          {close.problem && <ProblemNote problem={close.problem} />}
        </div>
      )}
    </Dialog>
  );
}
