import { EMBEDDING_MODEL, probeOf } from '../google/probe.js';
import { probe as probeOpenai } from '../openai/probe.js';
import type { ProbeCall } from '../provider-type.js';

const MODELS_PER_PAGE = 200;
/** https://docs.claude.com/en/api/claude-on-vertex-ai */
const ANTHROPIC_VERSION = 'vertex-2023-10-16';
const CLAUDE = /^claude-/;
/** Gemini's second embedding models are called as its others are; the older ones by `predict`. */
const EMBED_CONTENT = /^gemini-embedding-(?!001)/;

/** The smallest call that proves credential, project, location and model; without a model, the list of Google's. */
export function probe(model: string | null): ProbeCall {
  if (model === null) {
    const path = `v1beta1/publishers/google/models?pageSize=${MODELS_PER_PAGE}`;
    return { method: 'GET', path, headers: {}, body: null };
  }
  // Partners' models behind OpenAI's dialect are named with their publisher.
  if (model.includes('/')) return { ...probeOpenai(model), path: 'v1/endpoints/openapi/chat/completions' };
  const headers = { 'content-type': 'application/json' };
  if (CLAUDE.test(model)) {
    const messages = [{ role: 'user', content: 'Reply with the word pong.' }];
    const body = JSON.stringify({ anthropic_version: ANTHROPIC_VERSION, max_tokens: 16, messages });
    return { method: 'POST', path: `v1/publishers/anthropic/models/${model}:rawPredict`, headers, body };
  }
  const resource = `v1/publishers/google/models/${model}`;
  if (EMBEDDING_MODEL.test(model) && !EMBED_CONTENT.test(model)) {
    const body = JSON.stringify({ instances: [{ content: 'ping' }] });
    return { method: 'POST', path: `${resource}:predict`, headers, body };
  }
  return probeOf(resource, model);
}
