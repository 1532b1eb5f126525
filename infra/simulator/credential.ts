import type { IncomingMessage } from 'node:http';
import { sha256 } from './ledger.js';

const CARRIERS = new Set(['authorization', 'x-api-key', 'api-key', 'x-goog-api-key', 'x-weir-authorization', 'cookie']);

/** The credential a dialect looks at. */
export function credentialOf(request: IncomingMessage, dialect: 'openai' | 'anthropic'): string | null {
  const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? null;
  const apiKey = request.headers['x-api-key'];
  return dialect === 'anthropic' && typeof apiKey === 'string' ? apiKey : bearer;
}

/** Header list with every value that may be a credential replaced by its hash. */
export function withoutCredentials(rawHeaders: readonly string[]): string[] {
  return rawHeaders.map((text, index) => {
    const name = index % 2 === 1 ? (rawHeaders[index - 1] as string).toLowerCase() : '';
    return CARRIERS.has(name) ? `sha256:${sha256(text)}` : text;
  });
}
