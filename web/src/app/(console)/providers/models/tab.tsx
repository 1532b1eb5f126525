'use client';
import { Search } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import { DataTable } from '@/components/data-table/data-table';
import { useCan } from '@/components/frame/viewer';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Input } from '@/components/ui/input';
import { useData } from '@/graphql/use-data';
import { TotalDrawer } from '../../receipts/total/total-drawer';
import { unpricedHref } from '../../usage/unpriced/href';
import type { Provider } from '../[name]/client';
import { useModelDays } from '../figures/model-days';
import { useSpendReceipt } from '../use-spend-receipt';
import { modelHref } from './href';
import { modelColumns } from './model-columns';
import { OverrideDialog } from './override-dialog';
import { PROVIDER_MODELS } from './queries';

interface ModelsTabProps {
  provider: Provider;
  /** null = the viewer may not. */
  onEdit: (() => void) | null;
}

export function ModelsTab({ provider, onEdit }: ModelsTabProps) {
  const [search, setSearch] = useState('');
  const [overriding, setOverriding] = useState<string | null>(null);
  const canWrite = useCan('provider.write');
  const models = useData(PROVIDER_MODELS, { provider: provider.name });
  const isOpen = provider.models.length === 0;
  const spend = useSpendReceipt(provider.name);
  const openReceipt = useRef(spend.openModel);
  openReceipt.current = spend.openModel;
  const { days } = useModelDays(provider.name);
  const columns = useMemo(
    () =>
      modelColumns(isOpen, {
        days,
        onOverride: canWrite ? setOverriding : null,
        onReceipt: (model) => openReceipt.current(model),
        unpricedHref: (model) => unpricedHref({ range: '7d', providers: [provider.name], models: [model] }),
      }),
    [isOpen, canWrite, provider.name, days],
  );
  const wanted = search.trim().toLowerCase();
  return (
    <>
      <p className="mb-4 max-w-[720px] text-ink-2">
        {isOpen
          ? 'Every model the upstream offers may be called. Here are those called in the last 7 days, and those with prices of your own.'
          : 'Apps may call only what is listed. Anything else is refused with model_not_allowed.'}
      </p>
      <DataTable
        label="Models"
        name="provider-models-priced"
        columns={columns}
        rows={models.data?.providerModels.filter((row) => row.model.toLowerCase().includes(wanted))}
        rowKey={(row) => row.model}
        rowHref={(row) => modelHref(provider.name, row.model)}
        rowLabel={(row) => row.model}
        isMuted={(row) => !row.exposed}
        stale={models.stale}
        problem={models.problem}
        onRetry={models.refetch}
        filters={
          <span className="w-full sm:w-60">
            <Input
              type="search"
              data-search
              aria-label="Search models"
              placeholder="Search models"
              icon={<Search />}
              value={search}
              onChange={(event) => setSearch(event.target.value)}
            />
          </span>
        }
        options={onEdit && <Button onClick={onEdit}>Edit models</Button>}
        empty={
          wanted === '' && provider.lastSevenDays === null ? (
            <EmptyState
              title="Which models were called is unknown"
              action={<Button onClick={models.refetch}>Retry</Button>}
            >
              The figures of the last 7 days could not be read. Calls go through and are recorded all the same.
            </EmptyState>
          ) : wanted === '' ? (
            <EmptyState title="No model was called in the last 7 days">
              Each one shows up here with its rates and its spend once an app has called it.
            </EmptyState>
          ) : (
            <EmptyState title="No model fits" action={<Button onClick={() => setSearch('')}>Clear search</Button>}>
              Nothing in the list contains “{search.trim()}”.
            </EmptyState>
          )
        }
      />
      <TotalDrawer {...spend.drawer} />
      <OverrideDialog provider={provider.name} model={overriding} onClose={() => setOverriding(null)} />
    </>
  );
}
