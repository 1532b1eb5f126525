import { endpointOf as openaiEndpointOf } from '../openai/endpoint.js';
import { callRoute } from '../path/call-route.js';

/** `v1/agent` is the Agent API's own name for Responses, `v1/sonar` Sonar's for chat completions. */
export function endpointOf(method: string, callPath: string): string {
  const route = method === 'POST' ? callRoute(callPath) : null;
  if (route === 'v1/agent') return 'responses';
  if (route === 'v1/sonar') return 'chat.completions';
  return openaiEndpointOf(method, callPath);
}
