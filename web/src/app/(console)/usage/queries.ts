import { graphql } from '@/graphql/graphql';

export const USAGE = graphql(`
  query Usage($range: TimeRange!, $interval: Interval!, $groupBy: UsageDimension!, $filter: UsageFilter) {
    usageOverTime(range: $range, interval: $interval, groupBy: $groupBy, filter: $filter, top: 12) {
      buckets
      groups { key label providerType other deleted spend calls tokens }
      totals {
        calls attempts opaqueCalls retriedCalls failedCalls refusedCalls unpricedCalls callsWithoutUsage estimatedCalls spend
        inputTokens cachedInputTokens cacheWriteTokens outputTokens reasoningTokens totalTokens
        spendInput spendCachedInput spendCacheWrite spendOutput spendReasoning spendOther
      }
    }
    usageBreakdown(range: $range, groupBy: $groupBy, filter: $filter, first: 500) {
      key
      totals { unpricedCalls callsWithoutUsage }
    }
  }
`);

/** Requests alone, for a grouping that requests do not have. */
export const REQUESTS = graphql(`
  query Requests($range: TimeRange!, $interval: Interval!, $filter: UsageFilter) {
    usageOverTime(range: $range, interval: $interval, groupBy: provider, filter: $filter, top: 12) {
      buckets
      groups { key label providerType other deleted spend calls tokens }
    }
  }
`);

/** What the filters can be set to: everything that had traffic in the range, whatever is filtered now. */
export const USAGE_OPTIONS = graphql(`
  query UsageOptions($range: TimeRange!) {
    byProvider: usageBreakdown(range: $range, groupBy: provider, first: 500) { key label }
    byModel: usageBreakdown(range: $range, groupBy: model, first: 500) { key label }
    byApp: usageBreakdown(range: $range, groupBy: app, first: 500) { key label }
    environments { id name }
  }
`);
