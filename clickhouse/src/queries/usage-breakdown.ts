import { z } from 'zod';
import type { Reader } from '../client.js';
import type { Scope, UsageFilter } from '../scope.js';
import { askWithin } from './cost-guard.js';
import type { Grouping } from './dimension.js';
import { type GroupRows, groupRows } from './group-rows.js';
import { totalsSql, type UsageTotals, usageTotalsRow } from './usage-totals.js';

export type UsageOrder = 'spend' | 'calls' | 'tokens' | 'key';

export interface BreakdownOptions extends Grouping {
  readonly filter?: UsageFilter | undefined;
  readonly first: number;
  /** Groups left out before the first. */
  readonly offset?: number | undefined;
  /** Biggest first, keys in their order; absent = by spend. */
  readonly orderBy?: UsageOrder | undefined;
}

export interface UsageGroup {
  readonly key: string;
  /** Set when all calls of the group have one provider type. */
  readonly providerType: string | null;
  readonly totals: UsageTotals;
}

const MAX_GROUPS = 1_000;

/** The same totals for each value of one dimension. @throws WeirError `QUERY_TOO_COSTLY`, `FILTER_INVALID`, `TAG_KEY_MISSING` */
export async function usageBreakdown(reader: Reader, scope: Scope, options: BreakdownOptions): Promise<UsageGroup[]> {
  const { first, offset = 0, orderBy = 'spend' } = options;
  const groups = groupRows(scope, options);
  const found = await askWithin(reader, groups.rows, {
    name: 'usage-breakdown',
    sql: `
      SELECT ${groups.key} AS grp, ${groups.providerType} AS providerType, ${totalsSql(groups.kept)}
      FROM ${groups.sql} AS u
      GROUP BY grp
      HAVING ${groups.having}
      ORDER BY ${orderOf(orderBy, groups)}
      LIMIT {first:UInt32} OFFSET {offset:UInt32}`,
    params: {
      ...groups.params,
      first: Math.min(Math.max(Math.trunc(first), 1), MAX_GROUPS),
      offset: Math.max(Math.trunc(offset), 0),
    },
    row: usageTotalsRow.extend({ grp: z.string(), providerType: z.string() }),
  });
  return found.map(({ grp, providerType, ...totals }) => ({ key: grp, providerType: providerType || null, totals }));
}

function orderOf(order: UsageOrder, { figures }: GroupRows): string {
  const spend = `${figures.spend} DESC, ${figures.attempts} DESC, grp`;
  if (order === 'key') return 'grp';
  if (order === 'calls') return `${figures.calls} DESC, ${spend}`;
  return order === 'tokens' ? `${figures.totalTokens} DESC, ${spend}` : spend;
}
