import type { ModelUsage, UsageTotals } from '@weir/clickhouse';
import { formatUsd, parseUsd } from '@weir/contracts';

const NOTHING: UsageTotals = {
  ...{ calls: 0, attempts: 0, opaqueCalls: 0, retriedCalls: 0, failedCalls: 0, refusedCalls: 0, unpricedCalls: 0 },
  ...{ freeCalls: 0, callsWithoutUsage: 0, estimatedCalls: 0, inputTokens: 0, cachedInputTokens: 0 },
  ...{ cacheWriteTokens: 0, outputTokens: 0, reasoningTokens: 0, toolUseInputTokens: 0, totalTokens: 0 },
  ...{ spend: '0', spendInput: '0', spendCachedInput: '0', spendCacheWrite: '0', spendOutput: '0' },
  ...{ spendReasoning: '0', spendToolUse: '0', spendOther: '0' },
};

/** Parts of one reading added up, so that they and their sum can never be of different moments. */
export function totalsOf(parts: readonly ModelUsage[]): UsageTotals {
  return parts.reduce<UsageTotals>((sum, { totals }) => plus(sum, totals), NOTHING);
}

function plus(a: UsageTotals, b: UsageTotals): UsageTotals {
  const added = (Object.keys(NOTHING) as (keyof UsageTotals)[]).map((name) => {
    const [left, right] = [a[name], b[name]];
    if (typeof left === 'number' && typeof right === 'number') return [name, left + right];
    return [name, formatUsd(parseUsd(String(left)) + parseUsd(String(right)))];
  });
  return Object.fromEntries(added) as UsageTotals;
}
