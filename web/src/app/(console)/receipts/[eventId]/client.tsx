'use client';
import { PageHeader } from '@/components/page/page-header';
import { ButtonLink } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { exactTime } from '@/format';
import { CallFacts } from '../../providers/calls/call-facts';
import { CallReceipt } from '../call/call-receipt';
import { ReceiptTools } from '../call/receipt-tools';
import { useReceipt } from '../call/use-receipt';
import { ReceiptSkeleton } from '../receipt-skeleton';

const CRUMBS = [
  { label: 'Cost & Usage', href: '/usage' },
  { label: 'Calls', href: '/usage/calls' },
];

/** The receipt of one call under an address of its own, to send on or to print. */
export function ReceiptPage({ eventId }: { eventId: string }) {
  const { receipt, isUnknown, problem, refetch } = useReceipt(eventId);
  const call = receipt?.call;
  if (isUnknown) {
    return (
      <>
        <PageHeader title="No such call" crumbs={CRUMBS} />
        <EmptyState title="There is no receipt here" action={<ButtonLink href="/usage/calls">All calls</ButtonLink>}>
          The call is not in this project, or its time of keeping is over.
        </EmptyState>
      </>
    );
  }
  return (
    <>
      <PageHeader
        crumbs={CRUMBS}
        title="Receipt of a call"
        description={
          call ? (
            <>
              <span className="font-mono text-table break-all">
                {call.servedModel ?? call.requestedModel ?? call.endpoint}
              </span>{' '}
              on {call.provider}, {exactTime(call.startedAt)}
            </>
          ) : (
            <span className="font-mono text-table break-all">{eventId}</span>
          )
        }
        actions={receipt && <ReceiptTools receipt={receipt} isPage />}
      />
      {receipt ? (
        <div className="grid grid-cols-1 gap-x-16 gap-y-8 xl:grid-cols-[minmax(0,720px)_minmax(0,480px)]">
          <CallReceipt receipt={receipt} />
          <CallFacts call={receipt.call} />
        </div>
      ) : problem ? (
        <ErrorState title="The receipt could not be loaded" problem={problem} onRetry={refetch} />
      ) : (
        <div className="max-w-[720px]">
          <ReceiptSkeleton />
        </div>
      )}
    </>
  );
}
