import type { Metadata } from 'next';
import { Suspense } from 'react';
import { Page } from '@/components/page/page';
import { ProviderDetail } from './client';

interface ProviderPageProps {
  params: Promise<{ name: string }>;
}

export async function generateMetadata({ params }: ProviderPageProps): Promise<Metadata> {
  return { title: decodeURIComponent((await params).name) };
}

export default async function ProviderPage({ params }: ProviderPageProps) {
  const { name } = await params;
  return (
    <Page>
      <Suspense>
        <ProviderDetail name={decodeURIComponent(name)} />
      </Suspense>
    </Page>
  );
}
