import type { Metadata } from 'next';
import { Suspense } from 'react';
import { Page } from '@/components/page/page';
import { Providers } from './client';

export const metadata: Metadata = { title: 'LLM Providers' };

export default function ProvidersPage() {
  return (
    <Page>
      <Suspense>
        <Providers />
      </Suspense>
    </Page>
  );
}
