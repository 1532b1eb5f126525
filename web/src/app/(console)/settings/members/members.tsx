'use client';
import { UserPlus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { DataTable } from '@/components/data-table/data-table';
import { useCan, useViewer } from '@/components/frame/viewer';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { useData } from '@/graphql/use-data';
import { memberColumns } from './columns';
import { InviteDialog } from './invite-dialog';
import { MEMBERS, type Member } from './queries';
import { RemoveDialog } from './remove-dialog';
import { RoleDialog } from './role-dialog';

type Open = { kind: 'invite' } | { kind: 'role' | 'remove'; member: Member } | null;

export function Members() {
  const { data, problem, refetch } = useData(MEMBERS, {});
  const [open, setOpen] = useState<Open>(null);
  const canWrite = useCan('member.write');
  const { email } = useViewer();
  const columns = useMemo(() => memberColumns(email), [email]);
  const close = () => setOpen(null);
  const menu = (member: Member) => [
    { label: 'Change role', onSelect: () => setOpen({ kind: 'role', member }) },
    {
      label: member.invited ? 'Withdraw invitation' : 'Remove member',
      danger: true,
      onSelect: () => setOpen({ kind: 'remove', member }),
    },
  ];
  return (
    <>
      <DataTable
        label="Members"
        name="members"
        columns={columns}
        rows={data?.members}
        rowKey={(row) => row.id}
        rowLabel={(row) => row.displayName}
        rowMenu={canWrite ? menu : undefined}
        problem={problem}
        onRetry={refetch}
        fixedColumns
        skeletonRows={4}
        filters={<p className="text-ink-2">Who may sign in to this project, and what they may do.</p>}
        options={
          canWrite && (
            <Button variant="primary" icon={<UserPlus aria-hidden />} onClick={() => setOpen({ kind: 'invite' })}>
              Invite member
            </Button>
          )
        }
        empty={<EmptyState title="No members">Invite the first person.</EmptyState>}
      />
      {open?.kind === 'invite' && <InviteDialog onClose={close} />}
      {open?.kind === 'role' && <RoleDialog member={open.member} onClose={close} />}
      {open?.kind === 'remove' && <RemoveDialog member={open.member} onClose={close} />}
    </>
  );
}
