'use client';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { ErrorState } from '@/components/ui/error-state';
import { Count } from '@/components/ui/figure';
import { Segments } from '@/components/ui/segments';
import { Skeleton } from '@/components/ui/skeleton';
import { useFigures } from '../live/use-figures';
import { Spend } from '../spend';
import { type Group, narrowTo, valueLabel } from '../state/filters';
import { spanInput, type UsageState } from '../state/use-usage-state';
import { GROUPS_PAGE } from './queries';

const ORDERS = [
  { value: 'spend', label: 'By spend' },
  { value: 'calls', label: 'By requests' },
  { value: 'tokens', label: 'By tokens' },
  { value: 'key', label: 'By name' },
] as const;
type Order = (typeof ORDERS)[number]['value'];
const LISTED = 50;

export function GroupsList({ state }: { state: UsageState }) {
  const { range, filter, groupBy, tagKey } = state;
  const [order, setOrder] = useState<Order>('spend');
  const [offset, setOffset] = useState(0);
  // One more than is shown tells whether there is a next page.
  const { data, problem, stale, refetch } = useFigures(
    GROUPS_PAGE,
    {
      ...{ range: spanInput(range), filter, groupBy, first: LISTED + 1, offset, orderBy: order },
      ...(tagKey === null ? {} : { tagKey }),
    },
    { isSlow: true },
  );
  const found = data?.usageBreakdown;
  if (problem && !found)
    return <ErrorState title="The groups could not be loaded" problem={problem} onRetry={refetch} />;
  const choose = (key: string) => {
    state.narrow(narrowTo(state.narrowed, groupBy, tagKey, key));
    void state.setParams({ groups: null });
  };
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center justify-between gap-2">
        <Segments
          label="Order"
          value={order}
          onChange={(next) => {
            setOrder(next);
            setOffset(0);
          }}
          options={ORDERS}
        />
        <span className="flex items-center gap-2">
          <Button size="sm" disabled={offset === 0} onClick={() => setOffset(Math.max(0, offset - LISTED))}>
            Previous
          </Button>
          <Button size="sm" disabled={(found?.length ?? 0) <= LISTED} onClick={() => setOffset(offset + LISTED)}>
            Next
          </Button>
        </span>
      </div>
      {found ? (
        <GroupsTable
          groups={found.slice(0, LISTED)}
          groupBy={groupBy}
          first={offset + 1}
          stale={stale}
          onChoose={choose}
        />
      ) : (
        <Skeleton className="h-72 w-full" />
      )}
    </>
  );
}

interface GroupsTableProps {
  groups: readonly {
    readonly key: string;
    readonly label: string;
    readonly deleted: boolean;
    readonly totals: {
      readonly spend: string;
      readonly calls: number;
      readonly totalTokens: number;
      readonly unpricedCalls: number;
    };
  }[];
  groupBy: Group;
  /** Rank of the first one listed. */
  first: number;
  stale: boolean;
  onChoose: (key: string) => void;
}

const cell = 'border-b border-line py-1.5 pl-4 text-right whitespace-nowrap';
const head = 'border-b border-line-2 py-1.5 pl-4 text-right text-caption font-medium text-ink-3';

function GroupsTable({ groups, groupBy, first, stale, onChoose }: GroupsTableProps) {
  return (
    <div className={cn('relative overflow-x-auto', stale && 'opacity-60 transition-opacity delay-150 duration-100')}>
      <table aria-label="All groups" className="w-full border-separate border-spacing-0 text-table">
        <thead>
          <tr>
            <th scope="col" className={`${head} !pl-0`}>
              #
            </th>
            <th scope="col" className={`${head} !text-left`}>
              Group
            </th>
            <th scope="col" className={head}>
              Spend
            </th>
            <th scope="col" className={head}>
              Requests
            </th>
            <th scope="col" className={head}>
              Tokens
            </th>
          </tr>
        </thead>
        <tbody>
          {groups.map(({ key, label, deleted, totals }, index) => (
            <tr key={key} className="hover:bg-hover">
              <td className={`${cell} figures w-8 !pl-0 text-ink-3`}>{first + index}</td>
              <td className={`${cell} max-w-64 !text-left`}>
                <button
                  type="button"
                  onClick={() => onChoose(key)}
                  className="block max-w-full truncate rounded-sm text-accent hover:underline"
                >
                  <span className="sr-only">Filter to </span>
                  {key === '' ? valueLabel(groupBy, '') : label}
                  {deleted && ' (deleted)'}
                </button>
              </td>
              <td className={cell}>
                <Spend spend={totals.spend} unpricedCalls={totals.unpricedCalls} />
              </td>
              <td className={cell}>
                <Count value={totals.calls} />
              </td>
              <td className={cell}>
                <Count value={totals.totalTokens} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {groups.length === 0 && <p className="py-3 text-ink-3">No more groups.</p>}
    </div>
  );
}
