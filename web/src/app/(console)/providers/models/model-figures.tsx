import { Count } from '@/components/ui/figure';
import { usageHref } from '../../usage/href';
import { Spend } from '../../usage/spend';
import { unpricedHref } from '../../usage/unpriced/href';
import { Kpi, KpiFigure, KpiRow } from '../figures/kpi';
import type { Days } from '../figures/model-days';
import type { ModelRow } from './model-columns';

interface ModelFiguresProps {
  provider: string;
  model: string;
  /** undefined and neither loading nor unknown: it was not called, which is a known zero. */
  row: ModelRow | undefined;
  /** undefined = unknown, or not there yet. */
  days: Days | undefined;
  loading: boolean;
  isUnknown: boolean;
  onReceipt: () => void;
}

/** Spend, requests and tokens of the last 7 days. */
export function ModelFigures({ provider, model, row, days, loading, isUnknown, onReceipt }: ModelFiguresProps) {
  const stateOf = (value: string | number | null | undefined) =>
    loading ? 'loading' : isUnknown || value === null ? 'unknown' : 'known';
  const only = { providers: [provider], models: [model] };
  const more = (groupBy: string) => usageHref({ range: '7d', groupBy, ...only });
  return (
    <section aria-label="Last 7 days" className="mb-8">
      <KpiRow>
        <Kpi label="Spend" values={days?.spend} href={more('app')}>
          <KpiFigure state={stateOf(row?.spendUsd)}>
            <Spend
              spend={row?.spendUsd ?? '0'}
              unpricedCalls={row?.unpriced ?? 0}
              receipt={{ label: 'Spend of the last 7 days', onOpen: onReceipt }}
              unpricedHref={unpricedHref({ range: '7d', ...only })}
            />
          </KpiFigure>
        </Kpi>
        <Kpi label="Requests" values={days?.requests} href={more('app')}>
          <KpiFigure state={stateOf(row?.requests)}>
            <Count value={row?.requests ?? 0} />
          </KpiFigure>
        </Kpi>
        <Kpi label="Tokens" values={days?.tokens} href={more('token_type')}>
          <KpiFigure state={stateOf(row?.tokens)}>
            <Count value={row?.tokens ?? 0} />
          </KpiFigure>
        </Kpi>
      </KpiRow>
    </section>
  );
}
