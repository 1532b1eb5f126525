import { awsAssumeRole, awsDefaultChain, awsStaticKeys } from './aws/open.js';
import type { CredentialInput, CredentialParts, UpstreamCredential } from './credential.js';
import { entraClientSecret } from './entra/client-secret.js';
import { fixedCredential, keyCredential } from './fixed.js';
import { googleDefaultCredentials } from './google/default-credentials.js';
import { googleServiceAccount } from './google/service-account.js';
import { neededSecret } from './needed.js';

/**
 * Makes a provider's credential out of its parts; nothing is asked of anybody yet.
 * @throws CredentialError `CREDENTIAL_INCOMPLETE`, `CREDENTIAL_MALFORMED`, `CREDENTIAL_ENDPOINT_REFUSED`
 */
export function openCredential(input: CredentialInput, parts: CredentialParts): UpstreamCredential {
  switch (input.kind) {
    case 'none':
      return fixedCredential([], []);
    case 'api_key':
      return keyCredential(neededSecret(input, 'api_key'), parts);
    case 'aws_static_keys':
      return awsStaticKeys(input, parts);
    case 'aws_default_chain':
      return awsDefaultChain(input, parts);
    case 'aws_assume_role':
      return awsAssumeRole(input, parts);
    case 'entra_client_secret':
      return entraClientSecret(input, parts);
    case 'google_service_account':
      return googleServiceAccount(input, parts);
    case 'google_adc':
      return googleDefaultCredentials(parts);
  }
}
