import { SignJWT } from 'jose';
import { BearerCredential, parseObject, readAccessToken } from '../bearer.js';
import type { CredentialInput, CredentialParts, UpstreamCredential } from '../credential.js';
import { CredentialError, issuerCode, unreachable } from '../errors.js';
import { neededSecret } from '../needed.js';
import { parseServiceAccountKey } from './service-account-key.js';

export const CLOUD_SCOPE = 'https://www.googleapis.com/auth/cloud-platform';
const ASSERTION_SECONDS = 3_600;
const ISSUER = 'Google';

/** https://developers.google.com/identity/protocols/oauth2/service-account */
export function googleServiceAccount(input: CredentialInput, parts: CredentialParts): UpstreamCredential {
  const text = neededSecret(input, 'service_account_key');
  const key = parseServiceAccountKey(text);
  checkTokenUrl(key.tokenUrl, parts);
  const mint = async () => {
    const askedMs = parts.nowMs();
    const issuedAt = Math.floor(askedMs / 1_000);
    const assertion = await new SignJWT({ scope: CLOUD_SCOPE })
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', ...(key.privateKeyId === null ? {} : { kid: key.privateKeyId }) })
      .setIssuer(key.clientEmail)
      .setAudience(key.tokenUrl.href)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + ASSERTION_SECONDS)
      .sign(key.privateKey);
    const form = new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion });
    const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' };
    const request = { method: 'POST', url: key.tokenUrl.href, headers, body: form.toString() };
    const answer = await parts.outbound(request).catch((error) => {
      throw unreachable(ISSUER, error);
    });
    if (answer.status !== 200) throw refusal(answer.status, answer.body, key.clientEmail);
    return readAccessToken(ISSUER, answer.body, askedMs);
  };
  return new BearerCredential(mint, parts, confidentialOf(text));
}

/** A key file names where it is to be sent; whoever can store one must not choose freely. */
function checkTokenUrl(url: URL, { isListed }: CredentialParts): void {
  const port = url.port || (url.protocol === 'http:' ? '80' : '443');
  if (isListed(`${url.hostname}:${port}`)) return;
  const isGoogles = url.hostname === 'googleapis.com' || url.hostname.endsWith('.googleapis.com');
  if (url.protocol === 'https:' && url.port === '' && isGoogles && url.username === '') return;
  throw new CredentialError(
    'CREDENTIAL_ENDPOINT_REFUSED',
    'The service account key has a “token_uri” that is not Google’s; use a key file as Google Cloud made it, or let an operator list its host and port.',
  );
}

/** The key line by line; the rest of the file is no secret, and its words turn up in honest answers. */
function confidentialOf(text: string): string[] {
  const pem = String(parseObject(Buffer.from(text)).private_key);
  return pem.split('\n').filter((line) => line.length >= 32 && !line.startsWith('-----'));
}

/** RFC 6749 section 5.2; Google words some of them in its own way. */
function refusal(status: number, body: Buffer, account: string): CredentialError {
  if (status >= 500 || status === 429) {
    return new CredentialError(
      'CREDENTIAL_ISSUER_UNREACHABLE',
      `${ISSUER} cannot issue a token just now (status ${status}); try again in a moment.`,
    );
  }
  const code = issuerCode(parseObject(body).error);
  const remedy =
    code === 'invalid_grant'
      ? 'its key was deleted, the account is gone, or this machine’s clock is wrong; make a new key and enter it'
      : 'check that the account exists and may be used with the Vertex AI API';
  return new CredentialError('CREDENTIAL_REFUSED', `${ISSUER} gave no token to ${account} (${code}): ${remedy}.`);
}
