import type { Metadata } from 'next';
import { Suspense } from 'react';
import { Page } from '@/components/page/page';
import { Apps } from './client';

export const metadata: Metadata = { title: 'Apps' };

export default function AppsPage() {
  return (
    <Page>
      <Suspense>
        <Apps />
      </Suspense>
    </Page>
  );
}
