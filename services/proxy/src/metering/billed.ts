/** Endpoints that answer questions about models and tokens; no upstream charges for them, and none states usage. */
const INQUIRIES: ReadonlySet<string> = new Set(['models', 'messages.count_tokens', 'count_tokens']);

/** Whether answers of an endpoint carry usage that can be read. */
export function isMetered(endpoint: string): boolean {
  return endpoint !== 'opaque' && !isInquiry(endpoint);
}

/** Whether an endpoint is asked about models or tokens, and no model says anything. */
export const isInquiry = (endpoint: string): boolean => INQUIRIES.has(endpoint);
