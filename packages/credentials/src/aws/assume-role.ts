import { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import type { CredentialInput, CredentialParts } from '../credential.js';
import { CredentialError } from '../errors.js';
import { stsUrl } from '../issuers.js';
import { neededSetting } from '../needed.js';
import type { Minted } from '../renewed.js';
import { type AwsIdentity, mintedIdentity } from './identity.js';
import { requestHandler } from './request-handler.js';
import { roleFailure } from './role-failure.js';

/** What is seen in CloudTrail where nobody chose a name. */
const SESSION_NAME = 'weir';

export interface RoleRequest {
  readonly roleArn: string;
  readonly externalId: string | null;
  readonly sessionName: string;
  readonly region: string;
}

/** @throws CredentialError `CREDENTIAL_INCOMPLETE`, `CREDENTIAL_MALFORMED` */
export function roleRequest(input: CredentialInput): RoleRequest {
  const roleArn = neededSetting(input, 'role_arn');
  if (!/^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/.test(roleArn)) {
    throw new CredentialError(
      'CREDENTIAL_MALFORMED',
      'The role ARN is not that of an IAM role (arn:aws:iam::<account>:role/<name>); copy it from the role’s page.',
    );
  }
  return {
    roleArn,
    externalId: input.settings.external_id ?? null,
    sessionName: input.settings.session_name ?? SESSION_NAME,
    region: neededSetting(input, 'region'),
  };
}

/** Asks AWS STS for credentials of a role. @param source who assumes it */
export async function assumeRole(
  role: RoleRequest,
  source: AwsIdentity,
  { outbound, issuers }: Pick<CredentialParts, 'outbound' | 'issuers'>,
): Promise<Minted<AwsIdentity>> {
  const { roleArn, externalId, sessionName, region } = role;
  const assume = fromTemporaryCredentials({
    masterCredentials: source,
    params: {
      RoleArn: roleArn,
      RoleSessionName: sessionName,
      ...(externalId === null ? {} : { ExternalId: externalId }),
    },
    clientConfig: {
      region,
      endpoint: stsUrl(issuers, region),
      requestHandler: requestHandler(outbound),
      // Tried again by who keeps the credentials, with its own pauses.
      maxAttempts: 1,
    },
  });
  const given = await assume().catch((error) => {
    throw roleFailure(error, `the role ${roleArn}`);
  });
  return mintedIdentity(given);
}
