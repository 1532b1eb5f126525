import { CredentialError, issuerCode, unreachable } from '../errors.js';

const ISSUER = 'AWS STS';

/** https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html, by the names the AWS client gives them. */
const REMEDIES: Readonly<Record<string, string>> = {
  AccessDenied: 'its trust policy must name the identity that assumes it and, where it asks for one, this external id',
  ExpiredToken: 'the credentials that assume it have expired; renew them and enter them again',
  InvalidClientTokenId: 'the access key id that assumes it does not exist or is switched off; enter an active one',
  UnrecognizedClientException: 'the access key id that assumes it does not exist; enter an active one',
  SignatureDoesNotMatch: 'the secret access key does not belong to the access key id; enter both again',
  RegionDisabledException: 'STS is not switched on for this region; an AWS administrator can enable it',
  ValidationError: 'the role ARN, external id or session name is not well formed; check them',
};

/** Says why a role could not be assumed. @param role as people know it */
export function roleFailure(error: unknown, role: string): CredentialError {
  if (error instanceof CredentialError) return error;
  const { $metadata, name } = error as { $metadata?: { httpStatusCode?: number }; name?: string };
  const status = $metadata?.httpStatusCode;
  if (status === undefined) return unreachable(ISSUER, error);
  if (status >= 500 || status === 429 || name === 'Throttling' || name === 'ThrottlingException') {
    return new CredentialError(
      'CREDENTIAL_ISSUER_UNREACHABLE',
      `${ISSUER} cannot give credentials just now (status ${status}); try again in a moment.`,
    );
  }
  const code = issuerCode(name).replace(/Exception$/, '');
  const remedy = REMEDIES[code] ?? REMEDIES[`${code}Exception`] ?? 'check the role, its trust policy and the region';
  return new CredentialError('CREDENTIAL_REFUSED', `${ISSUER} did not give ${role} (${code}): ${remedy}.`);
}
