import { z } from 'zod';
import type { Reader } from '../client.js';
import type { Scope, UsageFilter } from '../scope.js';
import { usageRows } from './rollup.js';

/** No `int()`: that refuses sums above 2^53, and a page of figures must not fail over one absurd call. */
const count = z.number();
const usd = z.string();

/**
 * `calls` are first attempts, `attempts` all of them, and everything else is of attempts. Tokens are the sums of what is known; `callsWithoutUsage` says how many calls stated nothing.
 * `unpricedCalls` are those whose cost is unknown or not yet rated. `outputTokens` includes `reasoningTokens`,
 * `spendOutput` does not include `spendReasoning`. Money is exact decimal text in USD.
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
  totalTokens: count,
  spend: usd,
  spendInput: usd,
  spendCachedInput: usd,
  spendCacheWrite: usd,
  spendOutput: usd,
  spendReasoning: usd,
  spendOther: usd,
});
export type UsageTotals = z.output<typeof usageTotalsRow>;

export const TOTALS_SQL = `
  sum(u.calls) AS calls,
  sum(u.attempts) AS attempts,
  sum(u.opaque_calls) AS opaqueCalls,
  sum(u.retried_calls) AS retriedCalls,
  sum(u.failed_calls) AS failedCalls,
  sum(u.refused_calls) AS refusedCalls,
  toInt64(sum(u.attempts)) - sum(u.priced_calls) AS unpricedCalls,
  sum(u.free_calls) AS freeCalls,
  sum(u.calls_without_usage) AS callsWithoutUsage,
  sum(u.estimated_calls) AS estimatedCalls,
  sum(u.input_tokens) AS inputTokens,
  sum(u.cached_input_tokens) AS cachedInputTokens,
  sum(u.cache_write_tokens) AS cacheWriteTokens,
  sum(u.output_tokens) AS outputTokens,
  sum(u.reasoning_tokens) AS reasoningTokens,
  inputTokens + cachedInputTokens + cacheWriteTokens + outputTokens AS totalTokens,
  toString(sum(u.spend)) AS spend,
  toString(sum(u.spend_input)) AS spendInput,
  toString(sum(u.spend_cached_input)) AS spendCachedInput,
  toString(sum(u.spend_cache_write)) AS spendCacheWrite,
  toString(sum(u.spend_output)) AS spendOutput,
  toString(sum(u.spend_reasoning)) AS spendReasoning,
  toString(sum(u.spend_other)) AS spendOther`;

/** What was used and spent in a range, in one row. */
export async function usageTotals(
  reader: Reader,
  scope: Scope,
  filter?: UsageFilter,
  nowMs = Date.now(),
): Promise<UsageTotals> {
  const rows = usageRows(scope, filter, nowMs);
  const [totals] = await reader.query({
    name: 'usage-totals',
    sql: `SELECT ${TOTALS_SQL} FROM ${rows.sql} AS u`,
    params: rows.params,
    row: usageTotalsRow,
  });
  return totals as UsageTotals;
}
