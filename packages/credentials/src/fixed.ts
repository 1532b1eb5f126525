import type { RawHeaders } from '@weir/providers';
import type { UpstreamCredential } from './credential.js';

/** Presents the same pairs with every request. */
export function fixedCredential(pairs: RawHeaders, confidential: readonly string[]): UpstreamCredential {
  return { fixed: pairs, signsBody: false, present: () => pairs, confidential };
}
