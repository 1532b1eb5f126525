import { fromNodeProviderChain } from '@aws-sdk/credential-providers';
import { CredentialError } from '../errors.js';
import type { Outbound } from '../outbound.js';
import type { Minted } from '../renewed.js';
import { type AwsIdentity, mintedIdentity } from './identity.js';
import { requestHandler } from './request-handler.js';
import { roleFailure } from './role-failure.js';

/**
 * What the AWS chain finds around the process: environment, shared files, SSO, a program, web identity, and the metadata
 * endpoints of containers and instances. All but those endpoints are asked through the outbound door.
 */
export async function findIdentity(outbound: Outbound, region: string): Promise<Minted<AwsIdentity>> {
  // Made anew each time: the library keeps what it found by a clock and a margin of its own.
  const chain = fromNodeProviderChain({
    clientConfig: { region, requestHandler: requestHandler(outbound), maxAttempts: 1 },
    ignoreCache: true,
    timeout: 1_000,
    maxRetries: 1,
  });
  const found = await chain().catch((error) => {
    throw failure(error);
  });
  return mintedIdentity(found);
}

function failure(error: unknown): CredentialError {
  const { name } = error as { name?: string };
  if (name !== 'CredentialsProviderError') return roleFailure(error, 'the role named around the proxy');
  return new CredentialError(
    'CREDENTIAL_NOT_FOUND',
    'The AWS default chain found no credentials around the proxy; give it a role or a profile, or choose static keys.',
    error,
  );
}
