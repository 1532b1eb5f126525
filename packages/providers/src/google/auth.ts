import type { RawHeaders } from '../provider-type.js';

/**
 * Google's own paths take the key in a header of its own and read a bearer value as an OAuth token, which an API key is
 * not; OpenAI's dialect takes it as OpenAI does. (https://ai.google.dev/gemini-api/docs/openai)
 */
export function credentialFor(secret: string, upstreamPath = ''): RawHeaders {
  const isOpenai = /^(?:\/[^/?]+)*\/openai(?:\/|$|\?)/.test(upstreamPath);
  return isOpenai ? ['authorization', `Bearer ${secret}`] : ['x-goog-api-key', secret];
}
