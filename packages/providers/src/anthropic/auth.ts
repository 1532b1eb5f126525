import type { RawHeaders } from '../provider-type.js';

export function credentialFor(secret: string): RawHeaders {
  return ['x-api-key', secret];
}
