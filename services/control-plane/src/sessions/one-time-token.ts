import { createHash, randomBytes } from 'node:crypto';

/** A random value that is handed out once; only its digest is kept. */
export interface OneTimeToken {
  /** 256 bits, base64url. */
  readonly token: string;
  readonly digest: string;
}

export function mintOneTimeToken(): OneTimeToken {
  const token = randomBytes(32).toString('base64url');
  return { token, digest: digestOf(token) };
}

/** SHA-256, hex. No salt is needed over 256 random bits, and finding a row by digest leaks nothing about the token. */
export function digestOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
