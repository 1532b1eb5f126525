interface Ends {
  readonly expiresAt: string | null;
  readonly revokedAt: string | null;
}

export type TokenState = 'active' | 'expired' | 'revoked';

export function stateOf({ expiresAt, revokedAt }: Ends, now: Date): TokenState {
  if (revokedAt !== null) return 'revoked';
  return expiresAt !== null && new Date(expiresAt) <= now ? 'expired' : 'active';
}

const DAY_MS = 86_400_000;
/** Time in which whoever uses a token can still put a new one in its place without hurry. */
export const SOON_DAYS = 14;

/** Still works, and ends within `SOON_DAYS`. */
export function endsSoon(token: Ends, now: Date): boolean {
  if (token.expiresAt === null || stateOf(token, now) !== 'active') return false;
  return new Date(token.expiresAt).getTime() - now.getTime() <= SOON_DAYS * DAY_MS;
}
