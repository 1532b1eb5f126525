import { picoUsd } from './bill.js';
import type { ConsoleClient } from './console-client.js';
import type { UsageSums } from './expected-usage.js';

/** What GraphQL answers about usage, amounts as counts of 10^-12 USD. */

const FIELDS = `calls failedCalls refusedCalls unpricedCalls callsWithoutUsage estimatedCalls inputTokens cachedInputTokens
  cacheWriteTokens outputTokens reasoningTokens totalTokens spend spendInput spendCachedInput spendCacheWrite spendOutput
  spendReasoning spendOther`;

type Totals = Record<string, number | string>;

export interface AnsweredCall {
  readonly eventId: string;
  readonly callId: string;
  readonly upstreamRequestId: string | null;
  readonly provider: string;
  readonly outcome: string;
  readonly usageSource: string;
  readonly inputTokens: number | null;
  readonly cachedInputTokens: number | null;
  readonly cacheWriteTokens: number | null;
  readonly outputTokens: number | null;
  readonly reasoningTokens: number | null;
  readonly rating: { readonly cost: string | null; readonly status: string } | null;
}

export class UsageAnswers {
  private readonly range: { from: string; to: string };

  constructor(
    private readonly console: ConsoleClient,
    from: number,
    to: number,
  ) {
    this.range = { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
  }

  /** Page by page, with a page size that does not divide the whole. */
  async calls(): Promise<AnsweredCall[]> {
    const calls: AnsweredCall[] = [];
    let after: string | null = null;
    for (;;) {
      const { calls: page }: { calls: { nodes: AnsweredCall[]; endCursor: string; hasNextPage: boolean } } =
        await this.console.ask(
          `query($after: String) { calls(first: 77, after: $after) { endCursor hasNextPage nodes {
            eventId callId upstreamRequestId provider outcome usageSource inputTokens cachedInputTokens cacheWriteTokens
            outputTokens reasoningTokens rating { cost status } } } }`,
          { after },
        );
      calls.push(...page.nodes);
      if (!page.hasNextPage) return calls;
      after = page.endCursor;
    }
  }

  async totals(): Promise<UsageSums> {
    const { usageTotals } = await this.console.ask<{ usageTotals: Totals }>(
      `query($range: TimeRange!) { usageTotals(range: $range) { ${FIELDS} } }`,
      { range: this.range },
    );
    return toSums(usageTotals);
  }

  async breakdown(groupBy: 'provider' | 'model'): Promise<Record<string, UsageSums>> {
    const { usageBreakdown } = await this.console.ask<{ usageBreakdown: { key: string; totals: Totals }[] }>(
      `query($range: TimeRange!, $groupBy: UsageDimension!) {
        usageBreakdown(range: $range, groupBy: $groupBy, first: 200) { key totals { ${FIELDS} } } }`,
      { range: this.range, groupBy },
    );
    return Object.fromEntries(usageBreakdown.map(({ key, totals }) => [key, toSums(totals)]));
  }

  /** Sums over time of each provider's series. */
  async overTime(interval: 'hour' | 'day'): Promise<Record<string, { calls: number; tokens: number; spend: bigint }>> {
    const { usageOverTime } = await this.console.ask<{
      usageOverTime: { groups: { key: string; calls: number[]; tokens: number[]; spend: string[] }[] };
    }>(
      `query($range: TimeRange!, $interval: Interval!) {
        usageOverTime(range: $range, interval: $interval, groupBy: provider) { groups { key calls tokens spend } } }`,
      { range: this.range, interval },
    );
    const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
    return Object.fromEntries(
      usageOverTime.groups.map(({ key, calls, tokens, spend }) => [
        key,
        { calls: sum(calls), tokens: sum(tokens), spend: spend.map(picoUsd).reduce((a, b) => a + b, 0n) },
      ]),
    );
  }
}

function toSums({ spendOther, ...totals }: Totals): UsageSums {
  if (picoUsd(String(spendOther)) !== 0n) throw new Error(`charges nobody made: ${spendOther}`);
  return Object.fromEntries(
    Object.entries(totals).map(([name, value]) => [name, name.startsWith('spend') ? picoUsd(String(value)) : value]),
  ) as UsageSums;
}
