import { graphql } from '@/graphql/graphql';

const ORIGIN = graphql(`
  fragment OriginParts on RateOrigin @_unmask { kind label url asOf priceVersion overrideId by at }
`);

const ENTRY = graphql(
  `
  fragment EntryParts on LedgerEntry @_unmask {
    runId kind ratedAt knownAt status reason cost priceVersion
    lines { bucket quantity usdPerMillion amount rule origin { ...OriginParts } }
    restatement { id number by reason at }
  }
`,
  [ORIGIN],
);

export const RECEIPT = graphql(
  `
  query Receipt($eventId: ID!) {
    receipt(eventId: $eventId) {
      call {
        eventId callId attempt clientRetry startedAt environment provider providerType endpoint method path
        requestedModel servedModel serviceTier streamed app tokenId user agent conversation traceId
        tags { key value }
        outcome errorCode status upstreamStatus upstreamRequestId abortAction
        firstByteMs firstTokenMs durationMs overheadMs requestBytes responseBytes
        inputTokens cachedInputTokens cacheWriteTokens outputTokens reasoningTokens totalTokens
        usageSource estimator estimatedMeters alterations
      }
      standing { ...EntryParts }
      entries { ...EntryParts }
      meters { meter quantity estimated }
      rawUsage providerStatedCostUsd statedDifference
    }
  }
`,
  [ENTRY],
);

export const TOTAL_RECEIPT = graphql(
  `
  query TotalReceipt($range: TimeRange!, $filter: UsageFilter, $first: Int) {
    totalReceipt(range: $range, filter: $filter, first: $first) {
      total calls attempts pricedCalls freeCalls unpricedCalls unknownUsageCalls estimatedCalls
      lines {
        provider model bucket usdPerMillion rule origin { ...OriginParts } quantity amount calls unpricedReason
      }
      otherLines otherAmount agrees
    }
    usageTotals(range: $range, filter: $filter) {
      spendInput spendCachedInput spendCacheWrite spendOutput spendReasoning spendToolUse spendOther
    }
  }
`,
  [ORIGIN],
);

export const ATTEMPTS = graphql(`
  query Attempts($filter: CallFilter!) {
    calls(filter: $filter, first: 100) {
      nodes { eventId attempt startedAt provider servedModel requestedModel outcome status errorCode rating { status cost } }
    }
  }
`);
