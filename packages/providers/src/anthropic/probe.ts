import type { ProbeCall } from '../provider-type.js';

const API_VERSION = '2023-06-01';

/** The smallest call that proves credential and model; without a model, the model list. */
export function probe(model: string | null): ProbeCall {
  const headers = { 'anthropic-version': API_VERSION };
  if (model === null) return { method: 'GET', path: 'v1/models', headers, body: null };
  return {
    method: 'POST',
    path: 'v1/messages',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ model, max_tokens: 16, messages: [{ role: 'user', content: 'Reply with the word pong.' }] }),
  };
}
