import type { ProbeCall } from '../provider-type.js';

const PROBE_OUTPUT_TOKENS = 16;

/** In the v1 form, which names the deployment as its model. A deployment’s name does not tell which model is behind it. */
export function probe(model: string | null): ProbeCall {
  if (model === null) return { method: 'GET', path: 'openai/v1/models', headers: {}, body: null };
  const headers = { 'content-type': 'application/json' };
  if (/embed/i.test(model)) {
    return { method: 'POST', path: 'openai/v1/embeddings', headers, body: JSON.stringify({ model, input: 'ping' }) };
  }
  const messages = [{ role: 'user', content: 'Reply with the word pong.' }];
  const body = JSON.stringify({ model, messages, max_completion_tokens: PROBE_OUTPUT_TOKENS });
  return { method: 'POST', path: 'openai/v1/chat/completions', headers, body };
}
