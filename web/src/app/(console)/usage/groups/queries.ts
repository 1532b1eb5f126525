import { graphql } from '@/graphql/graphql';

export const GROUPS_PAGE = graphql(`
  query UsageGroupsPage(
    $range: TimeRange! $groupBy: UsageDimension! $tagKey: String $filter: UsageFilter
    $first: Int $offset: Int $orderBy: UsageOrder
  ) {
    usageBreakdown(
      range: $range groupBy: $groupBy tagKey: $tagKey filter: $filter first: $first offset: $offset orderBy: $orderBy
    ) {
      key label deleted
      totals { spend calls totalTokens unpricedCalls }
    }
  }
`);
