'use client';
import { Section } from '@/components/ui/section';
import { marksOf } from '../anomalies/marks';
import { type Anomalies, narrowToCause } from '../anomalies/use-anomalies';
import type { Forecast } from '../forecast/use-forecast';
import type { UsageState } from '../state/use-usage-state';
import { groupText } from '../toolbar/group-menu';
import { unpricedHref } from '../unpriced/href';
import type { UsageFigures } from '../use-usage';
import { SpendTotals, TotalsSkeleton } from './footer-totals';
import { UsageChart } from './usage-chart';

interface SpendSectionProps {
  state: UsageState;
  usage: UsageFigures;
  forecast: Forecast;
  anomalies: Anomalies;
}

export function SpendSection({ state, usage, forecast: { forecast }, anomalies }: SpendSectionProps) {
  const { params, setParams, range } = state;
  // By the hour or the month a day has no bar of its own.
  const days = range.interval === 'day' ? forecast?.days : undefined;
  return (
    <Section title="Spend" className="border-t-0 pt-0">
      <UsageChart
        state={state}
        usage={usage}
        kind="spend"
        label={`Spend over time by ${groupText(state).toLowerCase()}`}
        groupBy={state.groupBy}
        height={280}
        forecast={
          forecast && days
            ? {
                buckets: days.map(({ day, low, expected, high }) => ({ bucket: day, low, expected, high })),
                method: forecast.method,
              }
            : null
        }
        anomalies={marksOf(anomalies.found, range, (one) => state.narrow(narrowToCause(state, one)))}
      />
      {usage.totals ? (
        <SpendTotals
          totals={usage.totals}
          onReceipt={(part) => void setParams({ receipt: part ?? 'total' })}
          unpricedHref={unpricedHref({ range: params.range, providers: params.providers, models: params.models })}
        />
      ) : (
        <TotalsSkeleton />
      )}
    </Section>
  );
}
