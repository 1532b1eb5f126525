import type { ReactNode } from 'react';
import { Count } from '@/components/ui/figure';
import { Skeleton } from '@/components/ui/skeleton';
import { Spend } from '../../usage/spend';
import { UnknownFigure } from '../unknown-figure';
import type { ModelRow } from './model-columns';

interface ModelFiguresProps {
  /** undefined and neither loading nor unknown: it was not called, which is a known zero. */
  row: ModelRow | undefined;
  loading: boolean;
  isUnknown: boolean;
  onReceipt: () => void;
  unpricedHref: string;
}

/** Spend, requests and tokens of the last 7 days. */
export function ModelFigures({ row, loading, isUnknown, onReceipt, unpricedHref }: ModelFiguresProps) {
  const known = (value: ReactNode, isKnown: boolean) =>
    loading ? <Skeleton className="h-7 w-24" /> : isUnknown || !isKnown ? <UnknownFigure /> : value;
  return (
    <section aria-label="Last 7 days" className="mb-8">
      <dl className="grid grid-cols-1 divide-line border-b border-line max-sm:divide-y sm:grid-cols-3 sm:divide-x">
        <Figure label="Spend">
          {known(
            <Spend
              spend={row?.spendUsd ?? '0'}
              unpricedCalls={row?.unpriced ?? 0}
              receipt={{ label: 'Spend of the last 7 days', onOpen: onReceipt }}
              unpricedHref={unpricedHref}
            />,
            row?.spendUsd !== null,
          )}
        </Figure>
        <Figure label="Requests">{known(<Count value={row?.requests ?? 0} />, row?.requests !== null)}</Figure>
        <Figure label="Tokens">{known(<Count value={row?.tokens ?? 0} />, row?.tokens !== null)}</Figure>
      </dl>
      <p className="mt-2 text-caption text-ink-3">Last 7 days, UTC</p>
    </section>
  );
}

function Figure({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="min-w-0 pt-1 pb-4 max-sm:pt-3 sm:px-5 sm:first:pl-0 sm:last:pr-0">
      <dt className="text-table text-ink-3">{label}</dt>
      <dd className="figures mt-0.5 h-7 text-title font-semibold tracking-[-0.01em]">{children}</dd>
    </div>
  );
}
