import type { CredentialKind, SecretSlot } from '@weir/contracts';
import { type Issuers, secretOrigin } from '@weir/credentials';
import { InputError } from '../../platform/errors.js';
import type { Origins } from '../../secrets/attach.js';
import { tokenOriginOf } from '../../secrets/service-account.js';
import { type BaseUrl, isListed } from '../base-url.js';

/** What the operator set that decides where secrets may go. */
export interface Destinations {
  readonly allowedHosts: readonly string[];
  readonly issuers: Issuers;
}

/** What a secret is used for. */
export interface SecretPurpose {
  readonly kind: CredentialKind;
  readonly slot: SecretSlot;
  readonly url: BaseUrl;
}

/**
 * Where a value goes: to the upstream itself, or to the endpoint it is exchanged at for a token that goes to the
 * upstream. @throws InputError on `field` when the value is not one for this slot
 */
export function originsOf(
  { kind, slot, url }: SecretPurpose,
  value: string,
  field: string,
  { allowedHosts, issuers }: Destinations,
): Origins {
  if (slot === 'service_account_key') tokenOriginOf(value, field, allowedHosts);
  const sealedFor = secretOrigin({ kind, slot, baseOrigin: url.origin, value, issuers });
  return sealedFor === url.origin ? [sealedFor] : [sealedFor, url.origin];
}

/**
 * Application default credentials are nobody's to confirm by typing them again, and a token minted from them opens
 * whatever they open; so they go to Google only. @throws InputError on `baseUrl`
 */
export function checkAudience(url: BaseUrl, kind: CredentialKind, allowedHosts: readonly string[]): void {
  if (kind !== 'google_adc' || isListed(url, allowedHosts) || /(^|\.)googleapis\.com$/.test(url.hostname)) return;
  throw new InputError(
    'BASE_URL_FOREIGN',
    `Application default credentials are only sent to Google. Use a base URL under googleapis.com, or the operator lists ${url.hostPort} in WEIR_ALLOWED_HOSTS.`,
    'baseUrl',
  );
}
