import type { CredentialKind, SecretSlot } from '@weir/contracts';
import { parseServiceAccountKey } from './google/service-account-key.js';

/** Where tokens come from. The operator sets these, never a provider: a secret goes there. */
export interface Issuers {
  /** Microsoft Entra ID, without a trailing slash; sovereign clouds have their own. */
  readonly entraAuthority: string;
  /** AWS STS; null: the public endpoint of the provider's region. */
  readonly stsUrl: string | null;
}

export const PUBLIC_ISSUERS: Issuers = { entraAuthority: 'https://login.microsoftonline.com', stsUrl: null };

/** The public STS endpoint of a region. */
export function stsUrl(issuers: Issuers, region: string): string {
  return issuers.stsUrl ?? `https://sts.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
}

export interface SecretUse {
  readonly kind: CredentialKind;
  readonly slot: SecretSlot;
  /** Origin of the provider's base URL. */
  readonly baseOrigin: string;
  /** The secret itself: a Google key names its own token endpoint. */
  readonly value: string;
  readonly issuers: Issuers;
}

/**
 * The only origin a secret may be sent to: what its copy for a provider is sealed for. AWS keys are sent nowhere; what
 * they sign is for the provider's own upstream in the end.
 * @throws CredentialError `CREDENTIAL_MALFORMED` for a Google key that names none
 */
export function secretOrigin({ kind, slot, baseOrigin, value, issuers }: SecretUse): string {
  if (kind === 'entra_client_secret' && slot === 'client_secret') return new URL(issuers.entraAuthority).origin;
  if (kind === 'google_service_account' && slot === 'service_account_key') {
    return parseServiceAccountKey(value).tokenUrl.origin;
  }
  return baseOrigin;
}
