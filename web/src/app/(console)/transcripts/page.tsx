import type { Metadata } from 'next';
import { Suspense } from 'react';
import { Page } from '@/components/page/page';
import { Transcripts } from './client';

export const metadata: Metadata = { title: 'Transcripts' };

export default function TranscriptsPage() {
  return (
    <Page>
      <Suspense>
        {/* Server and browser must show the same second. */}
        <Transcripts openedAt={new Date()} />
      </Suspense>
    </Page>
  );
}
