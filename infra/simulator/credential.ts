import type { IncomingMessage } from 'node:http';
import { sha256 } from './ledger.js';

const CARRIERS = new Set(['authorization', 'x-api-key', 'api-key', 'x-goog-api-key', 'x-weir-authorization', 'cookie']);

export type CredentialPlace = 'bearer' | 'x-api-key' | 'x-goog-api-key' | 'api-key';

/** The credential in the one place a dialect looks at; Anthropic and Azure (tokens of Entra) take a bearer too. */
export function credentialOf({ headers }: IncomingMessage, place: CredentialPlace): string | null {
  const bearer = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1] ?? null;
  const named = place === 'bearer' ? undefined : headers[place];
  if (typeof named === 'string') return named;
  return place === 'x-goog-api-key' ? null : bearer;
}

/** Header list with every value that may be a credential replaced by its hash. */
export function withoutCredentials(rawHeaders: readonly string[]): string[] {
  return rawHeaders.map((text, index) => {
    const name = index % 2 === 1 ? (rawHeaders[index - 1] as string).toLowerCase() : '';
    return CARRIERS.has(name) ? `sha256:${sha256(text)}` : text;
  });
}
