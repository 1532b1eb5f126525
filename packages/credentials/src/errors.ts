import { WeirError } from '@weir/contracts';

/**
 * `CREDENTIAL_INCOMPLETE`: a secret or setting is missing. `CREDENTIAL_MALFORMED`: one cannot be what it should be.
 * `CREDENTIAL_NOT_FOUND`: nothing was found around the process. `CREDENTIAL_REFUSED`: who issues tokens said no.
 * `CREDENTIAL_ENDPOINT_REFUSED`: the token endpoint may not be called. `CREDENTIAL_ISSUER_UNREACHABLE`: it did not answer.
 */
export type CredentialErrorCode =
  | 'CREDENTIAL_INCOMPLETE'
  | 'CREDENTIAL_MALFORMED'
  | 'CREDENTIAL_NOT_FOUND'
  | 'CREDENTIAL_REFUSED'
  | 'CREDENTIAL_ENDPOINT_REFUSED'
  | 'CREDENTIAL_ISSUER_UNREACHABLE';

/** Nothing valid can be presented. The message says what is wrong and what to do; it quotes no secret and no upstream text. */
export class CredentialError extends WeirError {
  declare readonly code: CredentialErrorCode;

  constructor(code: CredentialErrorCode, message: string, cause?: unknown) {
    super(code, message, { cause, retryable: code === 'CREDENTIAL_ISSUER_UNREACHABLE' });
    this.name = 'CredentialError';
  }
}

/** A code as an issuer words it, fit to be shown; anything else an issuer says may repeat what it was sent. */
export function issuerCode(text: unknown): string {
  return typeof text === 'string' && /^[A-Za-z0-9_.:-]{1,64}$/.test(text) ? text : 'no code';
}

/** The issuer could not be asked, or answered nothing of use. */
export function unreachable(issuer: string, cause: unknown): CredentialError {
  const { code } = cause as { code?: unknown };
  return new CredentialError(
    'CREDENTIAL_ISSUER_UNREACHABLE',
    `${issuer} could not be reached (${issuerCode(code)}); check the network between Weir and it, then try again.`,
    cause,
  );
}
