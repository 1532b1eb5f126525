/** The Test panel of a provider with the request of a turn. Only ids are in the address. */
export const againHref = (provider: string, conversationId: string, eventId: string) =>
  `/providers/${encodeURIComponent(provider)}?turn=${conversationId}..${eventId}`;
