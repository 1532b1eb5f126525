import type { Metadata } from 'next';
import { Suspense } from 'react';
import { Page } from '@/components/page/page';
import { Secrets } from './client';

export const metadata: Metadata = { title: 'Secrets' };

export default function SecretsPage() {
  return (
    <Page>
      <Suspense>
        <Secrets />
      </Suspense>
    </Page>
  );
}
