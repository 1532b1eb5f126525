import type { CredentialInput, CredentialParts, UpstreamCredential } from '../credential.js';
import { neededSecret, neededSetting } from '../needed.js';
import { assumeRole, roleRequest } from './assume-role.js';
import { findIdentity } from './default-chain.js';
import type { AwsIdentity } from './identity.js';
import { SigningCredential, secretsOf } from './signing-credential.js';

export function awsStaticKeys(input: CredentialInput, parts: CredentialParts): UpstreamCredential {
  const identity = storedIdentity(input);
  const mint = async () => ({ value: identity, expiresAtMs: null });
  return new SigningCredential(mint, neededSetting(input, 'region'), parts, secretsOf(identity));
}

export function awsDefaultChain(input: CredentialInput, parts: CredentialParts): UpstreamCredential {
  const region = neededSetting(input, 'region');
  return new SigningCredential(() => findIdentity(parts.outbound, region), region, parts, []);
}

/** The role is assumed by the stored keys where there are any, else by what the default chain finds. */
export function awsAssumeRole(input: CredentialInput, parts: CredentialParts): UpstreamCredential {
  const role = roleRequest(input);
  const { access_key_id: id, secret_access_key: key } = input.secrets;
  const stored = id !== undefined || key !== undefined ? storedIdentity(input) : null;
  const mint = async () => {
    const source = stored ?? (await findIdentity(parts.outbound, role.region)).value;
    return assumeRole(role, source, parts);
  };
  return new SigningCredential(mint, role.region, parts, stored === null ? [] : secretsOf(stored));
}

function storedIdentity(input: CredentialInput): AwsIdentity {
  const sessionToken = input.secrets.session_token?.trim();
  return {
    accessKeyId: neededSecret(input, 'access_key_id'),
    secretAccessKey: neededSecret(input, 'secret_access_key'),
    ...(sessionToken ? { sessionToken } : {}),
  };
}
