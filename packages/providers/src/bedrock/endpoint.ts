import { endpointOf as anthropicEndpointOf } from '../anthropic/endpoint.js';
import { endpointOf as openaiEndpointOf } from '../openai/endpoint.js';

/** Operations of `POST model/{id}/…`. */
const OPERATIONS: ReadonlyMap<string, string> = new Map([
  ['invoke', 'invoke'],
  ['invoke-with-response-stream', 'invoke_stream'],
  ['converse', 'converse'],
  ['converse-stream', 'converse_stream'],
  ['count-tokens', 'count_tokens'],
]);

export const STREAMS: ReadonlySet<string> = new Set(['invoke_stream', 'converse_stream']);

/** An ARN's slash reaches us encoded from AWS's SDKs and bare from people, so an id may span several segments. */
const NATIVE = /(?:^|\/)model\/(.+)\/([a-z-]+)\/?$/i;
const LISTS = /(?:^|\/)(?:foundation-models|inference-profiles)(?:\/.+)?\/?$/i;

/** What a path of Bedrock's own API names, decoded. */
export interface NativeCall {
  readonly endpoint: string;
  /** Model id, profile id or ARN, in its own case. */
  readonly model: string;
}

/** Null for every path that is none of Bedrock's own operations on a model. */
export function nativeCall(callPath: string): NativeCall | null {
  const path = decoded(callPath);
  const match = path === null ? null : NATIVE.exec(path);
  const endpoint = OPERATIONS.get(match?.[2]?.toLowerCase() ?? '');
  return match === null || endpoint === undefined ? null : { endpoint, model: match[1] as string };
}

/** Name of the endpoint behind a call; `opaque` for everything that is relayed but not metered. */
export function endpointOf(method: string, callPath: string): string {
  if (method === 'POST') {
    const native = nativeCall(callPath);
    if (native !== null) return native.endpoint;
    // `model/{id}/…` of an operation unknown here must not pass for an OpenAI path by its ending.
    if (/(?:^|\/)model\//i.test(decoded(callPath) ?? 'model/')) return 'opaque';
    const openai = openaiEndpointOf(method, callPath);
    return openai === 'opaque' ? anthropicEndpointOf(method, callPath) : openai;
  }
  if (method === 'GET' && LISTS.test(decoded(callPath) ?? '')) return 'models';
  return openaiEndpointOf(method, callPath);
}

function decoded(callPath: string): string | null {
  const [path = ''] = callPath.split(/[?#]/, 1);
  try {
    return decodeURIComponent(path).replace(/\/{2,}/g, '/');
  } catch {
    return null;
  }
}
