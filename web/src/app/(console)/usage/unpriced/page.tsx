import type { Metadata } from 'next';
import { Suspense } from 'react';
import { Page } from '@/components/page/page';
import { Unpriced } from './client';

export const metadata: Metadata = { title: 'Unpriced' };

export default function UnpricedPage() {
  return (
    <Page>
      <Suspense>
        <Unpriced />
      </Suspense>
    </Page>
  );
}
