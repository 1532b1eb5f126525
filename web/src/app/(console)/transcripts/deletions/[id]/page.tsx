import type { Metadata } from 'next';
import { Suspense } from 'react';
import { Page } from '@/components/page/page';
import { DeletionReceipt } from '../../deletion/receipt-page';

export const metadata: Metadata = { title: 'Receipt of a deletion' };

export default async function DeletionPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return (
    <Page>
      <Suspense>
        <DeletionReceipt id={decodeURIComponent(id)} />
      </Suspense>
    </Page>
  );
}
