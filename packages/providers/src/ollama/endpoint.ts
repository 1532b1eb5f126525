import { endpointOf as openaiEndpointOf } from '../openai/endpoint.js';
import { callRoute } from '../path/call-route.js';

const NATIVE: ReadonlyMap<string, string> = new Map([
  ['POST api/chat', 'chat'],
  ['POST api/generate', 'generate'],
  ['POST api/embed', 'embed'],
  ['GET api/tags', 'models'],
]);

/** Ollama's own endpoints by their own names, OpenAI's by theirs. */
export function endpointOf(method: string, callPath: string): string {
  return NATIVE.get(`${method} ${callRoute(callPath)}`) ?? openaiEndpointOf(method, callPath);
}

export function isNative(endpoint: string): boolean {
  return endpoint === 'chat' || endpoint === 'generate' || endpoint === 'embed';
}
