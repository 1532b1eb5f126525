'use client';
import { curlCommand, exportToken, TOKEN_PLACEHOLDER } from '@weir/snippets';
import { useQueryState } from 'nuqs';
import { useState } from 'react';
import { DataTable } from '@/components/data-table/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { Section } from '@/components/ui/section';
import { plural } from '@/format';
import { useData } from '@/graphql/use-data';
import type { Provider } from '../[name]/client';
import { snippetTarget } from '../connect/snippet-target';
import { providerDetailParsers } from '../search-params';
import { CallDrawer } from './call-drawer';
import { type CallRow, callColumns } from './columns';
import { CALLS } from './queries';
import { useHeld } from './use-held';

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

function NoCalls({ provider }: { provider: Provider }) {
  const curl = curlCommand(snippetTarget(provider, provider.models[0] ?? null));
  return (
    <EmptyState
      title="No call yet"
      snippets={[{ label: 'First call', code: `${exportToken(TOKEN_PLACEHOLDER)}\n${curl}` }]}
    >
      With a token of an app, this makes the first one. It appears here within seconds.
    </EmptyState>
  );
}
