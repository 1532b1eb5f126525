import { ArrowRight } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { Count } from '@/components/ui/figure';
import { Skeleton } from '@/components/ui/skeleton';
import { Sparkline } from '@/components/ui/sparkline';
import { TotalDrawer } from '../../receipts/total/total-drawer';
import { Spend } from '../../usage/spend';
import { unpricedHref } from '../../usage/unpriced/href';
import type { Provider } from '../[name]/client';
import { UnknownFigure } from '../unknown-figure';
import { useSpendReceipt } from '../use-spend-receipt';

/** Spend, requests and tokens of the last 7 days. */
export function KpiStrip({ provider }: { provider: Provider }) {
  const figures = provider.lastSevenDays;
  const spend = useSpendReceipt(provider.name);
  return (
    <section aria-label="Last 7 days" className="mb-6">
      <div className="grid grid-cols-1 divide-line border-b border-line max-sm:divide-y sm:grid-cols-3 sm:divide-x">
        <Kpi label="Spend" values={figures?.spendByDay.map(Number)}>
          {figures && (
            <Spend
              spend={figures.spend}
              unpricedCalls={figures.unpricedCalls}
              receipt={{ label: 'Spend of the last 7 days', onOpen: spend.open }}
              unpricedHref={unpricedHref({ range: '7d', providers: [provider.name] })}
            />
          )}
        </Kpi>
        <Kpi label="Requests" values={figures?.requestsByDay}>
          {figures && <Count value={figures.requests} />}
        </Kpi>
        <Kpi label="Tokens" values={figures?.tokensByDay}>
          {figures && <Count value={figures.tokens} />}
        </Kpi>
      </div>
      <p className="mt-2 flex items-center justify-between gap-4 text-caption text-ink-3">
        Last 7 days, by day, UTC
        <Link
          href={`/usage?range=7d&providers=${encodeURIComponent(provider.name)}`}
          className="inline-flex items-center gap-1 rounded-sm text-table text-accent hover:underline"
        >
          View in Cost &amp; Usage
          <ArrowRight aria-hidden className="size-3.5" />
        </Link>
      </p>
      <TotalDrawer {...spend.drawer} />
    </section>
  );
}

interface KpiProps {
  label: string;
  /** undefined = unknown, which is not zero. */
  values: readonly number[] | undefined;
  children: ReactNode;
}

function Kpi({ label, values, children }: KpiProps) {
  return (
    <div className="flex items-end justify-between gap-4 pt-1 pb-4 max-sm:pt-3 sm:px-5 sm:first:pl-0 sm:last:pr-0">
      <div className="min-w-0">
        <div className="text-table text-ink-3">{label}</div>
        <div className="figures mt-0.5 text-title font-semibold tracking-[-0.01em]">
          {values ? children : <UnknownFigure />}
        </div>
      </div>
      {values && <Sparkline values={values} width={96} height={28} label={`${label} by day, last 7 days`} />}
    </div>
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
