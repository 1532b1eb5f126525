import { callRoute } from '../path/call-route.js';

/** Name of the endpoint behind a call; `opaque` for everything that is relayed but not metered. */
export function endpointOf(method: string, callPath: string): string {
  const route = callRoute(callPath);
  if (route === null) return 'opaque';
  if (method === 'POST' && /(?:^|\/)messages$/.test(route)) return 'messages';
  if (method === 'POST' && /(?:^|\/)messages\/count_tokens$/.test(route)) return 'messages.count_tokens';
  if (method === 'GET' && /(?:^|\/)messages\/batches\/[^/]+\/results$/.test(route)) return 'messages.batches.results';
  if (method === 'GET' && /(?:^|\/)models(?:\/[^/]+)?$/.test(route)) return 'models';
  return 'opaque';
}
