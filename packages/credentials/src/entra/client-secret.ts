import { BearerCredential, parseObject, readAccessToken } from '../bearer.js';
import type { CredentialInput, CredentialParts, UpstreamCredential } from '../credential.js';
import { CredentialError, issuerCode, unreachable } from '../errors.js';
import { neededSecret, neededSetting } from '../needed.js';

const SCOPE = 'https://cognitiveservices.azure.com/.default';
const ISSUER = 'Microsoft Entra ID';

/** https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow */
export function entraClientSecret(input: CredentialInput, parts: CredentialParts): UpstreamCredential {
  const secret = neededSecret(input, 'client_secret');
  const tenant = neededSetting(input, 'tenant_id');
  const clientId = neededSetting(input, 'client_id');
  if (!/^[A-Za-z0-9.-]{1,253}$/.test(tenant)) {
    throw new CredentialError(
      'CREDENTIAL_MALFORMED',
      'The tenant id is neither a directory id nor a domain; copy it from the app registration in Microsoft Entra ID.',
    );
  }
  const url = `${parts.issuers.entraAuthority}/${tenant}/oauth2/v2.0/token`;
  const form = new URLSearchParams({
    client_id: clientId,
    client_secret: secret,
    scope: SCOPE,
    grant_type: 'client_credentials',
  }).toString();
  const mint = async () => {
    const askedMs = parts.nowMs();
    const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' };
    const answer = await parts.outbound({ method: 'POST', url, headers, body: form }).catch((error) => {
      throw unreachable(ISSUER, error);
    });
    if (answer.status !== 200) throw refusal(answer.status, answer.body, tenant, clientId);
    return readAccessToken(ISSUER, answer.body, askedMs);
  };
  return new BearerCredential(mint, parts, [secret]);
}

/** https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
const REMEDIES: Readonly<Record<string, string>> = {
  AADSTS7000215: 'the client secret is wrong; enter its value, not its id',
  AADSTS7000222: 'the client secret has expired; make a new one in the app registration and enter its value',
  AADSTS700016: 'the directory knows no such application; check the client id and the tenant id',
  AADSTS90002: 'there is no such directory; check the tenant id',
  AADSTS900023: 'there is no such directory; check the tenant id',
  AADSTS7000112: 'the application is switched off; an Entra administrator can enable it',
};

function refusal(status: number, body: Buffer, tenant: string, clientId: string): CredentialError {
  const { error, error_description: description } = parseObject(body);
  if (status >= 500 || status === 429) {
    return new CredentialError(
      'CREDENTIAL_ISSUER_UNREACHABLE',
      `${ISSUER} cannot issue a token just now (status ${status}); try again in a moment.`,
    );
  }
  const code = /AADSTS\d{3,9}/.exec(String(description))?.[0] ?? issuerCode(error);
  const remedy = REMEDIES[code] ?? 'check the tenant id, the client id and the client secret';
  return new CredentialError(
    'CREDENTIAL_REFUSED',
    `${ISSUER} gave no token to application ${clientId} of tenant ${tenant} (${code}): ${remedy}.`,
  );
}
