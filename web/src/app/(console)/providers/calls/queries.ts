import { graphql } from '@/graphql/graphql';

export const CALLS = graphql(`
  query Calls($filter: CallFilter, $first: Int!, $after: String) {
    calls(filter: $filter, first: $first, after: $after) {
      endCursor
      hasNextPage
      nodes {
        eventId startedAt endpoint requestedModel servedModel streamed app outcome errorCode status
        inputTokens cachedInputTokens cacheWriteTokens outputTokens durationMs firstTokenMs usageSource
        rating { status cost }
      }
    }
  }
`);

export const CALL = graphql(`
  query Call($eventId: ID!) {
    call(eventId: $eventId) {
      eventId callId attempt startedAt environment provider providerType endpoint method path
      requestedModel servedModel streamed app tokenId user agent conversation
      tags { key value }
      outcome errorCode status upstreamStatus upstreamRequestId
      firstByteMs firstTokenMs durationMs overheadMs requestBytes responseBytes
      inputTokens cachedInputTokens cacheWriteTokens outputTokens reasoningTokens totalTokens
      usageSource rawUsage alterations
      rating { status cost priceVersion lines { bucket quantity usdPerMillion amount source } }
    }
  }
`);
