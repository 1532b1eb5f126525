'use client';
import { Download, RotateCw } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import type { TimeSeries } from '@/components/charts/series';
import { TimeChart } from '@/components/charts/time-chart';
import { PageHeader } from '@/components/page/page-header';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState, ProblemNote } from '@/components/ui/error-state';
import { IconButton } from '@/components/ui/icon-button';
import { Section } from '@/components/ui/section';
import { PART_LABELS } from '../receipts/total/parts';
import type { TotalAsked } from '../receipts/total/total-details';
import { TotalDrawer } from '../receipts/total/total-drawer';
import { download, usageCsv } from './csv-export';
import { RequestTotals, SpendTotals, TokenTotals, TotalsSkeleton } from './footer-totals';
import { describeRange } from './range';
import { type ReportAsked, ReportButton } from './report/report-button';
import { SavedViews } from './saved-views/saved-views';
import { FILTER_LABELS, FILTERS, GROUP_LABELS } from './search-params';
import { Toolbar } from './toolbar';
import { unpricedHref } from './unpriced/href';
import { type UsageState, useUsage } from './use-usage';

export function Usage() {
  const usage = useUsage();
  const search = useSearchParams();
  const { buckets, totals, problem } = usage;
  const subtitle = describeRange(usage.range);
  const isFiltered = FILTERS.some((name) => usage.params[name].length > 0);
  const isEmpty = totals?.calls === 0;
  const group = GROUP_LABELS[usage.params.groupBy].toLowerCase();
  const requestsGroup = GROUP_LABELS[usage.requestsBy].toLowerCase();
  const requestsSubtitle =
    group === requestsGroup ? subtitle : `${subtitle}. By ${requestsGroup}: a request has tokens of several types.`;

  return (
    <>
      <PageHeader
        title="Cost & Usage"
        description="What was spent, asked and used, priced call by call."
        actions={
          <>
            <SavedViews search={search.toString()} />
            <ReportButton asked={reportOf(usage)} />
            <IconButton label="Refresh" icon={<RotateCw aria-hidden />} onClick={usage.refresh} />
            <Button icon={<Download aria-hidden />} disabled={!buckets || isEmpty} onClick={() => downloadShown(usage)}>
              Download CSV
            </Button>
          </>
        }
      />
      <Toolbar usage={usage} />
      {problem && !buckets ? (
        <ErrorState title="The usage could not be loaded" problem={problem} onRetry={usage.refresh} />
      ) : isEmpty ? (
        <NoUsage subtitle={subtitle} isFiltered={isFiltered} onClear={() => void clearFilters(usage)} />
      ) : (
        <div className="flex flex-col gap-8">
          {problem && <ProblemNote problem={problem} />}
          <Section title="Spend" description={<Quiet>{subtitle}</Quiet>} className="border-t-0 pt-0">
            <Chart
              usage={usage}
              label={`Spend over time by ${group}`}
              series={usage.series.spend}
              unit="usd"
              height={280}
            />
            {totals ? (
              <SpendTotals
                totals={totals}
                onReceipt={(part) => void usage.setParams({ receipt: part ?? 'total' })}
                unpricedHref={unpricedHref({
                  range: usage.params.range,
                  providers: usage.params.providers,
                  models: usage.params.models,
                })}
              />
            ) : (
              <TotalsSkeleton />
            )}
          </Section>
          <div className="grid grid-cols-1 gap-x-12 gap-y-8 xl:grid-cols-2">
            <Section title="Requests" description={<Quiet>{requestsSubtitle}</Quiet>}>
              <Chart
                usage={usage}
                label={`Requests over time by ${requestsGroup}`}
                series={usage.series.requests}
                unit="requests"
              />
              {totals ? <RequestTotals totals={totals} /> : <TotalsSkeleton />}
            </Section>
            <Section title="Tokens" description={<Quiet>{subtitle}</Quiet>}>
              <Chart usage={usage} label={`Tokens over time by ${group}`} series={usage.series.tokens} unit="tokens" />
              {totals ? <TokenTotals totals={totals} /> : <TotalsSkeleton />}
            </Section>
          </div>
        </div>
      )}
      <TotalDrawer asked={askedOf(usage)} onClose={() => void usage.setParams({ receipt: null })} />
    </>
  );
}

function reportOf({ params, range, filter }: UsageState): ReportAsked {
  return {
    ...{ range, rangeText: describeRange(range), timeZone: 'UTC', filter, groupBy: params.groupBy, tagKey: null },
    filterTexts: FILTERS.flatMap((name) => params[name].map((label) => ({ name: FILTER_LABELS[name], label }))),
  };
}

/** What the open receipt is of: the figures on screen, whole or one part of them. */
function askedOf({ params: { receipt }, range, filter }: UsageState): TotalAsked | null {
  if (receipt === null) return null;
  const part = receipt === 'total' ? null : receipt;
  return {
    title: part === null ? 'Spend' : `Spend, ${PART_LABELS[part].toLowerCase()}`,
    rangeText: describeRange(range),
    range: { from: range.from.toISOString(), to: range.to.toISOString() },
    filter,
    part,
  };
}

const Quiet = ({ children }: { children: string }) => <span className="text-table text-ink-3">{children}</span>;

interface ChartProps {
  usage: UsageState;
  label: string;
  series: readonly TimeSeries[];
  unit: 'usd' | 'requests' | 'tokens';
  height?: number;
}

function Chart({ usage, label, series, unit, height = 240 }: ChartProps) {
  const { params, setParams } = usage;
  return (
    <TimeChart
      label={label}
      buckets={usage.buckets}
      interval={usage.range.interval}
      series={series}
      unit={unit}
      stale={usage.stale}
      height={height}
      hidden={params.hidden}
      onHiddenChange={(hidden) => void setParams({ hidden }, { history: 'replace' })}
      view={params.view}
      onViewChange={(view) => void setParams({ view }, { history: 'replace' })}
    />
  );
}

function clearFilters({ setParams }: UsageState) {
  return setParams(Object.fromEntries(FILTERS.map((name) => [name, null])));
}

function downloadShown({ buckets, series, params, requestsBy, range }: UsageState): void {
  if (!buckets) return;
  const shown = (all: readonly TimeSeries[]) => all.filter(({ key }) => !params.hidden.includes(key));
  const text = usageCsv({
    buckets,
    spend: shown(series.spend),
    // Split otherwise than the rest, requests have no column of their own.
    requests: params.groupBy === requestsBy ? shown(series.requests) : null,
    tokens: shown(series.tokens),
    groupBy: params.groupBy,
    interval: range.interval,
  });
  const day = (date: Date) => date.toISOString().slice(0, 10);
  download(`weir-usage-by-${params.groupBy}-${day(range.from)}-to-${day(new Date(range.to.getTime() - 1))}.csv`, text);
}

function NoUsage({ subtitle, isFiltered, onClear }: { subtitle: string; isFiltered: boolean; onClear: () => void }) {
  return (
    <EmptyState
      title={isFiltered ? 'Nothing fits these filters' : 'No calls in this range'}
      action={isFiltered && <Button onClick={onClear}>Clear filters</Button>}
    >
      {subtitle}.{' '}
      {isFiltered
        ? 'There may be usage of other providers, models or apps.'
        : 'Once an app calls a provider’s proxy URL, its spend, requests and tokens stand here within seconds.'}
    </EmptyState>
  );
}
