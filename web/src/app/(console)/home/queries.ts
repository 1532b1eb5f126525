import { graphql } from '@/graphql/graphql';

export const METER = graphql(`
  query HomeMeter {
    meter {
      served
      stored
      quarantined
      onTheirWay
      agree
      asOf
      proxies {
        proxyId
        snapshotVersion
        current
        snapshotAgeSeconds
        inFlight
        seenAt
      }
    }
  }
`);

export const SUMS = graphql(`
  query HomeSums($today: TimeRange!, $month: TimeRange!, $lastHour: TimeRange!) {
    today: usageTotals(range: $today) {
      spend
      calls
      attempts
      unpricedCalls
      estimatedCalls
      totalTokens
    }
    month: usageTotals(range: $month) {
      spend
      calls
      unpricedCalls
      estimatedCalls
    }
    lastHour: usageBreakdown(range: $lastHour, groupBy: provider, first: 20) {
      key
      label
      totals {
        calls
        failedCalls
        refusedCalls
      }
    }
  }
`);

export const SETTING = graphql(`
  query HomeSetting {
    providers(first: 100, filter: { includeDeleted: false }) {
      totalCount
      nodes {
        name
        displayName
        type
        enabled
        passthrough
        models
        proxyUrl
      }
    }
    apps {
      id
      name
      tokens {
        id
        name
        state
        expiresAt
        revokedAt
      }
    }
  }
`);

export const FORECAST = graphql(`
  query HomeForecast {
    usageForecast {
      expected
      low
      high
      method
    }
  }
`);

export const ANOMALIES = graphql(`
  query HomeAnomalies($range: TimeRange!) {
    usageAnomalies(range: $range) {
      found {
        day
        dimension
        key
        label
        actual
        expected
        cause
        filter {
          dimension
          key
        }
      }
    }
  }
`);
