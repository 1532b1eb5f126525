import type { Column } from '@/components/data-table/column';
import { Count } from '@/components/ui/figure';
import { RelativeTime } from '@/components/ui/relative-time';
import { compareDecimals } from '@/decimal';
import type { ResultOf } from '@/graphql/graphql';
import { Spend } from '../usage/spend';
import type { APPS } from './queries';

type Answer = ResultOf<typeof APPS>;

export interface AppRow {
  readonly id: string;
  readonly name: string;
  readonly environment: string;
  readonly activeTokens: number;
  readonly tokens: number;
  readonly calls: number;
  readonly spend: string;
  readonly unpricedCalls: number;
  readonly createdAt: string;
}

const NO_CALLS = { calls: 0, spend: '0', unpricedCalls: 0 };

/** Usage is attributed to the app's name, which is unique in the project. */
export function appRows(apps: Answer['apps'], breakdown: Answer['usageBreakdown']): AppRow[] {
  const usageOf = new Map(breakdown.map(({ key, totals }) => [key, totals]));
  return apps.map(({ id, name, environment, tokens, createdAt }) => {
    const { calls, spend, unpricedCalls } = usageOf.get(name) ?? NO_CALLS;
    const activeTokens = tokens.filter(({ state }) => state === 'active').length;
    const usage = { calls, spend, unpricedCalls };
    return { id, name, environment: environment.name, activeTokens, tokens: tokens.length, createdAt, ...usage };
  });
}

export const appColumns: Column<AppRow>[] = [
  {
    id: 'name',
    header: 'App',
    hideable: false,
    sortValue: (row) => row.name,
    cell: (row) => row.name,
  },
  {
    id: 'environment',
    header: 'Environment',
    width: '18%',
    sortValue: (row) => row.environment,
    cell: (row) => row.environment,
  },
  {
    id: 'tokens',
    header: 'Active tokens',
    numeric: true,
    width: '128px',
    sortValue: (row) => row.activeTokens,
    cell: (row) => (
      <span title={`${row.tokens} made in all`} className={row.activeTokens === 0 ? 'text-ink-3' : undefined}>
        {row.activeTokens}
      </span>
    ),
  },
  {
    id: 'requests',
    header: 'Requests',
    unit: '7 d',
    numeric: true,
    width: '128px',
    sortValue: (row) => row.calls,
    cell: (row) => <Count value={row.calls} />,
  },
  {
    id: 'spend',
    header: 'Spend',
    unit: '7 d',
    numeric: true,
    width: '180px',
    sortValue: (row) => row.spend,
    compare: compareDecimals,
    cell: (row) => <Spend spend={row.spend} unpricedCalls={row.unpricedCalls} />,
  },
  {
    id: 'created',
    header: 'Created',
    width: '128px',
    sortValue: (row) => row.createdAt,
    cell: (row) => <RelativeTime at={row.createdAt} className="text-ink-2" />,
  },
];
