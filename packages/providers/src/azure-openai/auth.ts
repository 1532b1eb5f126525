import type { RawHeaders } from '../provider-type.js';

/** https://learn.microsoft.com/azure/ai-foundry/openai/reference#authentication */
export function credentialFor(secret: string): RawHeaders {
  return ['api-key', secret];
}
