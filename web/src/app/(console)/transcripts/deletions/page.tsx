import type { Metadata } from 'next';
import { Suspense } from 'react';
import { Page } from '@/components/page/page';
import { Deletions } from '../deletion/deletions';

export const metadata: Metadata = { title: 'Deletions' };

export default function DeletionsPage() {
  return (
    <Page>
      <Suspense>
        <Deletions />
      </Suspense>
    </Page>
  );
}
