import type { RawHeaders } from '@weir/providers';
import type { CredentialParts, UpstreamCredential } from './credential.js';

/** Presents the same pairs with every request. */
export function fixedCredential(pairs: RawHeaders, confidential: readonly string[]): UpstreamCredential {
  return { fixed: pairs, present: () => pairs, confidential };
}

/** Presents a key as its dialect does. */
export function keyCredential(secret: string, { dialect }: CredentialParts): UpstreamCredential {
  if (!dialect.isCredentialByPath) return fixedCredential(dialect.credentialFor(secret), [secret]);
  return {
    fixed: null,
    present: ({ path }) => dialect.credentialFor(secret, path),
    confidential: [secret],
  };
}
