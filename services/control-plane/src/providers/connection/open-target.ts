import { openCredential, type UpstreamCredential } from '@weir/credentials';
import type { Config } from '../../platform/config.js';
import { normaliseHostPort } from '../base-url.js';
import { type Exchange, isCredentialError } from './exchange.js';
import { issuerDoor } from './issuers.js';
import type { Target } from './target.js';

/** The credential of a target, ready to present; or what is wrong with it. */
export function openTarget(
  { definition, kind, secrets, settings }: Target,
  { allowedHosts, issuers }: Pick<Config, 'allowedHosts' | 'issuers'>,
): { credential: UpstreamCredential } | { failure: Omit<Exchange, 'endpoint'> } {
  try {
    const parts = {
      dialect: definition,
      outbound: issuerDoor(allowedHosts),
      issuers,
      isListed: (hostPort: string) => allowedHosts.some((entry) => normaliseHostPort(entry) === hostPort),
      nowMs: Date.now,
      // The one call that waits for it tells.
      onFailure: () => undefined,
    };
    return { credential: openCredential({ kind, secrets, settings }, parts) };
  } catch (error) {
    if (!isCredentialError(error)) throw error;
    const nothing = { status: null, latencyMs: null, upstreamError: null, models: null };
    return { failure: { ...nothing, ok: false, summary: error.message, code: error.code, isDecisive: true } };
  }
}
