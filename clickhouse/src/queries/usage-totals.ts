import { z } from 'zod';
import type { Reader } from '../client.js';
import type { Scope, UsageFilter } from '../scope.js';
import { askWithin } from './cost-guard.js';
import { figuresOf } from './figures.js';
import { type Kept, keptBy } from './kinds.js';
import { usageRows } from './rollup.js';

/** No `int()`: that refuses sums above 2^53, and a page of figures must not fail over one absurd call. */
const count = z.number();
const usd = z.string();

/**
 * `calls` are first attempts, `attempts` all of them, and everything else is of attempts. Tokens are the sums of what is
 * known; `callsWithoutUsage` says how many calls stated nothing. `unpricedCalls` are those whose cost is unknown or not yet
 * rated. `outputTokens` includes `reasoningTokens`, `inputTokens` includes `toolUseInputTokens`; no spend includes another,
 * and the parts add up to `spend`. Money is exact decimal text in USD.
 */
export const usageTotalsRow = z.object({
  calls: count,
  attempts: count,
  /** Through paths that nothing is known to be metered on. */
  opaqueCalls: count,
  /** The client's SDK says that it repeats an earlier one. */
  retriedCalls: count,
  failedCalls: count,
  refusedCalls: count,
  unpricedCalls: count,
  freeCalls: count,
  callsWithoutUsage: count,
  estimatedCalls: count,
  inputTokens: count,
  cachedInputTokens: count,
  cacheWriteTokens: count,
  outputTokens: count,
  reasoningTokens: count,
  toolUseInputTokens: count,
  totalTokens: count,
  spend: usd,
  spendInput: usd,
  spendCachedInput: usd,
  spendCacheWrite: usd,
  spendOutput: usd,
  spendReasoning: usd,
  spendToolUse: usd,
  spendOther: usd,
});
export type UsageTotals = z.output<typeof usageTotalsRow>;

/** The figures as columns, in what a filter by kinds leaves; over the rows of `usageRows` as `u`. */
export function totalsSql(kept?: Kept): string {
  const figures = figuresOf(kept);
  return (Object.keys(usageTotalsRow.shape) as (keyof UsageTotals)[])
    .map((name) => `${name.startsWith('spend') ? `toString(${figures[name]})` : figures[name]} AS ${name}`)
    .join(', ');
}

/** What was used and spent in a range, in one row. @throws WeirError `QUERY_TOO_COSTLY`, `FILTER_INVALID` */
export async function usageTotals(
  reader: Reader,
  scope: Scope,
  filter?: UsageFilter,
  nowMs = Date.now(),
): Promise<UsageTotals> {
  const rows = usageRows({ scope, filter, nowMs });
  const [totals] = await askWithin(reader, rows, {
    name: 'usage-totals',
    sql: `SELECT ${totalsSql(keptBy(filter))} FROM ${rows.sql} AS u`,
    params: rows.params,
    row: usageTotalsRow,
  });
  return totals as UsageTotals;
}
