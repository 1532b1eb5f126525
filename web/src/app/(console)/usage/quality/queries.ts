import { graphql } from '@/graphql/graphql';

const POINT = graphql(`
  fragment PointParts on QualityPoint @_unmask {
    attempts failed errorRate latencyP50Ms latencyP95Ms latencyP99Ms firstTokenP50Ms firstTokenP95Ms firstTokenP99Ms
    cacheHitRate costPerCall costPerThousandOutputTokens
  }
`);

export const QUALITY = graphql(
  `
  query UsageQuality($range: TimeRange!, $interval: Interval!, $filter: UsageFilter, $timeZone: String) {
    usageQuality(range: $range, interval: $interval, filter: $filter, timeZone: $timeZone) {
      accuracy buckets
      points { ...PointParts }
      whole { ...PointParts }
    }
  }
`,
  [POINT],
);
