'use client';
import { CopyId } from '@/components/ui/copy-button';
import { Drawer } from '@/components/ui/drawer';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { exactTime } from '@/format';
import { CallReceipt } from '../../receipts/call/call-receipt';
import { ReceiptTools } from '../../receipts/call/receipt-tools';
import { useReceipt } from '../../receipts/call/use-receipt';
import { ReceiptSkeleton } from '../../receipts/receipt-skeleton';
import { CallFacts } from './call-facts';

export interface CallDrawerProps {
  /** null = closed. */
  eventId: string | null;
  onClose: () => void;
}

/** Everything that was recorded of one call: first what it cost and how that came to be, then how it went. */
export function CallDetails({ eventId, onClose }: CallDrawerProps) {
  const { receipt, isUnknown, problem, refetch } = useReceipt(eventId);
  const call = receipt?.call;
  return (
    <Drawer
      open={eventId !== null}
      onOpenChange={(open) => !open && onClose()}
      title={call ? (call.servedModel ?? call.requestedModel ?? call.endpoint) : 'Call'}
      description={call ? exactTime(call.startedAt) : (eventId ?? '')}
    >
      {receipt && call ? (
        <div className="flex flex-col gap-6">
          <CallReceipt receipt={receipt} tools={<ReceiptTools receipt={receipt} />} />
          <CallFacts call={call} />
          <div className="flex flex-wrap gap-x-6 gap-y-1 text-caption text-ink-3">
            <span className="flex items-center gap-1">
              Call <CopyId value={call.callId} label="Copy call id" />
            </span>
            <span className="flex items-center gap-1">
              Event <CopyId value={call.eventId} label="Copy event id" />
            </span>
          </div>
        </div>
      ) : problem ? (
        <ErrorState title="The call could not be loaded" problem={problem} onRetry={refetch} />
      ) : isUnknown ? (
        <EmptyState title="No such call">It is not in this project, or its time of keeping is over.</EmptyState>
      ) : (
        <ReceiptSkeleton />
      )}
    </Drawer>
  );
}
