import { anthropic } from '../anthropic/index.js';
import type { ProviderTypeDefinition } from '../provider-type.js';

const isMessages = (endpoint: string): boolean => endpoint.startsWith('messages');

/** A type that answers `…/messages` in Anthropic's dialect beside its own endpoints. */
export function speakingMessages(definition: ProviderTypeDefinition): ProviderTypeDefinition {
  return {
    ...definition,
    endpointOf(method, callPath) {
      const own = definition.endpointOf(method, callPath);
      if (own !== 'opaque') return own;
      const endpoint = anthropic.endpointOf(method, callPath);
      return isMessages(endpoint) ? endpoint : 'opaque';
    },
    requestFacts: (endpoint, callPath, body) =>
      (isMessages(endpoint) ? anthropic : definition).requestFacts(endpoint, callPath, body),
    usageReader: (endpoint, response) =>
      (isMessages(endpoint) ? anthropic : definition).usageReader(endpoint, response),
  };
}
