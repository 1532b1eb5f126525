'use client';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import type { Problem } from '@/graphql/problem';
import type { UsageState } from '../state/use-usage-state';

/** The control plane refuses what would read too much; it says so before anything is read. */
export const isTooCostly = ({ code }: Problem): boolean => code === 'QUERY_TOO_COSTLY' || code === 'RANGE_TOO_LONG';

interface Way {
  readonly label: string;
  readonly take: () => void;
}

/** What would make the question cheaper, as far as it is not so already. */
function cheaperWays({ params, setParams, range, narrowed, groupBy, narrow }: UsageState): Way[] {
  const days = (range.to.getTime() - range.from.getTime()) / 86_400_000;
  const isWide = groupBy === 'user' || groupBy === 'agent' || groupBy === 'tag';
  const { users, agents, tags, ...others } = narrowed;
  const hasWide = [users, agents, tags].some((list) => list?.length);
  const show = (range: '7d' | '30d') => () => void setParams({ range, customStart: null, customEnd: null });
  return [
    ...(days > 31 ? [{ label: 'Show the last 30 days', take: show('30d') }] : []),
    ...(days > 8 ? [{ label: 'Show the last 7 days', take: show('7d') }] : []),
    ...(isWide
      ? [{ label: 'Group by provider', take: () => void setParams({ groupBy: null, tagKey: null, hidden: null }) }]
      : []),
    ...(hasWide ? [{ label: 'Remove filters of users, agents and tags', take: () => narrow(others) }] : []),
    ...(params.compare ? [{ label: 'Do not compare', take: () => void setParams({ compare: null }) }] : []),
  ];
}

/** A button for each of them, which takes it. */
export function CheaperWays({ state }: { state: UsageState }) {
  return (
    <span className="flex flex-wrap gap-2">
      {cheaperWays(state).map(({ label, take }) => (
        <Button key={label} onClick={take}>
          {label}
        </Button>
      ))}
    </span>
  );
}

export function TooCostly({ problem, state }: { problem: Problem; state: UsageState }) {
  return (
    <EmptyState title="This would read too much" action={<CheaperWays state={state} />}>
      {problem.message}
    </EmptyState>
  );
}
