'use client';
import { Section } from '@/components/ui/section';
import { GROUP_LABELS } from '../state/filters';
import type { UsageState } from '../state/use-usage-state';
import { groupText } from '../toolbar/group-menu';
import type { UsageFigures } from '../use-usage';
import { RequestTotals, TokenTotals, TotalsSkeleton } from './footer-totals';
import { Quiet } from './quiet';
import { UsageChart } from './usage-chart';

interface VolumeSectionProps {
  state: UsageState;
  usage: UsageFigures;
}

export function RequestsSection({ state, usage }: VolumeSectionProps) {
  const isApart = usage.requestsBy !== state.groupBy;
  const group = (isApart ? GROUP_LABELS[usage.requestsBy] : groupText(state)).toLowerCase();
  const kinds = state.groupBy === 'cost_type' ? 'costs' : 'tokens';
  return (
    <Section
      title="Requests"
      description={isApart && <Quiet>{`By ${group}: a request has ${kinds} of several types.`}</Quiet>}
    >
      <UsageChart
        state={state}
        usage={usage}
        kind="requests"
        label={`Requests over time by ${group}`}
        groupBy={usage.requestsBy}
      />
      {usage.totals ? (
        <RequestTotals totals={usage.totals} isEndTold={state.params.costTypes.length === 0} />
      ) : (
        <TotalsSkeleton />
      )}
    </Section>
  );
}

export function TokensSection({ state, usage }: VolumeSectionProps) {
  return (
    <Section title="Tokens">
      <UsageChart
        state={state}
        usage={usage}
        kind="tokens"
        label={`Tokens over time by ${groupText(state).toLowerCase()}`}
        groupBy={state.groupBy}
      />
      {usage.totals ? <TokenTotals totals={usage.totals} /> : <TotalsSkeleton />}
    </Section>
  );
}
