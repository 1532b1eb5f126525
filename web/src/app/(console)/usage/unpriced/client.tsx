'use client';
import { CalendarDays } from 'lucide-react';
import { useQueryStates } from 'nuqs';
import { useMemo, useState } from 'react';
import { DataTable } from '@/components/data-table/data-table';
import { FilterChips } from '@/components/data-table/filter-chips';
import { useCan } from '@/components/frame/viewer';
import { PageHeader } from '@/components/page/page-header';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Select } from '@/components/ui/select';
import { useData } from '@/graphql/use-data';
import { monthName } from '../../ledger/month';
import { OverrideDialog } from '../../providers/models/override-dialog';
import { callsHref } from '../calls/href';
import { PRESET_LABELS } from '../range';
import { Backlog } from './backlog';
import { type UnpricedRow, unpricedColumns } from './columns';
import { ExposureSums } from './exposure-sums';
import { UNPRICED_MODELS } from './queries';
import { unpricedRange } from './range';
import { UNPRICED_RANGES, type UnpricedPreset, unpricedParsers } from './search-params';

const CRUMBS = [{ label: 'Cost & Usage', href: '/usage' }];

/** Models without a known price, what they might come to, and the way to a price and a rated backlog. */
export function Unpriced() {
  const [{ range: preset, month, providers, models }, setParams] = useQueryStates(unpricedParsers, { history: 'push' });
  const [now, setNow] = useState(() => new Date());
  const range = useMemo(() => unpricedRange(month, preset, now), [month, preset, now]);
  const asked = { from: range.from.toISOString(), to: range.to.toISOString() };
  const { data, stale, problem, refetch } = useData(UNPRICED_MODELS, { range: asked }, { lists: ['UnpricedModel'] });
  const [pricing, setPricing] = useState<UnpricedRow | null>(null);
  const [priced, setPriced] = useState<UnpricedRow | null>(null);
  const canSetPrices = useCan('provider.write');
  const columns = useMemo(() => unpricedColumns(canSetPrices ? setPricing : null), [canSetPrices]);
  const isNarrowed = providers.length + models.length > 0;
  const rows = data?.unpricedModels.filter(
    (row) =>
      (providers.length === 0 || providers.includes(row.provider)) &&
      (models.length === 0 || models.includes(row.model)),
  );
  const clear = () => void setParams({ providers: null, models: null });
  const without = (all: readonly string[], value: string) => all.filter((other) => other !== value);
  const chips = [
    ...providers.map((value) => ({
      name: 'Provider',
      label: value,
      onRemove: () => void setParams({ providers: without(providers, value) }),
    })),
    ...models.map((value) => ({
      name: 'Model',
      label: value,
      onRemove: () => void setParams({ models: without(models, value) }),
    })),
  ];
  return (
    <>
      <PageHeader
        title="Unpriced"
        description="Calls whose cost is not known. They are metered, in no sum of money, and never counted as zero."
        crumbs={CRUMBS}
      />
      {priced && <Backlog row={priced} onDismiss={() => setPriced(null)} />}
      <ExposureSums rows={rows} rangeText={range.text} />
      <DataTable
        label="Unpriced models"
        name="unpriced-models"
        columns={columns}
        rows={rows}
        rowKey={(row) => `${row.provider} ${row.model} ${row.reason}`}
        rowHref={(row) => callsHref(asked, { providers: [row.provider], models: [row.model] })}
        rowLabel={(row) => row.model || 'calls without a model'}
        stale={stale}
        problem={problem}
        onRetry={refetch}
        filters={<FilterChips chips={chips} onClear={clear} />}
        options={
          <Select
            aria-label="Range"
            icon={<CalendarDays aria-hidden />}
            className="w-44"
            value={range.month ?? preset}
            onChange={(next) => {
              if (next === range.month) return;
              setNow(new Date());
              void setParams({ range: next as UnpricedPreset, month: null });
            }}
            options={[
              ...(range.month ? [{ value: range.month, label: monthName(range.month) }] : []),
              ...UNPRICED_RANGES.map((value) => ({ value, label: PRESET_LABELS[value] })),
            ]}
          />
        }
        empty={
          isNarrowed ? (
            <EmptyState title="Nothing is unpriced here" action={<Button onClick={clear}>Show all</Button>}>
              No call of this model in the range is without a price.
            </EmptyState>
          ) : (
            <EmptyState title="Every call has a known cost">
              Calls of models without a price would stand here, with what they might come to and the way to a price.
            </EmptyState>
          )
        }
      />
      <OverrideDialog
        provider={pricing?.provider ?? ''}
        model={pricing?.model ?? null}
        // What is unpriced began in the past: a price that counts from now on would leave it so.
        validFrom={pricing?.firstAt}
        onClose={() => setPricing(null)}
        onSaved={(validFrom) => setPriced(validFrom === null ? null : pricing)}
      />
    </>
  );
}
