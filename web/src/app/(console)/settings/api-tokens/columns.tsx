import type { Column } from '@/components/data-table/column';
import { RelativeTime } from '@/components/ui/relative-time';
import { Status } from '@/components/ui/status';
import { exactTime } from '@/format';
import type { ApiToken } from './queries';
import { endsSoon, stateOf } from './token-state';

export const apiTokenColumns: readonly Column<ApiToken>[] = [
  { id: 'name', header: 'Token', hideable: false, sortValue: (row) => row.name, cell: (row) => <Name row={row} /> },
  {
    id: 'state',
    header: 'State',
    width: '112px',
    sortValue: (row) => stateOf(row, new Date()),
    cell: (row) => (
      <Status
        state={stateOf(row, new Date())}
        title={row.revokedAt === null ? undefined : `Revoked ${exactTime(row.revokedAt)}`}
      />
    ),
  },
  {
    id: 'lastUsed',
    header: 'Last used',
    width: '128px',
    sortValue: (row) => row.lastUsedAt,
    cell: (row) =>
      row.lastUsedAt === null ? <span className="text-ink-3">never</span> : <RelativeTime at={row.lastUsedAt} />,
  },
  {
    id: 'expires',
    header: 'Expires',
    width: '128px',
    sortValue: (row) => row.expiresAt,
    cell: (row) =>
      row.expiresAt === null ? (
        <span className="text-ink-3">never</span>
      ) : (
        <RelativeTime at={row.expiresAt} className={endsSoon(row, new Date()) ? 'text-amber' : undefined} />
      ),
  },
  {
    id: 'createdBy',
    header: 'Created by',
    width: '160px',
    sortValue: (row) => row.createdBy,
    cell: (row) => <span className="block truncate">{row.createdBy}</span>,
  },
  {
    id: 'created',
    header: 'Created',
    width: '128px',
    sortValue: (row) => row.createdAt,
    cell: (row) => <RelativeTime at={row.createdAt} className="text-ink-2" />,
  },
];

function Name({ row }: { row: ApiToken }) {
  return (
    <span className="flex min-w-0 items-baseline gap-2">
      <span className="min-w-0 truncate" title={row.name}>
        {row.name}
      </span>
      <span className="shrink-0 font-mono text-caption text-ink-3">…{row.lastFour}</span>
    </span>
  );
}
