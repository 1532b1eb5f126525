import { graphql } from '@/graphql/graphql';

const USAGE = graphql(`
  fragment TranscriptUsageParts on TranscriptUsage @_unmask {
    inputTokens cachedInputTokens cacheWriteTokens outputTokens reasoningTokens cacheHitRatio
    turnsWithoutUsage cost unpricedTurns unratedTurns
  }
`);

export const CONVERSATIONS = graphql(
  `
  query Conversations($filter: ConversationFilter, $first: Int!, $after: String) {
    conversations(filter: $filter, first: $first, after: $after) {
      endCursor
      hasNextPage
      nodes {
        id title statedId status startedAt lastTurnAt durationMs turns failedTurns app user agents providers models errorCode
        usage { ...TranscriptUsageParts }
      }
    }
  }
`,
  [USAGE],
);

export const CONVERSATION_OF_CALL = graphql(`
  query ConversationOfCall($eventId: ID!) { conversationOfCall(eventId: $eventId) }
`);

export const RECORDED_PROVIDERS = graphql(`
  query RecordedProviders {
    providers(first: 200) { nodes { id name displayName recordInputs recordOutputs } }
  }
`);

export const CONVERSATION = graphql(
  `
  query ConversationDetail($id: ID!) {
    conversation(id: $id) {
      id title statedId inferredBy status startedAt lastTurnAt durationMs turns failedTurns forks subAgents
      app user environments agents providers models errorCode
      usage { ...TranscriptUsageParts }
    }
    proxyUrlPrefix
  }
`,
  [USAGE],
);

const TURN = graphql(
  `
  fragment TurnParts on Turn @_unmask {
    eventId cursor callId attempt startedAt environment provider providerType endpoint path requestedModel servedModel
    streamed app agent inferredBy relation parentEventId spawnCallId outcome errorCode status upstreamErrorCode
    incompleteReason isFailed firstTokenMs durationMs inputMessages inputKnown outputMessages finishReasons expiresOn
    request { state reason contentType bytes keptBytes redactions { rule count } }
    response { state reason contentType bytes keptBytes redactions { rule count } }
    usage { ...TranscriptUsageParts }
  }
`,
  [USAGE],
);

export const TURNS = graphql(
  `
  query Turns($id: ID!, $first: Int!, $after: String, $order: TurnOrder!, $search: String) {
    turns(conversationId: $id, first: $first, after: $after, order: $order, search: $search) {
      endCursor
      hasNextPage
      nodes { ...TurnParts }
    }
  }
`,
  [TURN],
);

export const TURN_OF_CONVERSATION = graphql(
  `
  query TurnOfConversation($id: ID!, $eventId: ID!) {
    turn(conversationId: $id, eventId: $eventId) { ...TurnParts }
  }
`,
  [TURN],
);

export const TURNS_SAID = graphql(`
  query TurnsSaid($id: ID!, $eventIds: [ID!]!) {
    turnsSaid(conversationId: $id, eventIds: $eventIds) {
      turns { eventId systemId toolsId inputIds inputLeftOut outputs { id finishReason nativeFinishReason } upstreamErrorMessage }
      messages { id role bytes json }
    }
  }
`);

export const SAID_MESSAGE = graphql(`
  query SaidMessage($id: ID!, $messageId: ID!) {
    saidMessage(conversationId: $id, id: $messageId) { id role bytes json }
  }
`);

export const TURN_BODY = graphql(`
  query TurnBody($id: ID!, $eventId: ID!, $side: BodySide!) {
    turnBody(conversationId: $id, eventId: $eventId, side: $side) {
      text base64
      facts { state reason contentType bytes keptBytes redactions { rule count } }
    }
  }
`);

export const CONVERSATION_TIMELINE = graphql(`
  query ConversationTimeline($id: ID!) {
    conversationTimeline(conversationId: $id) {
      leftOut eventIds startsMs durationsMs firstTokensMs parents forks spawned repeats
      failed { at errorCode }
    }
  }
`);

export const TURNS_WITH_WORDS = graphql(`
  query TurnsWithWords($id: ID!, $search: String!) { turnsWithWords(conversationId: $id, search: $search) }
`);

export const TURN_PROMPT = graphql(`
  query TurnPrompt($id: ID!, $eventId: ID!) {
    turnPrompt(conversationId: $id, eventId: $eventId) {
      systemId toolsId inputIds
      parameters { name json }
      request { state reason contentType bytes keptBytes redactions { rule count } }
    }
  }
`);

export const SAID_MESSAGES = graphql(`
  query SaidMessages($id: ID!, $ids: [ID!]!) {
    saidMessages(conversationId: $id, ids: $ids) { id role bytes json }
  }
`);
