import { Pencil } from 'lucide-react';
import type { Column } from '@/components/data-table/column';
import { Badge } from '@/components/ui/badge';
import { Count } from '@/components/ui/figure';
import { IconButton } from '@/components/ui/icon-button';
import { Sparkline } from '@/components/ui/sparkline';
import { compareDecimals } from '@/decimal';
import { usd, usdExact } from '@/format';
import type { ResultOf } from '@/graphql/graphql';
import { Spend } from '../../usage/spend';
import type { Days } from '../figures/model-days';
import { UnknownFigure } from '../unknown-figure';
import type { PROVIDER_MODELS } from './queries';

export type ModelRow = ResultOf<typeof PROVIDER_MODELS>['providerModels'][number];

interface ModelActions {
  /** The last 7 days by model; undefined until known. */
  readonly days: ReadonlyMap<string, Days> | undefined;
  /** null for those who may not. */
  readonly onOverride: ((model: string) => void) | null;
  readonly onReceipt: (model: string) => void;
  readonly unpricedHref: (model: string) => string;
}

export function modelColumns(isOpen: boolean, { onOverride, days, ...spend }: ModelActions): Column<ModelRow>[] {
  return [
    {
      id: 'model',
      header: 'Model',
      hideable: false,
      minWidthPx: 220,
      sortValue: (row) => row.model,
      cell: (row) => <ModelCell row={row} isOpen={isOpen} />,
    },
    rateColumn('input', 'Input', (row) => row.inputUsdPerMillion),
    rateColumn('output', 'Output', (row) => row.outputUsdPerMillion),
    {
      id: 'requests',
      header: 'Requests',
      unit: '7 d',
      numeric: true,
      width: '148px',
      sortValue: (row) => row.requests,
      cell: (row) => (
        <span className="flex items-center justify-end gap-2.5">
          {row.requests === null ? <UnknownFigure /> : <Count value={row.requests} />}
          <Trend model={row.model} what="Requests" values={days?.get(row.model)?.requests} />
        </span>
      ),
    },
    {
      id: 'tokens',
      header: 'Tokens',
      unit: '7 d',
      numeric: true,
      width: '148px',
      sortValue: (row) => row.tokens,
      cell: (row) => (
        <span className="flex items-center justify-end gap-2.5">
          {row.tokens === null ? <UnknownFigure /> : <Count value={row.tokens} />}
          <Trend model={row.model} what="Tokens" values={days?.get(row.model)?.tokens} />
        </span>
      ),
    },
    {
      id: 'spend',
      header: 'Spend',
      unit: '7 d',
      numeric: true,
      width: '200px',
      sortValue: (row) => row.spendUsd,
      compare: compareDecimals,
      cell: (row) =>
        row.spendUsd === null ? (
          <UnknownFigure />
        ) : (
          <span className="relative z-1 flex items-center justify-end gap-2.5">
            <Spend
              spend={row.spendUsd}
              unpricedCalls={row.unpriced ?? 0}
              receipt={{ label: `Spend of ${row.model}`, onOpen: () => spend.onReceipt(row.model) }}
              unpricedHref={spend.unpricedHref(row.model)}
            />
            <Trend model={row.model} what="Spend" values={days?.get(row.model)?.spend} />
          </span>
        ),
    },
    ...(onOverride
      ? [
          {
            id: 'override',
            header: 'Edit',
            hideable: false,
            width: '56px',
            cell: (row: ModelRow) => (
              <IconButton
                size="sm"
                className="relative z-1"
                label={`Override prices of ${row.model}`}
                icon={<Pencil aria-hidden />}
                onClick={() => onOverride(row.model)}
              />
            ),
          },
        ]
      : []),
  ];
}

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
      return rate === null ? <Unpriced /> : <span title={usdExact(rate)}>{usd(rate)}</span>;
    },
  };
}

function ModelCell({ row, isOpen }: { row: ModelRow; isOpen: boolean }) {
  return (
    <span className="flex min-w-0 items-center gap-2">
      <span className="min-w-0 truncate font-mono text-caption" title={row.model}>
        {row.model}
      </span>
      {row.overridden && (
        <Badge tone="accent" title="Its prices here are not the catalog’s">
          overridden
        </Badge>
      )}
      {!isOpen && !row.exposed && (
        <Badge tone="amber" title="It was asked for, but is not in the list: such calls are refused">
          not listed
        </Badge>
      )}
      {!row.inCatalog && !row.overridden && (
        <Badge title="The catalog does not know it, so its cost is unknown until you set a price">no price</Badge>
      )}
    </span>
  );
}

function Unpriced() {
  return (
    <span className="text-ink-3" title="No rate is known; calls are metered and shown as unpriced">
      unpriced
    </span>
  );
}

/** Keeps its room where there is nothing to draw, so that figures stay under each other. */
function Trend({
  model,
  what,
  values,
}: {
  model: string;
  what: string;
  values: readonly (number | null)[] | undefined;
}) {
  if (!values) return <span aria-hidden className="w-10 shrink-0" />;
  return (
    <Sparkline values={values} width={40} label={`${what} of ${model} by day, last 7 days`} className="shrink-0" />
  );
}
