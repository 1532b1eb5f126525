import { PageHeader } from '@/components/page/page-header';
import { Skeleton } from '@/components/ui/skeleton';
import { KpiSkeleton } from './kpi-strip';

export function DetailSkeleton({ name }: { name: string }) {
  return (
    <div aria-busy="true">
      <PageHeader
        title={name}
        crumbs={[{ label: 'LLM Providers', href: '/providers' }]}
        description={<Skeleton className="mt-1.5 w-32" />}
      />
      <div className="mb-4 flex h-9 items-center gap-6 border-b border-line">
        <Skeleton className="w-16" />
        <Skeleton className="w-14" />
        <Skeleton className="w-14" />
        <Skeleton className="w-16" />
      </div>
      <KpiSkeleton />
    </div>
  );
}
