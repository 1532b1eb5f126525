'use client';
import { useSearchParams } from 'next/navigation';
import { useEffect } from 'react';
import type { FilterChip } from '@/components/data-table/filter-chips';
import { PageHeader } from '@/components/page/page-header';
import { PART_LABELS } from '../receipts/total/parts';
import type { TotalAsked } from '../receipts/total/total-details';
import { TotalDrawer } from '../receipts/total/total-drawer';
import { useForecast } from './forecast/use-forecast';
import { Headline } from './headline/headline';
import { LiveFigures, useLive } from './live/live';
import { LiveStatus } from './live/live-status';
import { describeRange, spanText } from './range';
import { type ReportAsked, ReportButton } from './report/report-button';
import { SavedViews } from './saved-views/saved-views';
import { Sections } from './sections/sections';
import { spanInput, type UsageState, useUsageState } from './state/use-usage-state';
import { AddressNote } from './states/address-note';
import { Toolbar } from './toolbar/toolbar';
import { useChips } from './toolbar/use-chips';
import { useUsage } from './use-usage';

export function Usage({ openedAt }: { openedAt: Date }) {
  return (
    <LiveFigures openedAt={openedAt}>
      <CostAndUsage />
    </LiveFigures>
  );
}

function CostAndUsage() {
  const { now, setRunning } = useLive();
  const state = useUsageState(now);
  const usage = useUsage(state);
  const forecast = useForecast(state, now);
  const chips = useChips(state);
  const search = useSearchParams();
  const isRunning = state.range.to > now;
  useEffect(() => setRunning(isRunning), [isRunning, setRunning]);
  return (
    <>
      <PageHeader
        title="Cost & Usage"
        description="What was spent, asked and used, priced call by call."
        aside={<LiveStatus readAt={usage.readAt} zone={state.zone.name} isRunning={isRunning} />}
        actions={
          <>
            <SavedViews search={search.toString()} />
            <ReportButton asked={reportOf(state, chips)} />
          </>
        }
      />
      <AddressNote state={state} />
      <Toolbar state={state} chips={chips} />
      <Headline usage={usage} state={state} forecast={forecast} />
      <Sections state={state} usage={usage} forecast={forecast} />
      <TotalDrawer asked={askedOf(state)} onClose={() => void state.setParams({ receipt: null })} />
    </>
  );
}

/** The whole of what is on screen, for a file. */
function reportOf({ range, zone, filter, groupBy, tagKey }: UsageState, chips: readonly FilterChip[]): ReportAsked {
  return {
    ...{ range, rangeText: spanText(range, zone.name), timeZone: zone.name, filter, groupBy, tagKey },
    filterTexts: chips.map(({ name, label }) => ({ name, label })),
  };
}

/** What the open receipt is of: the figures on screen, whole or one part of them. */
function askedOf({ params: { receipt }, range, filter, zone }: UsageState): TotalAsked | null {
  if (receipt === null) return null;
  const part = receipt === 'total' ? null : receipt;
  return {
    title: part === null ? 'Spend' : `Spend, ${PART_LABELS[part].toLowerCase()}`,
    rangeText: describeRange(range, zone.name),
    range: spanInput(range),
    filter,
    part,
  };
}
