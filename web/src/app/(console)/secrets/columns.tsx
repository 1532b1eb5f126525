import type { Column } from '@/components/data-table/column';
import { Link } from '@/components/ui/link';
import { RelativeTime } from '@/components/ui/relative-time';
import { Status } from '@/components/ui/status';
import type { ResultOf } from '@/graphql/graphql';
import type { SECRETS } from './queries';

export type SecretRow = ResultOf<typeof SECRETS>['secrets'][number];

export const secretColumns: Column<SecretRow>[] = [
  {
    id: 'secretId',
    header: 'Secret',
    hideable: false,
    sortValue: (row) => row.secretId,
    cell: (row) => <span className="font-mono font-medium">{row.secretId}</span>,
  },
  {
    id: 'lastFour',
    header: 'Ends in',
    width: '80px',
    cell: (row) => <span className="font-mono text-caption text-ink-2">…{row.lastFour}</span>,
  },
  {
    id: 'version',
    header: 'Version',
    numeric: true,
    width: '72px',
    sortValue: (row) => row.version,
    cell: (row) => row.version,
  },
  {
    id: 'rotated',
    header: 'Rotated',
    width: '112px',
    sortValue: (row) => row.rotatedAt,
    cell: (row) => <RelativeTime at={row.rotatedAt} className="text-ink-2" />,
  },
  {
    id: 'usedBy',
    header: 'Used by',
    width: '22%',
    sortValue: (row) => row.usedBy.length,
    cell: (row) => <UsedBy providers={row.usedBy} />,
  },
  {
    id: 'origins',
    header: 'Bound to',
    width: '24%',
    cell: (row) =>
      row.boundOrigins.length === 0 ? (
        <span className="text-ink-3">nothing yet</span>
      ) : (
        <span className="block truncate font-mono text-caption text-ink-2" title={row.boundOrigins.join('\n')}>
          {row.boundOrigins.join(', ')}
        </span>
      ),
  },
];

const SHOWN = 2;

function UsedBy({ providers }: { providers: readonly string[] }) {
  if (providers.length === 0) return <Status state="unused" title="No provider uses it; it can be deleted" />;
  return (
    <span className="relative z-1 flex w-fit max-w-full min-w-0 gap-2" title={providers.join('\n')}>
      {providers.slice(0, SHOWN).map((name) => (
        <Link
          key={name}
          href={`/providers/${name}`}
          className="min-w-0 truncate rounded-sm font-mono text-caption hover:underline"
        >
          {name}
        </Link>
      ))}
      {providers.length > SHOWN && (
        <span className="figures shrink-0 text-caption text-ink-3">+{providers.length - SHOWN}</span>
      )}
    </span>
  );
}
