'use client';
import dynamic from 'next/dynamic';
import { useQueryState } from 'nuqs';
import { useState } from 'react';
import { DataTable } from '@/components/data-table/data-table';
import { Section } from '@/components/ui/section';
import { plural } from '@/format';
import { useData } from '@/graphql/use-data';
import type { Provider } from '../[name]/client';
import { providerDetailParsers } from '../search-params';
import { CallDrawer } from './call-drawer';
import { type CallRow, callColumns } from './columns';
import { CALLS } from './queries';
import { useHeld } from './use-held';

const NoCalls = dynamic(() => import('./no-calls').then((room) => room.NoCalls), {
  loading: () => <div className="h-56" aria-busy="true" />,
});

const SHOWN = 25;
const REFRESH_MS = 2_000;
const keyOf = (row: CallRow) => row.eventId;

/** The newest calls, refreshed while the page is open. */
export function LastCalls({ provider }: { provider: Provider }) {
  const [openCall, setOpenCall] = useQueryState('call', providerDetailParsers.call.withOptions({ history: 'push' }));
  const [isPointedAt, setPointedAt] = useState(false);
  const { data, problem, refetch } = useData(
    CALLS,
    { filter: { providers: [provider.name] }, first: SHOWN, after: null },
    { everyMs: REFRESH_MS },
  );
  const { rows, newer } = useHeld(data?.calls.nodes, keyOf, isPointedAt || openCall !== null);

  return (
    <Section
      title="Last calls"
      actions={
        <span className="figures text-table text-ink-3" aria-live="off">
          {newer > 0 ? `${plural(newer, 'newer call')} when you look away` : 'Refreshes every 2 s'}
        </span>
      }
    >
      <div onPointerEnter={() => setPointedAt(true)} onPointerLeave={() => setPointedAt(false)}>
        <DataTable
          label="Last calls"
          name="calls"
          columns={callColumns}
          rows={rows}
          rowKey={keyOf}
          onRowOpen={(row) => void setOpenCall(row.eventId)}
          rowLabel={(row) => `call of ${row.startedAt}`}
          problem={problem}
          onRetry={refetch}
          fixedColumns
          skeletonRows={6}
          empty={<NoCalls provider={provider} />}
        />
      </div>
      <CallDrawer eventId={openCall} onClose={() => void setOpenCall(null)} />
    </Section>
  );
}
