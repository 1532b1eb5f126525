'use client';
import type { Column } from '@/components/data-table/column';
import { DataTable } from '@/components/data-table/data-table';
import { useKeyset } from '@/components/data-table/use-keyset';
import { Page } from '@/components/page/page';
import { PageHeader } from '@/components/page/page-header';
import { EmptyState } from '@/components/ui/empty-state';
import { RelativeTime } from '@/components/ui/relative-time';
import { exactTime } from '@/format';
import { graphql, type ResultOf } from '@/graphql/graphql';
import { useData } from '@/graphql/use-data';

const AUDIT_ENTRIES = graphql(`
  query AuditEntries($first: Int!, $after: String) {
    auditEntries(first: $first, after: $after) {
      endCursor
      hasNextPage
      nodes {
        id
        actor
        action
        subject
        createdAt
      }
    }
  }
`);

type Entry = ResultOf<typeof AUDIT_ENTRIES>['auditEntries']['nodes'][number];

const columns: readonly Column<Entry>[] = [
  {
    id: 'time',
    header: 'Time',
    width: '128px',
    hideable: false,
    cell: (row) => <RelativeTime at={row.createdAt} />,
  },
  {
    id: 'exact',
    header: 'Exact time',
    width: '200px',
    hiddenByDefault: true,
    cell: (row) => <span className="figures">{exactTime(row.createdAt)}</span>,
  },
  { id: 'actor', header: 'Who', width: '24%', cell: (row) => row.actor },
  {
    id: 'action',
    header: 'Did',
    width: '24%',
    cell: (row) => <span className="font-mono text-caption">{row.action}</span>,
  },
  { id: 'subject', header: 'To', cell: (row) => <span className="font-mono text-caption">{row.subject}</span> },
];

export function Audit() {
  const keyset = useKeyset();
  const { data, stale, problem, refetch } = useData(AUDIT_ENTRIES, { first: keyset.first, after: keyset.after });
  const page = data?.auditEntries;
  return (
    <Page>
      <PageHeader
        title="Audit"
        description="Every change to this project, by whom and when. Entries are never changed."
      />
      <DataTable
        label="Audit"
        name="audit"
        columns={columns}
        rows={page?.nodes}
        rowKey={(row) => row.id}
        stale={stale}
        problem={problem}
        onRetry={refetch}
        skeletonRows={20}
        paging={{
          keyset,
          endCursor: page?.endCursor ?? null,
          hasNextPage: page?.hasNextPage ?? false,
          noun: 'entry',
          nouns: 'entries',
        }}
        empty={
          <EmptyState title="Nothing has been changed yet">The first change to this project stands here.</EmptyState>
        }
      />
    </Page>
  );
}
