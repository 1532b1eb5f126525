import type { Metadata } from 'next';
import { Suspense } from 'react';
import { Page } from '@/components/page/page';
import { Ledger } from './client';

export const metadata: Metadata = { title: 'Ledger' };

export default function LedgerPage() {
  return (
    <Page>
      <Suspense>
        <Ledger />
      </Suspense>
    </Page>
  );
}
