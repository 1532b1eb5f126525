import { Count } from '@/components/ui/figure';
import { Skeleton } from '@/components/ui/skeleton';
import { TotalDrawer } from '../../receipts/total/total-drawer';
import { usageHref } from '../../usage/href';
import { knownSpends } from '../../usage/known-spend';
import { Spend } from '../../usage/spend';
import { unpricedHref } from '../../usage/unpriced/href';
import type { Provider } from '../[name]/client';
import { Kpi, KpiFigure, KpiRow } from '../figures/kpi';
import { useSpendReceipt } from '../use-spend-receipt';

/** Spend, requests and tokens of the last 7 days. */
export function KpiStrip({ provider }: { provider: Provider }) {
  const figures = provider.lastSevenDays;
  const spend = useSpendReceipt(provider.name);
  const state = figures ? 'known' : 'unknown';
  const more = (groupBy: string) => usageHref({ range: '7d', groupBy, providers: [provider.name] });
  return (
    <section aria-label="Last 7 days" className="mb-6">
      <KpiRow>
        <Kpi
          label="Spend"
          values={figures && knownSpends(figures.spendByDay, figures.unpricedCallsByDay)}
          href={more('model')}
        >
          <KpiFigure state={state}>
            {figures && (
              <Spend
                spend={figures.spend}
                unpricedCalls={figures.unpricedCalls}
                receipt={{ label: 'Spend of the last 7 days', onOpen: spend.open }}
                unpricedHref={unpricedHref({ range: '7d', providers: [provider.name] })}
              />
            )}
          </KpiFigure>
        </Kpi>
        <Kpi label="Requests" values={figures?.requestsByDay} href={more('model')}>
          <KpiFigure state={state}>{figures && <Count value={figures.requests} />}</KpiFigure>
        </Kpi>
        <Kpi label="Tokens" values={figures?.tokensByDay} href={more('token_type')}>
          <KpiFigure state={state}>{figures && <Count value={figures.tokens} />}</KpiFigure>
        </Kpi>
      </KpiRow>
      <TotalDrawer {...spend.drawer} />
    </section>
  );
}

export function KpiSkeleton() {
  return (
    <div className="mb-6 grid grid-cols-1 border-b border-line pb-1 sm:grid-cols-3">
      {['Spend', 'Requests', 'Tokens'].map((label) => (
        <div key={label} className="pt-1 pb-4">
          <div className="text-table text-ink-3">{label}</div>
          <Skeleton className="mt-2 h-5 w-28" />
        </div>
      ))}
    </div>
  );
}
