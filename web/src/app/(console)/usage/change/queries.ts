import { graphql } from '@/graphql/graphql';

export const CHANGE = graphql(`
  query UsageChange(
    $range: TimeRange! $previous: TimeRange! $groupBy: UsageDimension! $tagKey: String $filter: UsageFilter $first: Int
  ) {
    usageChange(
      range: $range previous: $previous groupBy: $groupBy tagKey: $tagKey filter: $filter first: $first
    ) {
      difference otherDrivers method
      before { spend calls unpricedCalls }
      after { spend calls unpricedCalls }
      effects { kind amount explanation }
      drivers { key label deleted before after difference callsBefore callsAfter unpricedBefore unpricedAfter isNew isGone }
    }
  }
`);
