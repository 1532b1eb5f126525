import type { Metadata } from 'next';
import { Suspense } from 'react';
import { Page } from '@/components/page/page';
import { modelOfSegments } from '../../../models/href';
import { ModelDetail } from '../../../models/model-detail';

interface ModelPageProps {
  params: Promise<{ name: string; model: string[] }>;
}

export async function generateMetadata({ params }: ModelPageProps): Promise<Metadata> {
  return { title: modelOfSegments((await params).model) };
}

export default async function ModelPage({ params }: ModelPageProps) {
  const { name, model } = await params;
  return (
    <Page>
      <Suspense>
        <ModelDetail provider={decodeURIComponent(name)} model={modelOfSegments(model)} />
      </Suspense>
    </Page>
  );
}
