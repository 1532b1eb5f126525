import { z } from 'zod';
import type { Reader } from '../client.js';
import type { Scope, UsageFilter } from '../scope.js';
import { rowsBy, USAGE_DIMENSIONS, type UsageDimension } from './dimension.js';
import { usageRows } from './rollup.js';
import { TOTALS_SQL, type UsageTotals, usageTotalsRow } from './usage-totals.js';

export interface BreakdownOptions {
  readonly groupBy: UsageDimension;
  readonly filter?: UsageFilter | undefined;
  readonly first: number;
}

export interface UsageGroup {
  readonly key: string;
  /** Set when all calls of the group have one provider type. */
  readonly providerType: string | null;
  readonly totals: UsageTotals;
}

const MAX_GROUPS = 1_000;

/** The same totals for each value of one dimension, biggest spend first. */
export async function usageBreakdown(reader: Reader, scope: Scope, options: BreakdownOptions): Promise<UsageGroup[]> {
  const { groupBy, filter } = options;
  const rows = usageRows(scope, filter);
  const found = await reader.query({
    name: 'usage-breakdown',
    sql: `
      SELECT ${USAGE_DIMENSIONS[groupBy]} AS grp, if(uniqExact(u.provider_type) = 1, any(u.provider_type), '') AS providerType, ${TOTALS_SQL}
      FROM ${rowsBy(groupBy, rows.sql)} AS u
      GROUP BY grp
      HAVING attempts > 0 OR sum(u.spend) != 0 OR totalTokens > 0
      ORDER BY sum(u.spend) DESC, attempts DESC, grp
      LIMIT {first:UInt32}`,
    params: { ...rows.params, first: Math.min(Math.max(Math.trunc(options.first), 1), MAX_GROUPS) },
    row: usageTotalsRow.extend({ grp: z.string(), providerType: z.string() }),
  });
  return found.map(({ grp, providerType, ...totals }) => ({ key: grp, providerType: providerType || null, totals }));
}
