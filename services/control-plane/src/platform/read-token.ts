/** Tells a read token of this API from every other token, to people and to scanners for leaked secrets. */
export const READ_TOKEN_PREFIX = 'weirread_';

const BEARER = new RegExp(`^Bearer (${READ_TOKEN_PREFIX}[A-Za-z0-9_-]{1,128})$`, 'i');

/** The read token that a request presents; null = it presents none, whatever else the header holds. */
export function readTokenIn(authorization: string | undefined): string | null {
  return BEARER.exec(authorization ?? '')?.[1] ?? null;
}
