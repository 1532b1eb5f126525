import { CredentialError, parseServiceAccountKey } from '@weir/credentials';
import { InputError } from '../platform/errors.js';
import { isListed, parseBaseUrl } from '../providers/base-url.js';

/**
 * Where a Google key file says it is exchanged for a token; whoever stores one must not choose freely.
 * @throws InputError `SERVICE_ACCOUNT_INVALID` on `field`, naming what is wrong
 */
export function tokenOriginOf(value: string, field: string, allowedHosts: readonly string[]): string {
  const { tokenUrl: url } = parsed(value, field);
  const isGoogle = url.protocol === 'https:' && url.port === '' && /(^|\.)googleapis\.com$/.test(url.hostname);
  const isHttp = url.protocol === 'https:' || url.protocol === 'http:';
  if (url.username === '' && isHttp && (isGoogle || isListed(parseBaseUrl(url.origin), allowedHosts)))
    return url.origin;
  throw new InputError(
    'SERVICE_ACCOUNT_INVALID',
    'The “token_uri” of this service account key does not lead to Google (https://….googleapis.com). The operator can list another host in WEIR_ALLOWED_HOSTS.',
    field,
  );
}

function parsed(value: string, field: string) {
  try {
    return parseServiceAccountKey(value);
  } catch (error) {
    if (error instanceof CredentialError) throw new InputError('SERVICE_ACCOUNT_INVALID', error.message, field);
    throw error;
  }
}
