import { endpointOf as openaiEndpointOf } from '../openai/endpoint.js';
import { callRoute } from '../path/call-route.js';

const NATIVE = /^v[12]\/(chat|embed|rerank)$/;

/** Cohere's own endpoints by their own names, OpenAI's by theirs. */
export function endpointOf(method: string, callPath: string): string {
  const native = method === 'POST' ? NATIVE.exec(callRoute(callPath) ?? '')?.[1] : undefined;
  return native ?? openaiEndpointOf(method, callPath);
}

export function isNative(endpoint: string): boolean {
  return endpoint === 'chat' || endpoint === 'embed' || endpoint === 'rerank';
}
