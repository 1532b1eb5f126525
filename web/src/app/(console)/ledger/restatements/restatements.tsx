'use client';
import { Plus } from 'lucide-react';
import { useEffect, useState } from 'react';
import { DataTable } from '@/components/data-table/data-table';
import { useKeyset } from '@/components/data-table/use-keyset';
import { useCan } from '@/components/frame/viewer';
import { ButtonLink } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { useData } from '@/graphql/use-data';
import { newRestatementHref, restatementHref } from '../href';
import { restatementColumns } from './columns';
import { RESTATEMENTS } from './queries';
import { isUnderWay } from './restatement-status';

const REFRESH_MS = 2_000;
/** The most that the control plane gives at once. */
const MAX_ROWS = 100;

export function Restatements() {
  const keyset = useKeyset();
  const [isMoving, setMoving] = useState(false);
  const { data, stale, problem, refetch } = useData(
    RESTATEMENTS,
    { first: Math.min(keyset.first, MAX_ROWS), after: keyset.after },
    isMoving ? { everyMs: REFRESH_MS } : {},
  );
  const canWrite = useCan('ledger.write');
  const page = data?.restatements;
  useEffect(() => setMoving(page?.nodes.some(isUnderWay) ?? false), [page]);
  return (
    <DataTable
      label="Restatements"
      name="restatements"
      columns={restatementColumns}
      rows={page?.nodes}
      rowKey={(row) => row.id}
      rowHref={(row) => restatementHref(row.id)}
      rowLabel={(row) => `restatement ${row.number}`}
      isMuted={(row) => row.state === 'CANCELLED'}
      stale={stale && !isMoving}
      problem={problem}
      onRetry={refetch}
      skeletonRows={6}
      fixedColumns
      paging={{
        keyset,
        endCursor: page?.endCursor ?? null,
        hasNextPage: page?.hasNextPage ?? false,
        noun: 'restatement',
      }}
      empty={
        <EmptyState
          title="Nothing has been restated"
          action={
            canWrite && (
              <ButtonLink icon={<Plus aria-hidden />} href={newRestatementHref({})}>
                New restatement
              </ButtonLink>
            )
          }
        >
          A price that was wrong or missing when calls were booked is put right by a restatement: it rates the calls of
          a range again and shows the difference first. Booking it adds reversals and new entries, and can itself be
          reversed.
        </EmptyState>
      }
    />
  );
}
