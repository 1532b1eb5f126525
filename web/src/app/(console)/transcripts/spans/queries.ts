import { graphql } from '@/graphql/graphql';

const SPANS = graphql(`
  fragment AgentSpanParts on AgentSpanPage @_unmask {
    endCursor
    hasNextPage
    isCut
    nodes {
      traceId spanId depth name kind category startedAt durationMs status errorType app environment service agent tool model
      inputTokens outputTokens isElsewhere leftOut
      calls { eventId conversationId }
      attributes { name value }
    }
  }
`);

export const CONVERSATION_SPANS = graphql(
  `
  query ConversationSpans($id: ID!, $from: DateTime, $to: DateTime, $first: Int!, $after: String) {
    conversationSpans(conversationId: $id, from: $from, to: $to, first: $first, after: $after) { ...AgentSpanParts }
  }
`,
  [SPANS],
);

export const TRACE_SPANS = graphql(
  `
  query TraceSpans($traceId: ID!, $first: Int!, $after: String) {
    traceSpans(traceId: $traceId, first: $first, after: $after) { ...AgentSpanParts }
  }
`,
  [SPANS],
);

export const AGENT_TRACES = graphql(`
  query AgentTraces($id: String!) {
    agentTraces(id: $id) { traceId conversation conversationId app service name startedAt spans failedSpans }
  }
`);
