import type { Metadata } from 'next';
import { Suspense } from 'react';
import { Page } from '@/components/page/page';
import { Usage } from './client';

export const metadata: Metadata = { title: 'Cost & Usage' };

export default function UsagePage() {
  return (
    <Page>
      <Suspense>
        {/* Server and browser must show the same second. */}
        <Usage openedAt={new Date()} />
      </Suspense>
    </Page>
  );
}
