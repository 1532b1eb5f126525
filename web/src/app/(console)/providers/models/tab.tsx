'use client';
import { Search } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Column } from '@/components/data-table/column';
import { DataTable } from '@/components/data-table/data-table';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Count } from '@/components/ui/figure';
import { Input } from '@/components/ui/input';
import { compareDecimals } from '@/decimal';
import { usd } from '@/format';
import { useData } from '@/graphql/use-data';
import { lastSevenDays } from '../../usage/range';
import { Spend } from '../../usage/spend';
import type { Provider } from '../[name]/client';
import { MODEL_USAGE } from '../queries';
import { type ModelRow, modelRows } from './model-rows';
import { useCatalog } from './use-catalog';

const COLUMNS: Column<ModelRow>[] = [
  {
    id: 'model',
    header: 'Model',
    hideable: false,
    sortValue: (row) => row.id,
    cell: (row) => <span className="font-mono text-caption">{row.id}</span>,
  },
  {
    id: 'context',
    header: 'Context',
    unit: 'tokens',
    numeric: true,
    width: '128px',
    sortValue: (row) => row.contextTokens,
    cell: (row) => (row.contextTokens === null ? <Unknown /> : <Count value={row.contextTokens} />),
  },
  rateColumn('input', 'Input', (row) => row.inputRate),
  rateColumn('cached', 'Cached', (row) => row.cachedRate),
  rateColumn('output', 'Output', (row) => row.outputRate),
  {
    id: 'requests',
    header: 'Requests',
    unit: '7 d',
    numeric: true,
    width: '128px',
    sortValue: (row) => row.usage?.calls ?? null,
    cell: (row) => <Count value={row.usage?.calls ?? null} />,
  },
  {
    id: 'spend',
    header: 'Spend',
    unit: '7 d',
    numeric: true,
    width: '180px',
    sortValue: (row) => row.usage?.spend ?? null,
    compare: compareDecimals,
    cell: (row) =>
      row.usage ? <Spend spend={row.usage.spend} unpricedCalls={row.usage.unpricedCalls} /> : <Unknown />,
  },
];

function rateColumn(id: string, header: string, rateOf: (row: ModelRow) => string | null): Column<ModelRow> {
  return {
    id,
    header,
    unit: '$/1M',
    numeric: true,
    width: '116px',
    sortValue: rateOf,
    compare: compareDecimals,
    cell: (row) => {
      const rate = rateOf(row);
      return rate === null ? <Unknown /> : usd(rate);
    },
  };
}

const Unknown = () => <span className="text-ink-3">–</span>;

interface ModelsTabProps {
  provider: Provider;
  /** null = the viewer may not. */
  onEdit: (() => void) | null;
}

export function ModelsTab({ provider, onEdit }: ModelsTabProps) {
  const [search, setSearch] = useState('');
  const catalog = useCatalog(provider.type);
  const [range] = useState(() => lastSevenDays(new Date()));
  const usage = useData(MODEL_USAGE, { range, filter: { providers: [provider.name] } });
  const isLoading = catalog.loading || usage.loading;
  const rows = useMemo(
    () => (isLoading ? undefined : modelRows(provider.models, catalog.byId, usage.data?.usageBreakdown)),
    [isLoading, provider.models, catalog.byId, usage.data],
  );
  const wanted = search.trim().toLowerCase();
  const isOpen = provider.models.length === 0;
  return (
    <>
      <p className="mb-4 max-w-[720px] text-ink-2">
        {isOpen
          ? 'Every model the upstream offers may be called. Those called in the last 7 days are listed.'
          : 'Apps may call only these. Anything else is refused with model_not_allowed.'}
      </p>
      <DataTable
        label="Models"
        name="provider-models"
        columns={COLUMNS}
        rows={rows?.filter((row) => row.id.toLowerCase().includes(wanted))}
        rowKey={(row) => row.id}
        problem={usage.problem ?? catalog.problem}
        onRetry={usage.refetch}
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
          wanted === '' ? (
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
    </>
  );
}
