import { hash, timingSafeEqual } from 'node:crypto';
import { digestToken, type MasterKey, publicIdOf } from '@weir/contracts';
import { Refusal } from '../errors.js';
import type { RequestHead } from '../http/head.js';
import type { ServedToken, SnapshotView } from '../snapshot/snapshot.js';

const BEARER = /^bearer +/i;
const DECOY = Buffer.alloc(32);

/** The gateway token a request presents, from the header made for it or from where the caller's SDK puts its key. */
export function presentedToken(head: RequestHead): string | null {
  if (head.weirAuthorization !== null) return head.weirAuthorization.replace(BEARER, '').trim();
  const bearer = head.authorization !== null && BEARER.test(head.authorization) ? head.authorization : null;
  const candidates = [bearer?.replace(BEARER, '').trim(), head.apiKey, head.googleApiKey, head.azureApiKey].filter(
    (value): value is string => typeof value === 'string' && value !== '',
  );
  // Some SDKs fill two of these; the one that is a gateway token at all is the one meant.
  return candidates.find((value) => value.startsWith('weir_')) ?? candidates[0] ?? null;
}

/**
 * Unknown, revoked and wrong tokens take the same work and get the same answer. Whether it has expired is another
 * question: {@link checkExpiry}. @throws Refusal `token_missing`, `token_invalid`
 */
export function authenticate(view: SnapshotView, master: MasterKey, head: RequestHead): ServedToken {
  const presented = presentedToken(head);
  if (presented === null || presented === '') {
    throw new Refusal(
      'token_missing',
      'The call carries no gateway token; send it as “Authorization: Bearer weir_…”, or in “x-weir-authorization” where the provider passes your own credential through.',
    );
  }
  const tokenHash = hash('sha256', presented, 'base64');
  return view.verifiedToken(tokenHash) ?? verify(view, master, presented, tokenHash);
}

/** @throws Refusal `token_expired` */
export function checkExpiry({ config: { expiresAt } }: ServedToken, nowMs: number): void {
  if (expiresAt === null || nowMs < expiresAt) return;
  throw new Refusal('token_expired', 'The gateway token has expired; create a new one under Apps in the Weir console.');
}

function verify(view: SnapshotView, master: MasterKey, presented: string, tokenHash: string): ServedToken {
  const publicId = publicIdOf(presented);
  const known = publicId === null ? undefined : view.token(publicId);
  const digest = Buffer.from(digestToken(master, presented), 'base64');
  const isEqual = timingSafeEqual(digest, known?.digest ?? DECOY);
  if (!known || !isEqual) {
    throw new Refusal(
      'token_invalid',
      'The gateway token is not valid: it is unknown, revoked or copied incompletely; create a new one under Apps in the Weir console.',
    );
  }
  view.rememberVerified(tokenHash, known);
  return known;
}
