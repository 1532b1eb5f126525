import type { Metadata } from 'next';
import { Suspense } from 'react';
import { Page } from '@/components/page/page';
import { Calls } from './client';

export const metadata: Metadata = { title: 'Calls' };

export default function CallsPage() {
  return (
    <Page>
      <Suspense>
        <Calls />
      </Suspense>
    </Page>
  );
}
