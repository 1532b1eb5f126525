import type { ReactNode } from 'react';
import type { Column } from '@/components/data-table/column';
import { Button } from '@/components/ui/button';
import { Count, SignedUsd, Usd } from '@/components/ui/figure';
import { Link } from '@/components/ui/link';
import { RelativeTime } from '@/components/ui/relative-time';
import { Status } from '@/components/ui/status';
import { count, exactTime, plural } from '@/format';
import { unpricedHref } from '../../usage/unpriced/href';
import { monthName } from '../month';
import { driftOf } from './drift';
import type { AccountingMonth } from './queries';
import { isRunning } from './running';

interface MonthActions {
  readonly onClose: (month: AccountingMonth) => void;
  readonly onReopen: (month: AccountingMonth) => void;
}

/** `actions` is null for those who may not. */
export function monthColumns(actions: MonthActions | null, now: Date): Column<AccountingMonth>[] {
  return [
    {
      id: 'month',
      header: 'Month',
      unit: 'UTC',
      width: '176px',
      hideable: false,
      cell: (row) => (
        <span className="font-medium">
          {monthName(row.month)}
          {isRunning(row.month, now) && <span className="font-normal text-ink-3"> so far</span>}
        </span>
      ),
    },
    { id: 'state', header: 'State', minWidthPx: 224, cell: (row) => <StateCell row={row} /> },
    {
      id: 'spend',
      header: 'Spend',
      unit: 'USD',
      numeric: true,
      width: '120px',
      hideable: false,
      cell: (row) => <Usd amount={row.spend} />,
    },
    {
      id: 'close',
      header: 'At close',
      unit: 'USD',
      numeric: true,
      width: '120px',
      cell: (row) =>
        row.spendAtClose === null ? <Nothing /> : <Usd amount={row.spendAtClose} className="text-ink-2" />,
    },
    {
      id: 'drift',
      header: 'Since close',
      unit: 'USD',
      numeric: true,
      width: '120px',
      cell: (row) => <DriftCell row={row} />,
    },
    { id: 'calls', header: 'Calls', numeric: true, width: '88px', cell: (row) => <Count value={row.calls} /> },
    {
      id: 'unpriced',
      header: 'Unpriced',
      unit: 'calls',
      numeric: true,
      width: '116px',
      cell: (row) => <UnpricedCell month={row.month} calls={row.unpricedCalls} />,
    },
    ...(actions
      ? [
          {
            id: 'action',
            header: 'Change',
            numeric: true,
            hideable: false,
            width: '92px',
            cell: (row: AccountingMonth) => <ActionCell row={row} actions={actions} now={now} />,
          },
        ]
      : []),
  ];
}

const Nothing = () => <span className="text-ink-3">–</span>;

function StateCell({ row }: { row: AccountingMonth }) {
  const { state, closedAt, closedBy, reopenedAt, reopenedBy, reopenReason } = row;
  if (state === 'CLOSED') {
    return (
      <Told title={closedAt ? `${exactTime(closedAt)} by ${closedBy}` : ''} status={<Status state="closed" />}>
        <RelativeTime at={closedAt} /> by {closedBy}
      </Told>
    );
  }
  if (!reopenedAt) return <Status state="open" />;
  return (
    <Told
      title={`${exactTime(reopenedAt)} by ${reopenedBy}: ${reopenReason}`}
      status={<Status state="open" label="Reopened" />}
    >
      {reopenReason}, <RelativeTime at={reopenedAt} /> by {reopenedBy}
    </Told>
  );
}

/** A state, and under it when it came, by whom and why. */
function Told({ status, title, children }: { status: ReactNode; title: string; children: ReactNode }) {
  return (
    <span className="block w-0 min-w-full py-1.5" title={title}>
      {status}
      <span className="line-clamp-2 text-caption break-words whitespace-normal text-ink-3">{children}</span>
    </span>
  );
}

function DriftCell({ row }: { row: AccountingMonth }) {
  if (row.spendAtClose === null) return <Nothing />;
  const drift = driftOf(row);
  if (!drift) return <span className="text-ink-3">none</span>;
  const calls =
    drift.calls === 0
      ? null
      : `${drift.calls > 0 ? '+' : ''}${count(drift.calls)} ${Math.abs(drift.calls) === 1 ? 'call' : 'calls'}`;
  return (
    <span className="text-amber">
      <SignedUsd amount={drift.spend} />
      {calls && <span className="figures block text-caption">{calls}</span>}
    </span>
  );
}

function UnpricedCell({ month, calls }: { month: string; calls: number }) {
  if (calls === 0) return <span className="text-ink-3">0</span>;
  return (
    <Link
      href={unpricedHref({ month })}
      className="relative z-1 rounded-sm text-amber hover:underline"
      title={`${plural(calls, 'call')} without a known price`}
    >
      {count(calls)}
    </Link>
  );
}

function ActionCell({ row, actions, now }: { row: AccountingMonth; actions: MonthActions; now: Date }) {
  if (row.state === 'CLOSED') {
    return (
      <Button size="sm" aria-label={`Reopen ${monthName(row.month)}`} onClick={() => actions.onReopen(row)}>
        Reopen
      </Button>
    );
  }
  if (isRunning(row.month, now)) return <Nothing />;
  return (
    <Button size="sm" aria-label={`Close ${monthName(row.month)}`} onClick={() => actions.onClose(row)}>
      Close
    </Button>
  );
}
