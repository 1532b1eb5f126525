import { endpointOf as googleEndpointOf } from '../google/endpoint.js';
import { modelCallIn } from '../google/resource.js';

const RAW = new Set(['rawpredict', 'streamrawpredict']);
/** Claude counts tokens by a model of this name. */
const TOKEN_COUNTER = 'count-tokens';

/** Google's endpoints, and the raw ones of its partners: Anthropic's Messages, OpenAI-like chats of the others. */
export function endpointOf(method: string, callPath: string): string {
  const call = method === 'POST' ? modelCallIn(callPath) : null;
  if (!RAW.has(call?.verb?.toLowerCase() ?? '')) return googleEndpointOf(method, callPath);
  if (call?.publisher?.toLowerCase() !== 'anthropic') return 'raw_predict';
  return call.model === TOKEN_COUNTER ? 'messages.count_tokens' : 'messages';
}

/** Whether the path itself asks for a stream. */
export function isStreamAsked(callPath: string): boolean {
  return modelCallIn(callPath)?.verb?.toLowerCase().startsWith('stream') ?? false;
}
