import { graphql } from '@/graphql/graphql';

export const TOTALS = graphql(`
  fragment TotalsParts on UsageTotals @_unmask {
    calls attempts opaqueCalls retriedCalls failedCalls refusedCalls unpricedCalls callsWithoutUsage estimatedCalls spend
    inputTokens cachedInputTokens cacheWriteTokens outputTokens reasoningTokens totalTokens toolUseInputTokens
    spendInput spendCachedInput spendCacheWrite spendOutput spendReasoning spendToolUse spendOther
  }
`);

export const USAGE = graphql(
  `
  query Usage(
    $range: TimeRange! $interval: Interval! $groupBy: UsageDimension! $tagKey: String $filter: UsageFilter $timeZone: String
  ) {
    usageOverTime(
      range: $range interval: $interval groupBy: $groupBy tagKey: $tagKey filter: $filter timeZone: $timeZone top: 12
    ) {
      buckets
      otherGroups
      groups { key label providerType other deleted spend calls tokens unpricedCalls }
      totals { ...TotalsParts }
    }
  }
`,
  [TOTALS],
);

export const SUMS = graphql(
  `
  query UsageSums($range: TimeRange!, $filter: UsageFilter) {
    usageTotals(range: $range, filter: $filter) { ...TotalsParts }
  }
`,
  [TOTALS],
);
