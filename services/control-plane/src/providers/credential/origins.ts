import type { CredentialKind, SecretSlot } from '@weir/contracts';
import { InputError } from '../../platform/errors.js';
import type { Origins } from '../../secrets/attach.js';
import { tokenOriginOf } from '../../secrets/service-account.js';
import { type BaseUrl, isListed } from '../base-url.js';

/** Where Entra ID exchanges a client secret for a token (learn.microsoft.com/entra/identity-platform/authentication-national-cloud). */
export const ENTRA_ORIGIN = 'https://login.microsoftonline.com';

/**
 * Where a value in a slot goes: to the upstream itself, or to the endpoint it is exchanged at for a token that goes to
 * the upstream. @throws InputError on `field` when the value is not one for this slot
 */
export function originsOf(
  kind: CredentialKind,
  slot: SecretSlot,
  url: BaseUrl,
  value: string,
  field: string,
  allowedHosts: readonly string[],
): Origins {
  if (slot === 'client_secret' && kind === 'entra_client_secret') return [ENTRA_ORIGIN, url.origin];
  if (slot === 'service_account_key') return [tokenOriginOf(value, field, allowedHosts), url.origin];
  return [url.origin];
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
