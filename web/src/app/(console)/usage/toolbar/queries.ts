import { graphql } from '@/graphql/graphql';

/** What one dimension can be narrowed to, given everything else that is filtered; the biggest spend first. */
export const FACETS = graphql(`
  query UsageFacets(
    $range: TimeRange! $dimension: UsageDimension! $tagKey: String $filter: UsageFilter $search: String $first: Int
  ) {
    usageFacets(range: $range, dimension: $dimension, tagKey: $tagKey, filter: $filter, search: $search, first: $first) {
      more
      values { key label deleted calls spend }
    }
  }
`);

export const TAG_KEYS = graphql(`
  query UsageTagKeys($range: TimeRange!, $filter: UsageFilter) {
    usageTagKeys(range: $range, filter: $filter)
  }
`);
