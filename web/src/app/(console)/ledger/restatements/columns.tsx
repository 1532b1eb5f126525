import type { Column } from '@/components/data-table/column';
import { SignedUsd } from '@/components/ui/figure';
import { RelativeTime } from '@/components/ui/relative-time';
import { Clipped } from '../clipped';
import { spanText } from '../span';
import type { RestatementRow } from './queries';
import { RestatementStatus } from './restatement-status';
import { scopeText } from './scope';

/** State and difference come early: on a phone the rest is scrolled to. */
export const restatementColumns: readonly Column<RestatementRow>[] = [
  {
    id: 'number',
    header: 'No.',
    width: '56px',
    hideable: false,
    cell: (row) => <span className="figures">#{row.number}</span>,
  },
  { id: 'what', header: 'What', width: '26%', minWidthPx: 184, hideable: false, cell: (row) => <What row={row} /> },
  { id: 'state', header: 'State', width: '140px', hideable: false, cell: (row) => <RestatementStatus of={row} /> },
  {
    id: 'difference',
    header: 'Difference',
    unit: 'USD',
    numeric: true,
    width: '132px',
    hideable: false,
    cell: (row) => <DifferenceCell row={row} />,
  },
  {
    id: 'why',
    header: 'Why',
    minWidthPx: 208,
    cell: (row) => <Clipped title={row.reason}>{row.reason}</Clipped>,
  },
  {
    id: 'who',
    header: 'Who',
    width: '16%',
    minWidthPx: 144,
    cell: (row) => <Clipped title={row.requestedBy}>{row.requestedBy}</Clipped>,
  },
  {
    id: 'when',
    header: 'When',
    width: '96px',
    cell: (row) => <RelativeTime at={row.requestedAt} className="text-ink-2" />,
  },
];

function What({ row }: { row: RestatementRow }) {
  const scope = scopeText(row.filter);
  const text = row.reverses ? `Reversal of #${row.reverses.number}` : spanText(row.from, row.to);
  return (
    <Clipped title={scope ? `${text}; ${scope}` : text}>
      {text}
      {!row.reverses && <span className="text-ink-3">{scope ? `; ${scope}` : '; every call'}</span>}
    </Clipped>
  );
}

/** What is booked, else what booking would change, quietly. */
function DifferenceCell({ row: { booked, preview, state } }: { row: RestatementRow }) {
  if (booked && state === 'BOOKED') return <SignedUsd amount={booked.difference} />;
  if (!preview) return <span className="text-ink-3">–</span>;
  return (
    <span className="text-ink-3">
      <SignedUsd amount={preview.difference} />
      <span className="sr-only">, previewed, not booked</span>
    </span>
  );
}
