import type { ModelUsage } from '@weir/clickhouse';
import { type PicoUsd, parseUsd } from '@weir/contracts';

/** Tokens and what they cost, of the calls that have a price. */
export interface Used {
  readonly tokens: bigint;
  readonly spend: PicoUsd;
}

/** What one model of one provider came to in a period. */
export interface Line {
  readonly provider: string;
  readonly model: string;
  /** Attempts that have a price, 0 among them. */
  readonly priced: bigint;
  readonly input: Used;
  readonly cachedInput: Used;
  readonly cacheWrite: Used;
  /** With reasoning, which bills at the same rate. */
  readonly output: Used;
  readonly toolUse: Used;
  /** Not for tokens: searches, fees a request. */
  readonly other: PicoUsd;
}

/** A period, ready to be compared with another. */
export interface Book {
  /** What apps asked for: attempts without repeats. */
  readonly requests: bigint;
  readonly attempts: bigint;
  readonly lines: readonly Line[];
}

export function toBook(models: readonly ModelUsage[]): Book {
  let [requests, attempts] = [0, 0];
  for (const { totals } of models) {
    const repeats = totals.retriedCalls + (totals.attempts - totals.calls);
    attempts += totals.attempts;
    requests += Math.max(totals.attempts - repeats, Math.min(1, totals.attempts));
  }
  return { requests: BigInt(requests), attempts: BigInt(attempts), lines: models.map(toLine) };
}

function toLine({ of, model, totals }: ModelUsage): Line {
  const unpriced = Math.max(0, totals.unpricedCalls);
  const priced = Math.max(0, totals.attempts - unpriced);
  // Sums do not tell the tokens of calls without a price apart: within one model they are taken to be as long as the others.
  const withTokens = priced + Math.max(0, unpriced - totals.callsWithoutUsage);
  const used = (tokens: number, ...spent: string[]): Used => ({
    tokens: (BigInt(Math.max(0, tokens)) * BigInt(priced)) / BigInt(Math.max(1, withTokens)),
    spend: spent.reduce((sum, amount) => sum + parseUsd(amount), 0n),
  });
  return {
    provider: of,
    model,
    priced: BigInt(priced),
    // What tools brought in is told apart, as its spend is.
    input: used(totals.inputTokens - totals.toolUseInputTokens, totals.spendInput),
    cachedInput: used(totals.cachedInputTokens, totals.spendCachedInput),
    cacheWrite: used(totals.cacheWriteTokens, totals.spendCacheWrite),
    output: used(totals.outputTokens, totals.spendOutput, totals.spendReasoning),
    toolUse: used(totals.toolUseInputTokens, totals.spendToolUse),
    other: parseUsd(totals.spendOther),
  };
}

export const PROMPT = ['input', 'cachedInput', 'cacheWrite'] as const;
const TOKENS = [...PROMPT, 'output', 'toolUse'] as const;

export function promptOf(line: Line): Used {
  return PROMPT.reduce<Used>(
    (sum, kind) => ({ tokens: sum.tokens + line[kind].tokens, spend: sum.spend + line[kind].spend }),
    { tokens: 0n, spend: 0n },
  );
}

export function spendOf(line: Line): PicoUsd {
  return TOKENS.reduce((sum, kind) => sum + line[kind].spend, line.other);
}

export function tokensOf(line: Line): bigint {
  return promptOf(line).tokens + line.output.tokens + line.toolUse.tokens;
}

export const sumOver = (lines: readonly Line[], value: (line: Line) => bigint): bigint =>
  lines.reduce((sum, line) => sum + value(line), 0n);
