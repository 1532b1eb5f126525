import type { ProbeCall } from '../provider-type.js';

const JSON_HEADERS = { 'content-type': 'application/json', accept: 'application/json' };

/** The smallest call that proves credential, region and model; without a model, the list of foundation models. */
export function probe(model: string | null): ProbeCall {
  if (model === null) return { method: 'GET', path: 'foundation-models', headers: JSON_HEADERS, body: null };
  const path = `model/${encodeURIComponent(model)}`;
  if (EMBEDDING.test(model)) {
    const body = JSON.stringify(/(?:^|[./])cohere\./.test(model) ? COHERE : { inputText: 'ping' });
    return { method: 'POST', path: `${path}/invoke`, headers: JSON_HEADERS, body };
  }
  const messages = [{ role: 'user', content: [{ text: 'Reply with the word pong.' }] }];
  const body = JSON.stringify({ messages, inferenceConfig: { maxTokens: 1 } });
  return { method: 'POST', path: `${path}/converse`, headers: JSON_HEADERS, body };
}

/** Converse serves no embedding models. */
const EMBEDDING = /embed/i;
const COHERE = { texts: ['ping'], input_type: 'search_query' };

/** Profiles are listed apart from the models that need them. */
export const FURTHER_MODEL_LISTS: readonly ProbeCall[] = [
  { method: 'GET', path: 'inference-profiles?type=SYSTEM_DEFINED&maxResults=1000', headers: JSON_HEADERS, body: null },
  { method: 'GET', path: 'inference-profiles?type=APPLICATION&maxResults=1000', headers: JSON_HEADERS, body: null },
];
