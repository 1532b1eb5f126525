import type { LedgerEntry } from '../simulator/index.js';
import { type PriceList, totalOf } from './bill.js';

/** What one call must have left in every book, worked out from what the upstream says it did. */
export interface ExpectedCall {
  readonly provider: string;
  /** '' = the call names none. */
  readonly model: string;
  readonly outcome: 'completed' | 'client_closed';
  readonly usageSource: 'reported' | 'partial' | 'none';
  readonly inputTokens: number;
  readonly cachedInputTokens: number;
  readonly cacheWriteTokens: number;
  readonly outputTokens: number;
  readonly reasoningTokens: number;
  /** 10^-12 USD; null = unpriced. */
  readonly spend: bigint | null;
  readonly spendInput: bigint;
  readonly spendCachedInput: bigint;
  readonly spendCacheWrite: bigint;
  readonly spendOutput: bigint;
  readonly spendReasoning: bigint;
}

const NO_SPEND = { spendInput: 0n, spendCachedInput: 0n, spendCacheWrite: 0n, spendOutput: 0n, spendReasoning: 0n };
const NO_TOKENS = { inputTokens: 0, cachedInputTokens: 0, cacheWriteTokens: 0, outputTokens: 0, reasoningTokens: 0 };

export interface Told {
  readonly provider: string;
  readonly providerType: string;
  readonly serviceTier: 'default' | 'flex' | 'scale';
}

export function expectedCall(entry: LedgerEntry, { provider, providerType, serviceTier }: Told, prices: PriceList) {
  const call = { provider, model: entry.model ?? '' };
  if (entry.ended !== 'completed') return abandoned(entry, call);
  const { billed } = entry;
  // Lists of models and counts of tokens are served for nothing.
  if (billed === null) {
    const rest = { outcome: 'completed', usageSource: 'none', spend: 0n, ...NO_TOKENS, ...NO_SPEND } as const;
    return { ...call, ...rest } satisfies ExpectedCall;
  }
  // Anthropic bills thinking as output and does not say how much of it was thinking.
  const told = entry.dialect === 'anthropic' ? { ...billed, reasoning: 0 } : billed;
  const bill = prices.bill(providerType, call.model, serviceTier, told);
  return {
    ...call,
    outcome: 'completed',
    usageSource: 'reported',
    inputTokens: billed.input,
    cachedInputTokens: billed.cachedInput,
    cacheWriteTokens: billed.cacheWrite5m + billed.cacheWrite1h,
    outputTokens: billed.output,
    reasoningTokens: told.reasoning,
    spend: bill && totalOf(bill),
    ...(bill
      ? {
          spendInput: bill.input,
          spendCachedInput: bill.cachedInput,
          spendCacheWrite: bill.cacheWrite,
          spendOutput: bill.output,
          spendReasoning: bill.reasoning,
        }
      : NO_SPEND),
  } satisfies ExpectedCall;
}

/** Anthropic states what it read at the head of a stream; nobody states what was written before it was cut off. */
function abandoned({ dialect, billed, status }: LedgerEntry, call: { provider: string; model: string }): ExpectedCall {
  const known = dialect === 'anthropic' && status !== null ? billed : null;
  return {
    ...call,
    outcome: 'client_closed',
    usageSource: known ? 'partial' : 'none',
    spend: null,
    ...NO_TOKENS,
    ...NO_SPEND,
    ...(known && { inputTokens: known.input }),
  };
}

const COUNTS = ['inputTokens', 'cachedInputTokens', 'cacheWriteTokens', 'outputTokens', 'reasoningTokens'] as const;
const AMOUNTS = [
  'spend',
  'spendInput',
  'spendCachedInput',
  'spendCacheWrite',
  'spendOutput',
  'spendReasoning',
] as const;

export type UsageSums = Record<(typeof COUNTS)[number], number> &
  Record<(typeof AMOUNTS)[number], bigint> &
  Record<
    'calls' | 'failedCalls' | 'refusedCalls' | 'unpricedCalls' | 'callsWithoutUsage' | 'estimatedCalls' | 'totalTokens',
    number
  >;

export function sumOf(calls: readonly ExpectedCall[]): UsageSums {
  const count = (isCounted: (call: ExpectedCall) => boolean) => calls.filter(isCounted).length;
  const tokens = Object.fromEntries(COUNTS.map((name) => [name, calls.reduce((sum, call) => sum + call[name], 0)]));
  const money = Object.fromEntries(
    AMOUNTS.map((name) => [name, calls.reduce((sum, call) => sum + (call[name] ?? 0n), 0n)]),
  );
  const { inputTokens = 0, cachedInputTokens = 0, cacheWriteTokens = 0, outputTokens = 0 } = tokens;
  return {
    ...(tokens as Pick<UsageSums, (typeof COUNTS)[number]>),
    ...(money as Pick<UsageSums, (typeof AMOUNTS)[number]>),
    calls: calls.length,
    failedCalls: 0,
    refusedCalls: 0,
    unpricedCalls: count(({ spend }) => spend === null),
    callsWithoutUsage: count(({ usageSource, spend }) => usageSource === 'none' && spend === null),
    estimatedCalls: count(({ usageSource }) => usageSource === 'partial'),
    totalTokens: inputTokens + cachedInputTokens + cacheWriteTokens + outputTokens,
  };
}
