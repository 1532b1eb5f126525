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
import { DIMENSION_OF, FILTERS, labelOfFilter, parseTag, usageFilter, valueLabel } from '../state/filters';
import { callsParsers } from './search-params';

const CRUMBS = [{ label: 'Cost & Usage', href: '/usage' }];
const keyOf = (row: CallRow) => row.eventId;

/** The calls behind a figure, newest first. */
export function Calls() {
  const [{ from, to, call, deleted, ...narrowed }, setParams] = useQueryStates(callsParsers, { history: 'push' });
  const keyset = useKeyset();
  const filter = {
    ...(from ? { from: from.toISOString() } : {}),
    ...(to ? { to: to.toISOString() } : {}),
    ...usageFilter(narrowed, deleted ?? true),
  };
  const { data, stale, problem, refetch } = useData(CALLS, { filter, first: keyset.first, after: keyset.after });
  const page = data?.calls;
  const chips = [
    ...(from ? [{ name: 'From', label: exactTime(from), onRemove: () => void setParams({ from: null }) }] : []),
    ...(to ? [{ name: 'Until', label: exactTime(to), onRemove: () => void setParams({ to: null }) }] : []),
    ...FILTERS.flatMap((name) => {
      const chosen: readonly string[] = narrowed[name];
      return chosen.map((value) => ({
        name: labelOfFilter(name),
        label: valueLabel(DIMENSION_OF[name], value),
        onRemove: () => void setParams({ [name]: chosen.filter((other) => other !== value) }),
      }));
    }),
    ...narrowed.tags.map((text) => ({
      name: parseTag(text)?.key ?? 'Tag',
      label: valueLabel('tag', parseTag(text)?.value ?? ''),
      onRemove: () => void setParams({ tags: narrowed.tags.filter((other) => other !== text) }),
    })),
    ...(deleted === false
      ? [{ name: 'Deleted providers', label: 'not shown', onRemove: () => void setParams({ deleted: null }) }]
      : []),
  ];
  const clear = () =>
    void setParams({
      ...Object.fromEntries(FILTERS.map((name) => [name, null])),
      ...{ from: null, to: null, tags: null, deleted: null },
    });
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
