import { endpointOf as openaiEndpointOf } from '../openai/endpoint.js';
import { callRoute } from '../path/call-route.js';

/** By the verb in lower case: a spelling of ours must not be a way around metering. */
const VERBS: ReadonlyMap<string, string> = new Map([
  ['generatecontent', 'generate_content'],
  ['streamgeneratecontent', 'stream_generate_content'],
  ['counttokens', 'count_tokens'],
  ['embedcontent', 'embed_content'],
  ['batchembedcontents', 'batch_embed_contents'],
  ['predict', 'predict'],
]);

const VERB = /(?:^|\/)(?:models|tunedmodels|endpoints)\/[^/:]+:([a-z]+)$/;
const INTERACTIONS = /(?:^|\/)interactions$/;
const MODELS = /(?:^|\/)(?:tunedmodels|models)(?:\/[^/:]+)?$/;

/** Name of the endpoint behind a call; `opaque` for everything that is relayed but not metered. */
export function endpointOf(method: string, callPath: string): string {
  const route = callRoute(callPath);
  if (route === null) return 'opaque';
  if (method === 'POST') {
    if (INTERACTIONS.test(route)) return 'interactions';
    const verb = VERB.exec(route)?.[1];
    return verb === undefined ? openaiEndpointOf(method, callPath) : (VERBS.get(verb) ?? 'opaque');
  }
  return method === 'GET' && MODELS.test(route) ? 'models' : 'opaque';
}
