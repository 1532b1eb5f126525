import { openai } from '../openai/index.js';
import type { ProbeCall } from '../provider-type.js';

const PROBE_OUTPUT_TOKENS = 16;

/** Models named `vendor/model` are behind the Agent API, bare Sonar names behind chat completions. */
export function probe(model: string | null): ProbeCall {
  if (model === null || !model.includes('/')) return openai.probe(model);
  const body = JSON.stringify({ model, input: 'Reply with the word pong.', max_output_tokens: PROBE_OUTPUT_TOKENS });
  return { method: 'POST', path: 'v1/responses', headers: { 'content-type': 'application/json' }, body };
}
