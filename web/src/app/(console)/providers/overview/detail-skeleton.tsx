import { PageHeader } from '@/components/page/page-header';
import { Section } from '@/components/ui/section';
import { Skeleton } from '@/components/ui/skeleton';
import { KpiSkeleton } from './kpi-strip';

/** The page as it will be, without what is not known yet. */
export function DetailSkeleton({ name }: { name: string }) {
  return (
    <div aria-busy="true">
      <PageHeader
        title={<span className="text-ink-3">{name}</span>}
        crumbs={[{ label: 'LLM Providers', href: '/providers' }]}
        description={<Skeleton className="mt-2 w-32" />}
      />
      <div className="mb-4 flex h-9 items-center gap-4 border-b border-line text-ink-3">
        {['Overview', 'Models', 'Connect', 'Settings'].map((tab) => (
          <span key={tab} className="px-0.5">
            {tab}
          </span>
        ))}
      </div>
      <KpiSkeleton />
      <div className="mb-8 grid grid-cols-1 gap-x-12 gap-y-8 xl:grid-cols-2">
        <Section title="Connection" className="border-t-0 pt-0">
          <Lines />
        </Section>
        <Section title="Endpoints" className="max-xl:border-t xl:border-t-0 xl:pt-0">
          <Skeleton className="h-8 w-72" />
        </Section>
      </div>
      <Section title="Last calls">
        <Lines />
      </Section>
    </div>
  );
}

function Lines() {
  return (
    <div className="flex flex-col gap-3">
      {['w-3/4', 'w-1/2', 'w-2/3', 'w-1/3', 'w-1/2', 'w-2/5'].map((width, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines never move
        <Skeleton key={index} className={width} />
      ))}
    </div>
  );
}
