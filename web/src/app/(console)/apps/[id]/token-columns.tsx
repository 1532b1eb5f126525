import type { Column } from '@/components/data-table/column';
import { CopyId } from '@/components/ui/copy-button';
import { RelativeTime } from '@/components/ui/relative-time';
import { Status } from '@/components/ui/status';
import type { ResultOf } from '@/graphql/graphql';
import type { APP } from '../queries';

export type TokenRow = NonNullable<ResultOf<typeof APP>['app']>['tokens'][number];

export const tokenColumns: Column<TokenRow>[] = [
  { id: 'name', header: 'Token', hideable: false, sortValue: (row) => row.name, cell: (row) => row.name },
  {
    id: 'publicId',
    header: 'Begins with',
    width: '212px',
    cell: (row) => <CopyId value={`weir_${row.publicId}_…`} label="Copy the beginning of the token" />,
  },
  {
    id: 'state',
    header: 'State',
    width: '112px',
    sortValue: (row) => row.state,
    cell: (row) => <Status state={row.state} title={row.revokedAt === null ? undefined : `Revoked ${row.revokedAt}`} />,
  },
  {
    id: 'scope',
    header: 'Providers',
    width: '26%',
    cell: (row) =>
      row.allProviders ? (
        <span className="text-ink-3">all providers</span>
      ) : (
        <span className="block truncate font-mono text-caption" title={row.providers.join('\n')}>
          {row.providers.length === 0 ? 'none left' : row.providers.join(', ')}
        </span>
      ),
  },
  {
    id: 'created',
    header: 'Created',
    width: '128px',
    sortValue: (row) => row.createdAt,
    cell: (row) => <RelativeTime at={row.createdAt} className="text-ink-2" />,
  },
  {
    id: 'expires',
    header: 'Expires',
    width: '128px',
    sortValue: (row) => row.expiresAt,
    cell: (row) =>
      row.expiresAt === null ? <span className="text-ink-3">never</span> : <RelativeTime at={row.expiresAt} />,
  },
];
