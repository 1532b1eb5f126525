import { graphql } from '@/graphql/graphql';

export const FORECAST = graphql(`
  query UsageForecast($filter: UsageFilter, $timeZone: String) {
    usageForecast(filter: $filter, timeZone: $timeZone) {
      monthStart monthEnd soFar expected low high method
      days { day low expected high }
    }
  }
`);
