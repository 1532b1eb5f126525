import type { Metadata } from 'next';
import { Page } from '@/components/page/page';
import { ReceiptPage } from './client';

export const metadata: Metadata = { title: 'Receipt of a call' };

export default async function CallReceiptPage({ params }: { params: Promise<{ eventId: string }> }) {
  const { eventId } = await params;
  return (
    <Page>
      <ReceiptPage eventId={decodeURIComponent(eventId)} />
    </Page>
  );
}
