import type { ProbeCall } from '../provider-type.js';
import { kindOf } from './capabilities.js';

/** Room for a reasoning model to think and still say something. */
const PROBE_OUTPUT_TOKENS = 16;

/** The smallest call that proves credential and model; without a model, the model list. */
export function probe(model: string | null): ProbeCall {
  if (model === null) return { method: 'GET', path: 'v1/models', headers: {}, body: null };
  const kind = kindOf(model);
  const headers = { 'content-type': 'application/json' };
  if (kind.probe === 'embeddings') {
    return { method: 'POST', path: 'v1/embeddings', headers, body: JSON.stringify({ model, input: 'ping' }) };
  }
  const messages = [{ role: 'user', content: 'Reply with the word pong.' }];
  const body = JSON.stringify({ model, messages, [kind.outputLimit]: PROBE_OUTPUT_TOKENS });
  return { method: 'POST', path: 'v1/chat/completions', headers, body };
}
