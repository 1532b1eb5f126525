import { z } from 'zod';
import type { Reader } from '../client.js';
import type { Scope, UsageFilter } from '../scope.js';
import { askWithin } from './cost-guard.js';
import { figuresOf } from './figures.js';
import { havingAny } from './group-rows.js';
import { keptBy } from './kinds.js';
import { usageRows } from './rollup.js';
import { totalsSql, type UsageTotals, usageTotalsRow } from './usage-totals.js';

/** What one provider, or one app, used of one model. */
export interface ModelUsage {
  readonly of: string;
  readonly model: string;
  readonly totals: UsageTotals;
}

export interface ByModelOptions {
  readonly filter?: UsageFilter | undefined;
  readonly nowMs?: number | undefined;
}

/**
 * A range in its finest parts that prices are told apart by; all of it, so that the parts add up to the whole.
 * @throws WeirError `QUERY_TOO_COSTLY`, `FILTER_INVALID`, `QUERY_LIMIT` where there are too many parts
 */
export async function usageByModel(reader: Reader, scope: Scope, options: ByModelOptions): Promise<ModelUsage[]> {
  const { filter, nowMs } = options;
  const rows = usageRows({ scope, filter, nowMs });
  const kept = keptBy(filter);
  const figures = figuresOf(kept);
  const found = await askWithin(reader, rows, {
    name: 'usage-by-model',
    sql: `
      SELECT toString(u.provider) AS source, toString(u.model) AS modelName, ${totalsSql(kept)}
      FROM ${rows.sql} AS u
      GROUP BY source, modelName
      HAVING ${havingAny(figures, kept.calls.by === 'all')}
      ORDER BY ${figures.spend} DESC, source, modelName`,
    params: rows.params,
    row: usageTotalsRow.extend({ source: z.string(), modelName: z.string() }),
  });
  return found.map(({ source, modelName, ...totals }) => ({ of: source, model: modelName, totals }));
}
