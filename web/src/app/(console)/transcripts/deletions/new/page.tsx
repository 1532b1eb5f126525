import type { Metadata } from 'next';
import { Suspense } from 'react';
import { Page } from '@/components/page/page';
import { NewDeletion } from '../../deletion/new-deletion';

export const metadata: Metadata = { title: 'Delete recorded calls' };

export default function NewDeletionPage() {
  return (
    <Page form>
      <Suspense>
        <NewDeletion />
      </Suspense>
    </Page>
  );
}
