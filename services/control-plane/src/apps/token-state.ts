import type { Token } from '@weir/prisma';

export const TokenState = { active: 'active', expired: 'expired', revoked: 'revoked' } as const;
export type TokenState = keyof typeof TokenState;

/** Revoked outweighs expired: it is what somebody did. A token is refused from the instant it expires. */
export function stateOf({ revokedAt, expiresAt }: Pick<Token, 'revokedAt' | 'expiresAt'>, now: Date): TokenState {
  if (revokedAt !== null) return 'revoked';
  return expiresAt !== null && expiresAt <= now ? 'expired' : 'active';
}
