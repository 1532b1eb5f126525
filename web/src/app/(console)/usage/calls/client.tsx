'use client';
import { useQueryStates } from 'nuqs';
import { DataTable } from '@/components/data-table/data-table';
import { FilterChips } from '@/components/data-table/filter-chips';
import { useKeyset } from '@/components/data-table/use-keyset';
import { PageHeader } from '@/components/page/page-header';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { exactTime } from '@/format';
import { useData } from '@/graphql/use-data';
import { CallDrawer } from '../../providers/calls/call-drawer';
import { type CallRow, callColumns } from '../../providers/calls/columns';
import { CALLS } from '../../providers/calls/queries';
import { FILTER_LABELS } from '../search-params';
import { CALL_FILTERS, callsParsers } from './search-params';

const CRUMBS = [{ label: 'Cost & Usage', href: '/usage' }];
const keyOf = (row: CallRow) => row.eventId;

/** The calls behind a figure, newest first. */
export function Calls() {
  const [{ from, to, call, ...narrowed }, setParams] = useQueryStates(callsParsers, { history: 'push' });
  const keyset = useKeyset();
  const filter = {
    ...(from ? { from: from.toISOString() } : {}),
    ...(to ? { to: to.toISOString() } : {}),
    ...Object.fromEntries(CALL_FILTERS.flatMap((name) => (narrowed[name].length ? [[name, narrowed[name]]] : []))),
  };
  const { data, stale, problem, refetch } = useData(CALLS, { filter, first: keyset.first, after: keyset.after });
  const page = data?.calls;
  const chips = [
    ...(from ? [{ name: 'From', label: exactTime(from), onRemove: () => void setParams({ from: null }) }] : []),
    ...(to ? [{ name: 'Until', label: exactTime(to), onRemove: () => void setParams({ to: null }) }] : []),
    ...CALL_FILTERS.flatMap((name) =>
      narrowed[name].map((value) => ({
        name: FILTER_LABELS[name],
        label: value === '' ? 'no model' : value,
        onRemove: () => void setParams({ [name]: narrowed[name].filter((other) => other !== value) }),
      })),
    ),
  ];
  const clear = () =>
    void setParams({ from: null, to: null, providers: null, models: null, apps: null, environments: null });
  return (
    <>
      <PageHeader title="Calls" description="Each attempt is a row, and opens to its receipt." crumbs={CRUMBS} />
      <DataTable
        label="Calls"
        name="usage-calls"
        columns={callColumns}
        rows={page?.nodes}
        rowKey={keyOf}
        onRowOpen={(row) => void setParams({ call: row.eventId })}
        rowLabel={(row) => `call of ${row.startedAt}`}
        filters={<FilterChips chips={chips} onClear={clear} />}
        stale={stale}
        problem={problem}
        onRetry={refetch}
        skeletonRows={keyset.first}
        paging={{
          keyset,
          endCursor: page?.endCursor ?? null,
          hasNextPage: page?.hasNextPage ?? false,
          noun: 'call',
        }}
        empty={
          <EmptyState
            title={chips.length > 0 ? 'No call fits' : 'No call yet'}
            action={chips.length > 0 && <Button onClick={clear}>Clear filters</Button>}
          >
            {chips.length > 0
              ? 'There may be calls outside this range, or of other providers, models and apps.'
              : 'Once an app calls a provider’s proxy URL, its calls stand here within seconds.'}
          </EmptyState>
        }
      />
      <CallDrawer eventId={call} onClose={() => void setParams({ call: null })} />
    </>
  );
}
