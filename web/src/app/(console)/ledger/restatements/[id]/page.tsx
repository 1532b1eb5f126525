import type { Metadata } from 'next';
import { Suspense } from 'react';
import { Page } from '@/components/page/page';
import { RestatementDetail } from '../detail/restatement-detail';

export const metadata: Metadata = { title: 'Restatement' };

export default async function RestatementPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return (
    <Page>
      <Suspense>
        <RestatementDetail id={decodeURIComponent(id)} />
      </Suspense>
    </Page>
  );
}
