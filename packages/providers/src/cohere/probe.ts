import { openai } from '../openai/index.js';
import type { ProbeCall } from '../provider-type.js';

/** Models that rerank are known by their names and answer nothing else. */
export function probe(model: string | null): ProbeCall {
  if (model === null || !/rerank/i.test(model)) return openai.probe(model);
  const body = JSON.stringify({ model, query: 'ping', documents: ['pong'] });
  return { method: 'POST', path: 'v2/rerank', headers: { 'content-type': 'application/json' }, body };
}
