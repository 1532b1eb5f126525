import type { Metadata } from 'next';
import { Suspense } from 'react';
import { Page } from '@/components/page/page';
import { PageHeader } from '@/components/page/page-header';
import { FormSkeleton } from '../form/form-skeleton';
import { CreateProvider } from './client';

export const metadata: Metadata = { title: 'Create provider' };

export default function CreateProviderPage() {
  return (
    <Page form>
      <PageHeader
        title="Create provider"
        description="One upstream connection, one proxy URL for your apps."
        crumbs={[{ label: 'LLM Providers', href: '/providers' }]}
      />
      <Suspense fallback={<FormSkeleton />}>
        <CreateProvider />
      </Suspense>
    </Page>
  );
}
