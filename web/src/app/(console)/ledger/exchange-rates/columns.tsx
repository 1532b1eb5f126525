import type { Column } from '@/components/data-table/column';
import { Badge } from '@/components/ui/badge';
import { RelativeTime } from '@/components/ui/relative-time';
import { minuteTime } from '@/format';
import { placesOf } from './in-force';
import type { ExchangeRate } from './queries';

export type RateRow = ExchangeRate & {
  readonly isInForce: boolean;
  /** Decimal places of the longest rate, so that all align at their point. */
  readonly places: number;
};

export const exchangeRateColumns: readonly Column<RateRow>[] = [
  {
    id: 'currency',
    header: 'Currency',
    width: '12%',
    minWidthPx: 88,
    hideable: false,
    cell: (row) => <span className="font-mono">{row.currency}</span>,
  },
  {
    id: 'rate',
    header: 'One unit',
    unit: 'USD',
    numeric: true,
    width: '148px',
    hideable: false,
    cell: (row) => <RateCell row={row} />,
  },
  { id: 'standing', header: 'Counts for', width: '18%', minWidthPx: 128, cell: (row) => <StandingCell row={row} /> },
  {
    id: 'from',
    header: 'Valid from',
    minWidthPx: 188,
    cell: (row) => <span className="figures">{minuteTime(row.validFrom)}</span>,
  },
  {
    id: 'recorded',
    header: 'Entered',
    minWidthPx: 220,
    cell: (row) => (
      <>
        <RelativeTime at={row.recordedAt} /> <span className="text-ink-3">by {row.by}</span>
      </>
    ),
  },
];

function StandingCell({ row: { isInForce } }: { row: RateRow }) {
  return isInForce ? <Badge tone="accent">in force</Badge> : <span className="text-ink-3">earlier calls</span>;
}

function RateCell({ row: { usdPerUnit, places } }: { row: RateRow }) {
  const missing = places - placesOf(usdPerUnit);
  return (
    <>
      {usdPerUnit}
      <span aria-hidden className="invisible">
        {placesOf(usdPerUnit) === 0 && places > 0 && '.'}
        {'0'.repeat(missing)}
      </span>
    </>
  );
}
