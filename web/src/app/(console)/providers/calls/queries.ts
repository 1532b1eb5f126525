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
