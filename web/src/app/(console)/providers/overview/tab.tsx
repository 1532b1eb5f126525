'use client';
import { useCan } from '@/components/frame/viewer';
import { ProblemNote } from '@/components/ui/error-state';
import { Section } from '@/components/ui/section';
import type { Problem } from '@/graphql/problem';
import type { Provider } from '../[name]/client';
import { LastCalls } from '../calls/last-calls';
import { ConnectionTestPanel } from '../connection-test/panel';
import { useCatalog } from '../models/use-catalog';
import { ConnectionFacts } from './connection-facts';
import { KpiStrip } from './kpi-strip';

interface OverviewTabProps {
  provider: Provider;
  typeLabel: string;
  /** Why the figures on screen may be old. */
  problem: Problem | null;
}

export function OverviewTab({ provider, typeLabel, problem }: OverviewTabProps) {
  const canTest = useCan('provider.write');
  const catalog = useCatalog(provider.models.length > 0 ? '' : provider.type);
  return (
    <>
      {problem && (
        <div className="mb-4">
          <ProblemNote problem={problem} />
        </div>
      )}
      <KpiStrip provider={provider} />
      <div className="mb-8 grid grid-cols-1 gap-x-12 gap-y-8 xl:grid-cols-2">
        <Section title="Connection" className="border-t-0 pt-0">
          <ConnectionFacts provider={provider} typeLabel={typeLabel} />
        </Section>
        {canTest && (
          <Section
            title="Test connection"
            description="One small real call with the stored settings. It is not counted as an app’s call."
            className="max-xl:border-t xl:border-t-0 xl:pt-0"
          >
            <ConnectionTestPanel
              target={{ provider: provider.name }}
              models={provider.models.length > 0 ? provider.models : catalog.models.map(({ id }) => id)}
            />
          </Section>
        )}
      </div>
      <LastCalls provider={provider} />
    </>
  );
}
