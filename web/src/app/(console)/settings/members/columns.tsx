import type { Column } from '@/components/data-table/column';
import { Badge } from '@/components/ui/badge';
import { RelativeTime } from '@/components/ui/relative-time';
import { Status } from '@/components/ui/status';
import { type Member, ROLES } from './queries';

const roleLabel = (member: Member) => ROLES.find(({ value }) => value === member.role)?.label ?? member.role;

export function memberColumns(viewerEmail: string): readonly Column<Member>[] {
  return [
    {
      id: 'name',
      header: 'Name',
      hideable: false,
      sortValue: (row) => row.displayName,
      cell: (row) => (
        <span className="inline-flex items-center gap-2">
          {row.displayName}
          {row.email === viewerEmail && <Badge tone="accent">you</Badge>}
        </span>
      ),
    },
    { id: 'email', header: 'Email', sortValue: (row) => row.email, cell: (row) => row.email },
    { id: 'role', header: 'Role', width: '120px', sortValue: roleLabel, cell: roleLabel },
    {
      id: 'state',
      header: 'State',
      width: '120px',
      sortValue: (row) => (row.invited ? 'invited' : 'active'),
      cell: (row) => <Status state={row.invited ? 'invited' : 'active'} />,
    },
    {
      id: 'since',
      header: 'Since',
      width: '128px',
      sortValue: (row) => row.createdAt,
      cell: (row) => <RelativeTime at={row.createdAt} />,
    },
  ];
}
