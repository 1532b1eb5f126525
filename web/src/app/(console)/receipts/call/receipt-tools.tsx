'use client';
import { MessagesSquare, Printer } from 'lucide-react';
import { useCan } from '@/components/frame/viewer';
import { Button, ButtonLink } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { useData } from '@/graphql/use-data';
import { CONVERSATION_OF_CALL } from '../../transcripts/queries';
import type { Receipt } from './call-receipt';
import { callReceiptText } from './text';

/** To what was said, where it was recorded. */
function TranscriptLink({ eventId }: { eventId: string }) {
  const { data } = useData(CONVERSATION_OF_CALL, { eventId }, { pause: !useCan('transcript.read') });
  if (!data?.conversationOfCall) return null;
  return (
    <ButtonLink
      size="sm"
      icon={<MessagesSquare aria-hidden />}
      href={`/transcripts/${data.conversationOfCall}#turn-${eventId}`}
    >
      Transcript
    </ButtonLink>
  );
}

/** The ways to take a receipt along; in a drawer, to the page of its own too. */
export function ReceiptTools({ receipt, isPage = false }: { receipt: Receipt; isPage?: boolean }) {
  return (
    <div className="flex flex-wrap gap-2 print:hidden">
      {!isPage && (
        <ButtonLink size="sm" href={`/receipts/${receipt.call.eventId}`}>
          Open as a page
        </ButtonLink>
      )}
      <CopyButton withText text={callReceiptText(receipt)} label="Copy as text" />
      <CopyButton withText text={JSON.stringify(receipt, null, 2)} label="Copy as JSON" />
      {isPage && (
        <Button size="sm" icon={<Printer aria-hidden />} onClick={() => window.print()}>
          Print
        </Button>
      )}
      <TranscriptLink eventId={receipt.call.eventId} />
    </div>
  );
}
