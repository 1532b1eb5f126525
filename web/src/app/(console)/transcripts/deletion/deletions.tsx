'use client';
import { Trash2 } from 'lucide-react';
import { useMemo } from 'react';
import type { Column } from '@/components/data-table/column';
import { DataTable } from '@/components/data-table/data-table';
import { useKeyset } from '@/components/data-table/use-keyset';
import { useCan } from '@/components/frame/viewer';
import { PageHeader } from '@/components/page/page-header';
import { ButtonLink } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Count } from '@/components/ui/figure';
import { RelativeTime } from '@/components/ui/relative-time';
import { useData } from '@/graphql/use-data';
import { Clipped } from '../../ledger/clipped';
import { DeletionStatus } from './deletion-status';
import { DELETIONS, type Deletion, SCOPE_NAMES, type ScopeNames } from './queries';
import { turnsDeleted } from './receipt';
import { scopeText } from './scope';

const REFRESH_MS = 5_000;
const MAX_ROWS = 100;
const CRUMBS = [{ label: 'Transcripts', href: '/transcripts' }];

/** What was ever ordered to be deleted of recorded calls. */
export function Deletions() {
  const keyset = useKeyset();
  const { data, stale, problem, refetch } = useData(
    DELETIONS,
    { first: Math.min(keyset.first, MAX_ROWS), after: keyset.after },
    { everyMs: REFRESH_MS, lists: ['TranscriptDeletion'] },
  );
  const { data: names } = useData(SCOPE_NAMES, {});
  const page = data?.transcriptDeletions;
  const columns = useMemo(() => columnsWith(names), [names]);
  const mayDelete = useCan('transcript.delete');
  return (
    <>
      <PageHeader
        title="Deletions"
        crumbs={CRUMBS}
        description="What was deleted of recorded calls, by whom and why, with a receipt for each."
        actions={
          mayDelete && (
            <ButtonLink variant="danger" icon={<Trash2 aria-hidden />} href="/transcripts/deletions/new">
              Delete recorded calls
            </ButtonLink>
          )
        }
      />
      <DataTable
        label="Deletions"
        name="transcript-deletions"
        columns={columns}
        rows={page?.nodes}
        rowKey={(row) => row.id}
        rowHref={(row) => `/transcripts/deletions/${row.id}`}
        rowLabel={(row) => `deletion of ${scopeText(row, names)}`}
        stale={stale && keyset.after !== null}
        problem={problem}
        onRetry={refetch}
        skeletonRows={6}
        fixedColumns
        paging={{
          keyset,
          endCursor: page?.endCursor ?? null,
          hasNextPage: page?.hasNextPage ?? false,
          noun: 'deletion',
        }}
        empty={
          <EmptyState title="Nothing was deleted">
            Recorded calls go by themselves when their time is up. What has to go before, because somebody asks for it
            or it should never have been kept, is deleted here, and the receipt says what every store held before and
            after.
          </EmptyState>
        }
      />
    </>
  );
}

const columnsWith = (names: ScopeNames | undefined): readonly Column<Deletion>[] => [
  {
    id: 'what',
    header: 'What',
    minWidthPx: 208,
    hideable: false,
    cell: (row) => <Clipped title={scopeText(row, names)}>{scopeText(row, names)}</Clipped>,
  },
  {
    id: 'state',
    header: 'State',
    width: '120px',
    hideable: false,
    cell: (row) => <DeletionStatus state={row.state} />,
  },
  {
    id: 'turns',
    header: 'Turns',
    numeric: true,
    width: '88px',
    cell: (row) => <Count value={turnsDeleted(row)} />,
  },
  { id: 'why', header: 'Why', minWidthPx: 176, cell: (row) => <Clipped title={row.reason}>{row.reason}</Clipped> },
  {
    id: 'who',
    header: 'Who',
    width: '18%',
    minWidthPx: 144,
    cell: (row) => <Clipped title={row.orderedBy}>{row.orderedBy}</Clipped>,
  },
  {
    id: 'when',
    header: 'When',
    width: '96px',
    cell: (row) => <RelativeTime at={row.orderedAt} className="text-ink-2" />,
  },
];
