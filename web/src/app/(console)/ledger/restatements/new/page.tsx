import type { Metadata } from 'next';
import { Suspense } from 'react';
import { Page } from '@/components/page/page';
import { NewRestatement } from './client';

export const metadata: Metadata = { title: 'New restatement' };

export default function NewRestatementPage() {
  return (
    <Page form>
      <Suspense>
        {/* Server and browser must show the same second. */}
        <NewRestatement openedAt={new Date()} />
      </Suspense>
    </Page>
  );
}
