/** What a reader of bodies is told by one question, and how it stands in the trail; null = nothing that was said. */
export interface Read {
  readonly field: string;
  readonly variables: Record<string, unknown>;
  readonly action: string | null;
}

export interface ReadNames {
  readonly conversationId: string;
  readonly turnId: string;
  readonly messageId: string;
  /** Words that were said, and words that were not. */
  readonly words: string;
  readonly strangeWords: string;
}

/** Every question about recorded calls. The test fails for a resolver that is missing here. */
export function reads({ conversationId, turnId, messageId, words, strangeWords }: ReadNames): Read[] {
  const turn = { conversationId, eventId: turnId };
  return [
    { field: 'conversations', variables: { filter: {} }, action: 'transcript.list' },
    { field: 'conversations', variables: { filter: { search: words } }, action: 'transcript.search' },
    // That nobody said it is an answer, too.
    { field: 'conversations', variables: { filter: { search: strangeWords } }, action: 'transcript.search' },
    { field: 'conversation', variables: { id: conversationId }, action: 'transcript.read' },
    { field: 'conversationOfCall', variables: { eventId: turnId }, action: null },
    { field: 'turns', variables: { conversationId }, action: null },
    { field: 'turns', variables: { conversationId, search: words }, action: 'transcript.search' },
    { field: 'turns', variables: { conversationId, search: strangeWords }, action: 'transcript.search' },
    // Steps of agents hold nothing of what was said.
    { field: 'conversationSpans', variables: { conversationId }, action: null },
    { field: 'traceSpans', variables: { traceId: 'a'.repeat(32) }, action: null },
    { field: 'agentTraces', variables: { id: conversationId }, action: null },
    { field: 'turn', variables: turn, action: null },
    { field: 'turnsSaid', variables: { conversationId, eventIds: [turnId] }, action: 'transcript.read' },
    { field: 'saidMessage', variables: { conversationId, id: messageId }, action: 'transcript.read' },
    { field: 'saidMessages', variables: { conversationId, ids: [messageId] }, action: 'transcript.read' },
    { field: 'turnPrompt', variables: turn, action: 'transcript.read' },
    { field: 'turnsWithWords', variables: { conversationId, search: words }, action: 'transcript.search' },
    { field: 'turnsWithWords', variables: { conversationId, search: strangeWords }, action: 'transcript.search' },
    { field: 'conversationTimeline', variables: { conversationId }, action: null },
    // Figures of proxies, of no call.
    { field: 'recordingState', variables: {}, action: null },
    { field: 'turnBody', variables: { ...turn, side: 'request' }, action: 'transcript.read_body' },
  ];
}
