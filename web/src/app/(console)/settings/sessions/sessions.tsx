'use client';
import { useState } from 'react';
import type { Column } from '@/components/data-table/column';
import { DataTable } from '@/components/data-table/data-table';
import { Badge } from '@/components/ui/badge';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { EmptyState } from '@/components/ui/empty-state';
import { RelativeTime } from '@/components/ui/relative-time';
import { Section } from '@/components/ui/section';
import { graphql, type ResultOf } from '@/graphql/graphql';
import { leaveForGood } from '@/graphql/leaving';
import { useAction } from '@/graphql/use-action';
import { useData } from '@/graphql/use-data';
import { browserOf } from './browser';

const SESSIONS = graphql(`
  query Sessions {
    sessions {
      id
      current
      createdAt
      lastSeenAt
      expiresAt
      userAgent
      address
    }
  }
`);

const REVOKE_SESSION = graphql(`
  mutation RevokeSession($id: ID!) {
    revokeSession(id: $id)
  }
`);

type Session = ResultOf<typeof SESSIONS>['sessions'][number];

const columns: readonly Column<Session>[] = [
  {
    id: 'browser',
    header: 'Browser',
    hideable: false,
    cell: (row) => (
      <span className="inline-flex items-center gap-2" title={row.userAgent ?? undefined}>
        {browserOf(row.userAgent)}
        {row.current && <Badge tone="accent">this one</Badge>}
      </span>
    ),
  },
  {
    id: 'address',
    header: 'Address',
    width: '160px',
    cell: (row) => <span className="font-mono text-caption">{row.address ?? 'unknown'}</span>,
  },
  { id: 'seen', header: 'Last seen', width: '128px', cell: (row) => <RelativeTime at={row.lastSeenAt} /> },
  { id: 'created', header: 'Signed in', width: '128px', cell: (row) => <RelativeTime at={row.createdAt} /> },
  { id: 'expires', header: 'Ends', width: '128px', cell: (row) => <RelativeTime at={row.expiresAt} /> },
];

export function Sessions() {
  const { data, problem, refetch } = useData(SESSIONS, {});
  const revoke = useAction(REVOKE_SESSION);
  const [chosen, setChosen] = useState<Session | null>(null);

  const confirm = async () => {
    if (!chosen) return;
    const end = async () => (await revoke.run({ id: chosen.id }, { additionalTypenames: ['Session'] })) !== null;
    if (chosen.current) await leaveForGood(end);
    else if (await end()) setChosen(null);
  };
  return (
    <Section title="Sessions" description="Where you are signed in. End what you do not recognise.">
      <DataTable
        label="Sessions"
        name="sessions"
        columns={columns}
        rows={data?.sessions}
        rowKey={(row) => row.id}
        rowLabel={(row) => browserOf(row.userAgent)}
        rowMenu={(row) => [{ label: 'End session', danger: true, onSelect: () => setChosen(row) }]}
        problem={problem}
        onRetry={refetch}
        fixedColumns
        skeletonRows={2}
        empty={<EmptyState title="No session">You are signed in by this browser only.</EmptyState>}
      />
      <ConfirmDialog
        open={chosen !== null}
        onOpenChange={() => {
          revoke.reset();
          setChosen(null);
        }}
        title="End this session?"
        consequences={
          chosen?.current
            ? 'You are signed out here at once.'
            : 'Whoever uses it is signed out at once. If that was not you, change your password as well.'
        }
        actionLabel="End session"
        onConfirm={() => void confirm()}
        running={revoke.running}
        problem={revoke.problem}
      />
    </Section>
  );
}
