import type { Metadata } from 'next';
import { Page } from '@/components/page/page';
import { Trace } from '../../spans/trace-client';

export const metadata: Metadata = { title: 'Trace' };

export default async function TracePage({ params }: { params: Promise<{ traceId: string }> }) {
  const { traceId } = await params;
  return (
    <Page>
      <Trace traceId={decodeURIComponent(traceId)} />
    </Page>
  );
}
