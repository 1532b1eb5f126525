import { endpointOf as openaiEndpointOf } from '../openai/endpoint.js';
import { callRoute } from '../path/call-route.js';

const CREATE = /^(?:v1\/)?(?:(?:models|deployments)\/([^/]+\/[^/]+)\/)?predictions\/?$/i;
const MODEL = /^(?:v1\/)?models\/([^/]+(?:\/[^/]+)?)$/i;

/** Only the call that makes a prediction is read: those that ask how it goes would count it again. */
export function endpointOf(method: string, callPath: string): string {
  const route = callRoute(callPath) ?? '';
  if (method === 'POST' && CREATE.test(route)) return 'predictions';
  if (method === 'GET' && MODEL.test(route)) return 'models';
  return openaiEndpointOf(method, callPath) === 'models' ? 'models' : 'opaque';
}

/** `owner/name` as a path names it; null in other calls. */
export function modelIn(callPath: string): string | null {
  const [path = ''] = callPath.split(/[?#]/, 1);
  try {
    const decoded = decodeURIComponent(path);
    return CREATE.exec(decoded)?.[1] ?? MODEL.exec(decoded)?.[1] ?? null;
  } catch {
    // A path nobody can decode names nothing; the upstream says what is wrong with it.
    return null;
  }
}
