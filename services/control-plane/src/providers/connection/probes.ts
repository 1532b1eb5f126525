import type { ProbeCall } from '@weir/providers';
import type { Target } from './target.js';

/** One call of a test. */
export interface Probe {
  readonly call: ProbeCall;
  /** null: it lists models. */
  readonly model: string | null;
}

/** Each costs a few tokens, so a test tries as many kinds of endpoint with a model and no more. */
const MAX_MODELS_TRIED = 2;

/** What is asked after the call that the test is about, to learn of further endpoints. */
export function furtherProbes({ definition, models }: Target, tested: string | null): Probe[] {
  if (tested !== null) {
    const call = definition.probe(null);
    return call.method === 'GET' ? [{ call, model: null }] : [];
  }
  const byEndpoint = new Map<string, Probe>();
  for (const model of models) {
    const call = definition.probe(model);
    const endpoint = definition.endpointOf(call.method, call.path);
    if (endpoint !== 'opaque' && !byEndpoint.has(endpoint)) byEndpoint.set(endpoint, { call, model });
    if (byEndpoint.size === MAX_MODELS_TRIED) break;
  }
  return [...byEndpoint.values()];
}
