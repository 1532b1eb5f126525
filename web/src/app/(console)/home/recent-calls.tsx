'use client';
import { useQueryState } from 'nuqs';
import { useMemo } from 'react';
import type { Column } from '@/components/data-table/column';
import { DataTable } from '@/components/data-table/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { Section } from '@/components/ui/section';
import type { Problem } from '@/graphql/problem';
import { CallDrawer } from '../providers/calls/call-drawer';
import { type CallRow, callColumns } from '../providers/calls/columns';
import { providerDetailParsers } from '../providers/search-params';

interface RecentCallsProps {
  rows: readonly CallRow[] | undefined;
  problem: Problem | null;
  onRetry: () => void;
}

const HIDDEN_HERE = new Set(['cached', 'firstToken']);
const keyOf = (row: CallRow) => row.eventId;

export function RecentCalls({ rows, problem, onRetry }: RecentCallsProps) {
  const [open, setOpen] = useQueryState('call', providerDetailParsers.call.withOptions({ history: 'push' }));
  const columns = useMemo<readonly Column<CallRow>[]>(() => callColumns.filter(({ id }) => !HIDDEN_HERE.has(id)), []);
  return (
    <Section title="Recent calls">
      <DataTable
        label="Recent calls"
        name="recent-calls"
        columns={columns}
        rows={rows}
        rowKey={keyOf}
        onRowOpen={(row) => void setOpen(row.eventId)}
        rowLabel={(row) => `call of ${row.startedAt}`}
        problem={problem}
        onRetry={onRetry}
        fixedColumns
        skeletonRows={8}
        empty={<EmptyState title="No call yet">Calls appear here within seconds of being made.</EmptyState>}
      />
      <CallDrawer eventId={open} onClose={() => void setOpen(null)} />
    </Section>
  );
}
