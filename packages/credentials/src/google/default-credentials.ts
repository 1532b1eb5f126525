import { type AuthClient, GoogleAuth } from 'google-auth-library';
import { BearerCredential } from '../bearer.js';
import type { CredentialParts, UpstreamCredential } from '../credential.js';
import { CredentialError, issuerCode, unreachable } from '../errors.js';
import type { Outbound } from '../outbound.js';
import { CLOUD_SCOPE } from './service-account.js';

/**
 * Application default credentials: a file that `GOOGLE_APPLICATION_CREDENTIALS` names, the one of the gcloud program,
 * or the metadata server of the machine. Everything but the metadata server is asked through the outbound door.
 */
export function googleDefaultCredentials(parts: CredentialParts): UpstreamCredential {
  const mint = async () => {
    // Made anew each time: the library keeps what it found, and the file may have changed.
    const client = await findClient(parts.outbound);
    const { token } = await client.getAccessToken().catch((error) => {
      throw failure(error);
    });
    if (!token) throw notFound();
    const { quotaProjectId } = client;
    const pairs = quotaProjectId === undefined ? [] : ['x-goog-user-project', quotaProjectId];
    return { value: { text: token, pairs }, expiresAtMs: client.credentials.expiry_date ?? null };
  };
  return new BearerCredential(mint, parts, []);
}

async function findClient(outbound: Outbound): Promise<AuthClient> {
  const auth = new GoogleAuth({
    scopes: CLOUD_SCOPE,
    // Calls name their project in their path. Without one here the library looks it up, which federated identities may not.
    projectId: 'of-the-call',
    clientOptions: { transporterOptions: { fetchImplementation: fetchThrough(outbound), retry: false } },
  });
  return auth.getClient().catch((error) => {
    throw notFound(error);
  });
}

function fetchThrough(outbound: Outbound): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const body = request.body === null ? null : Buffer.from(await request.arrayBuffer());
    const headers = Object.fromEntries(request.headers);
    const answer = await outbound({ method: request.method, url: request.url, headers, body });
    return new Response(new Uint8Array(answer.body), { status: answer.status, headers: answer.headers });
  };
}

function notFound(cause?: unknown): CredentialError {
  return new CredentialError(
    'CREDENTIAL_NOT_FOUND',
    'No Google application default credentials were found around the proxy; set GOOGLE_APPLICATION_CREDENTIALS for it, run it with a service account, or choose a service account key.',
    cause,
  );
}

function failure(error: unknown): CredentialError {
  const { response, code } = error as { response?: { status?: number; data?: { error?: unknown } }; code?: unknown };
  const status = response?.status;
  if (status === undefined || status >= 500 || status === 429) return unreachable('Google', status ? { code } : error);
  return new CredentialError(
    'CREDENTIAL_REFUSED',
    `Google gave no token for the application default credentials (${issuerCode(response?.data?.error)}); sign in again or renew the key they come from.`,
    error,
  );
}
