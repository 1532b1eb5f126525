'use client';
import { Printer } from 'lucide-react';
import { Button, ButtonLink } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import type { Receipt } from './call-receipt';
import { callReceiptText } from './text';

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
    </div>
  );
}
