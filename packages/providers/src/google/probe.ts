import type { ProbeCall } from '../provider-type.js';

/** Room for a thinking model to think and still say something. */
const PROBE_OUTPUT_TOKENS = 16;
const MODELS_PER_PAGE = 1_000;
export const EMBEDDING_MODEL = /embed/i;

/** The smallest call that proves credential and model; without a model, the model list. */
export function probe(model: string | null): ProbeCall {
  if (model === null) {
    return { method: 'GET', path: `v1beta/models?pageSize=${MODELS_PER_PAGE}`, headers: {}, body: null };
  }
  return probeOf(`v1beta/${model.startsWith('tunedModels/') ? model : `models/${model}`}`, model);
}

/** @param resource path of the model, to which the verb is added */
export function probeOf(resource: string, model: string): ProbeCall {
  const headers = { 'content-type': 'application/json' };
  if (EMBEDDING_MODEL.test(model)) {
    const body = JSON.stringify({ content: { parts: [{ text: 'ping' }] } });
    return { method: 'POST', path: `${resource}:embedContent`, headers, body };
  }
  const contents = [{ role: 'user', parts: [{ text: 'Reply with the word pong.' }] }];
  const body = JSON.stringify({ contents, generationConfig: { maxOutputTokens: PROBE_OUTPUT_TOKENS } });
  return { method: 'POST', path: `${resource}:generateContent`, headers, body };
}
