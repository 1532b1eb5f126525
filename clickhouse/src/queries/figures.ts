import { type CostType, EVERYTHING, type Kept } from './kinds.js';

/** Flags of `token_kinds` beside its kinds (migration 0008). */
const FLAG = { first: 32, failed: 64, refused: 128, estimated: 256, opaque: 512, retried: 1024 } as const;
const PRICED = 128;

const NO_USD = 'toDecimal128(0, 12)';
const NONE = 'toUInt64(0)';

/** Parts of the spend -> their sum. The stored input includes tool use. */
const SPEND: Readonly<Record<Exclude<CostType, 'unpriced'>, string>> = {
  input: '(sum(u.spend_input) - sum(u.spend_tool_use))',
  cached_input: 'sum(u.spend_cached_input)',
  cache_write: 'sum(u.spend_cache_write)',
  output: 'sum(u.spend_output)',
  reasoning: 'sum(u.spend_reasoning)',
  tool_use: 'sum(u.spend_tool_use)',
  other: 'sum(u.spend_other)',
};

/** Aggregates over the rows of `usageRows` as `u`: each figure in what a filter by kinds leaves. */
export function figuresOf(kept: Kept = EVERYTHING) {
  const { tokens, calls } = kept;
  const usd = (kind: Exclude<CostType, 'unpriced'>) => (kept.spend.has(kind) ? SPEND[kind] : NO_USD);
  const parts = {
    spendInput: usd('input'),
    spendCachedInput: usd('cached_input'),
    spendCacheWrite: usd('cache_write'),
    spendOutput: usd('output'),
    spendReasoning: usd('reasoning'),
    spendToolUse: usd('tool_use'),
    spendOther: usd('other'),
  };
  const counted = {
    inputTokens: inputTokens(tokens),
    cachedInputTokens: tokens.has('cached_input') ? 'sum(u.cached_input_tokens)' : NONE,
    cacheWriteTokens: tokens.has('cache_write') ? 'sum(u.cache_write_tokens)' : NONE,
    outputTokens: outputTokens(tokens),
  };
  return {
    ...callsOf(calls),
    ...counted,
    reasoningTokens: tokens.has('reasoning') ? 'sum(u.reasoning_tokens)' : NONE,
    toolUseInputTokens: tokens.has('tool_use') ? 'sum(u.tool_use_input_tokens)' : NONE,
    totalTokens: `(${Object.values(counted).join(' + ')})`,
    spend: calls.by === 'all' ? 'sum(u.spend)' : `(${Object.values(parts).join(' + ')})`,
    ...parts,
  };
}

function inputTokens(tokens: Kept['tokens']): string {
  if (tokens.has('input')) {
    return tokens.has('tool_use')
      ? 'sum(u.input_tokens)'
      : '(toInt64(sum(u.input_tokens)) - toInt64(sum(u.tool_use_input_tokens)))';
  }
  return tokens.has('tool_use') ? 'sum(u.tool_use_input_tokens)' : NONE;
}

function outputTokens(tokens: Kept['tokens']): string {
  if (tokens.has('output')) {
    return tokens.has('reasoning')
      ? 'sum(u.output_tokens)'
      : '(toInt64(sum(u.output_tokens)) - toInt64(sum(u.reasoning_tokens)))';
  }
  return tokens.has('reasoning') ? 'sum(u.reasoning_tokens)' : NONE;
}

/** How calls ended is not told by what they cost, nor what is priced by what they read and wrote: those are 0 then. */
function callsOf(calls: Kept['calls']) {
  if (calls.by === 'all') {
    return {
      calls: 'sum(u.calls)',
      attempts: 'sum(u.attempts)',
      opaqueCalls: 'sum(u.opaque_calls)',
      retriedCalls: 'sum(u.retried_calls)',
      failedCalls: 'sum(u.failed_calls)',
      refusedCalls: 'sum(u.refused_calls)',
      estimatedCalls: 'sum(u.estimated_calls)',
      unpricedCalls: UNPRICED,
      pricedCalls: 'sum(u.priced_calls)',
      freeCalls: 'sum(u.free_calls)',
      callsWithoutUsage: 'sum(u.calls_without_usage)',
    };
  }
  if (calls.by === 'tokens') {
    const having = (flag: number) => attemptsWith(calls.bits, flag);
    const attempts = having(0);
    return {
      calls: having(FLAG.first),
      attempts,
      opaqueCalls: having(FLAG.opaque),
      retriedCalls: having(FLAG.retried),
      failedCalls: having(FLAG.failed),
      refusedCalls: having(FLAG.refused),
      estimatedCalls: having(FLAG.estimated),
      unpricedCalls: NONE,
      pricedCalls: attempts,
      freeCalls: NONE,
      callsWithoutUsage: NONE,
    };
  }
  const priced = ratingsWith(calls.bits);
  const all = calls.unpriced ? `(${UNPRICED} + ${priced})` : priced;
  return {
    calls: all,
    attempts: all,
    opaqueCalls: NONE,
    retriedCalls: NONE,
    failedCalls: NONE,
    refusedCalls: NONE,
    estimatedCalls: NONE,
    unpricedCalls: calls.unpriced ? UNPRICED : NONE,
    pricedCalls: priced,
    freeCalls: NONE,
    callsWithoutUsage: calls.unpriced ? 'sum(u.calls_without_usage)' : NONE,
  };
}

export const UNPRICED = '(toInt64(sum(u.attempts)) - sum(u.priced_calls))';

/** Attempts that had any of the kinds and, where it is not 0, the flag. */
export function attemptsWith(bits: number, flag: number): string {
  const flagged = flag === 0 ? '' : ` AND bitAnd(kind, ${flag}) != 0`;
  return `sum(arraySum(mapValues(mapFilter((kind, times) -> bitAnd(kind, ${bits}) != 0${flagged}, u.token_kinds))))`;
}

/** Priced ratings, net of reversals, that charged for any of the kinds. */
export function ratingsWith(bits: number): string {
  const kept = `bitAnd(kind, ${bits}) != 0 AND bitAnd(kind, ${PRICED}) != 0`;
  return `sum(arraySum(mapValues(mapFilter((kind, times) -> ${kept}, u.cost_kinds))))`;
}
