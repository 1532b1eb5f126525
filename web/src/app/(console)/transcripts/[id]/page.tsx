import type { Metadata } from 'next';
import { Suspense } from 'react';
import { Page } from '@/components/page/page';
import { Conversation } from '../conversation/client';

export const metadata: Metadata = { title: 'Conversation' };

export default async function ConversationPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return (
    <Page>
      <Suspense>
        <Conversation id={decodeURIComponent(id)} />
      </Suspense>
    </Page>
  );
}
