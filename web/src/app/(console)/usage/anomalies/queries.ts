import { graphql } from '@/graphql/graphql';

export const ANOMALIES = graphql(`
  query UsageAnomalies($range: TimeRange!, $filter: UsageFilter, $timeZone: String) {
    usageAnomalies(range: $range, filter: $filter, timeZone: $timeZone) {
      method
      found { day dimension key label actual expected excess cause filter { dimension key } }
    }
  }
`);
