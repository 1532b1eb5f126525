/** The Test panel of a provider with the request of a turn. Only ids are in the address. */
export const againHref = (provider: string, conversationId: string, eventId: string) =>
  `/providers/${encodeURIComponent(provider)}?turn=${conversationId}..${eventId}`;

/** What is said in a Realtime session has no request that could be sent by itself. */
export const isPosted = (endpoint: string): boolean => !endpoint.startsWith('realtime');
