import type { Column } from '@/components/data-table/column';
import { Button, ButtonLink } from '@/components/ui/button';
import { Count } from '@/components/ui/figure';
import { RelativeTime } from '@/components/ui/relative-time';
import { compareDecimals } from '@/decimal';
import { count, usd, usdExact } from '@/format';
import type { ResultOf } from '@/graphql/graphql';
import { bucketLabel } from '../../providers/models/buckets';
import { reasonText } from '../../receipts/wording';
import type { UNPRICED_MODELS } from './queries';
import { remedyOf, tokensOf } from './unpriced';

export type UnpricedRow = ResultOf<typeof UNPRICED_MODELS>['unpricedModels'][number];

/** `onSetPrice` is null for those who may not. */
export function unpricedColumns(onSetPrice: ((row: UnpricedRow) => void) | null): Column<UnpricedRow>[] {
  return [
    {
      id: 'model',
      header: 'Model',
      hideable: false,
      minWidthPx: 176,
      sortValue: (row) => row.model,
      cell: (row) => (
        <span className="block min-w-0 py-1">
          <span className="block truncate font-mono text-caption" title={row.model}>
            {row.model || 'no model named'}
          </span>
          <span className="block truncate text-caption text-ink-3">{row.provider}</span>
        </span>
      ),
    },
    {
      id: 'calls',
      header: 'Calls',
      numeric: true,
      width: '72px',
      sortValue: (row) => row.calls,
      cell: (row) => <Count value={row.calls} />,
    },
    {
      id: 'tokens',
      header: 'Tokens',
      numeric: true,
      width: '92px',
      sortValue: (row) => tokensOf(row.quantities),
      cell: (row) =>
        row.quantities.length === 0 ? (
          <Count value={null} />
        ) : (
          <span
            title={row.quantities.map(({ bucket, quantity }) => `${bucketLabel(bucket)} ${count(quantity)}`).join(', ')}
          >
            {count(tokensOf(row.quantities))}
          </span>
        ),
    },
    {
      id: 'exposure',
      header: 'Exposure',
      unit: 'not booked',
      width: '26%',
      minWidthPx: 208,
      sortValue: (row) => row.exposure,
      compare: compareDecimals,
      cell: (row) => <ExposureCell row={row} />,
    },
    {
      id: 'why',
      header: 'Why',
      minWidthPx: 208,
      cell: (row) => <span className="block py-1 whitespace-normal text-ink-2">{reasonText(row.reason)}</span>,
    },
    {
      id: 'last',
      header: 'Last, first',
      width: '104px',
      sortValue: (row) => row.lastAt,
      cell: (row) => (
        <span className="block py-1">
          <RelativeTime at={row.lastAt} className="block" />
          <RelativeTime at={row.firstAt} className="block text-caption text-ink-3" />
        </span>
      ),
    },
    ...(onSetPrice
      ? [
          {
            id: 'price',
            header: 'Price',
            hideable: false,
            width: '112px',
            cell: (row: UnpricedRow) => <RemedyCell row={row} onSetPrice={onSetPrice} />,
          },
        ]
      : []),
  ];
}

function RemedyCell({ row, onSetPrice }: { row: UnpricedRow; onSetPrice: (row: UnpricedRow) => void }) {
  const remedy = remedyOf(row);
  if (remedy === null) return <span className="text-ink-3">–</span>;
  if (remedy === 'exchange_rate') {
    return (
      <ButtonLink size="sm" className="relative z-1" href="/ledger?tab=exchange-rates">
        Set a rate
      </ButtonLink>
    );
  }
  return (
    <Button
      size="sm"
      className="relative z-1"
      aria-label={`Set a price for ${row.model}`}
      onClick={() => onSetPrice(row)}
    >
      Set a price
    </Button>
  );
}

function ExposureCell({ row: { exposure, nearest, reason } }: { row: UnpricedRow }) {
  if (exposure === null) {
    const why = reason === 'usage_unknown' ? 'no quantity is known' : 'no near rate is known';
    return <span className="block py-1 whitespace-normal text-ink-3">unknown: {why}</span>;
  }
  return (
    <span className="block py-1 whitespace-normal">
      <span className="figures estimated" title={`${usdExact(exposure)}, an estimate that is in no sum`}>
        {usd(exposure)}
      </span>
      {nearest && (
        <span className="block text-caption text-ink-3">
          at the rates of <span className="font-mono break-all">{nearest.model}</span>: {nearest.because}
        </span>
      )}
    </span>
  );
}
