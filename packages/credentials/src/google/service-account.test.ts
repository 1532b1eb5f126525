import { generateKeyPairSync } from 'node:crypto';
import { jwtVerify } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startIssuer, type TestIssuer } from '../../test/support/issuer.js';
import { Clock, partsOf, presented } from '../../test/support/parts.js';
import { openCredential } from '../open.js';

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const PEM = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const EMAIL = 'weir@project-1.iam.gserviceaccount.com';
let issuer: TestIssuer;
let clock: Clock;

beforeEach(async () => {
  clock = new Clock();
  issuer = await startIssuer(() => ({
    status: 200,
    body: JSON.stringify({ access_token: `ya29.${issuer.asked.length}`, expires_in: 3_599 }),
  }));
});
afterEach(() => issuer.close());

function keyFile(changes: Record<string, unknown> = {}): string {
  return JSON.stringify({
    type: 'service_account',
    project_id: 'project-1',
    private_key_id: 'key-1',
    private_key: PEM,
    client_email: EMAIL,
    token_uri: `${issuer.origin}/token`,
    ...changes,
  });
}

function open(file = keyFile(), listed = true) {
  return openCredential(
    { kind: 'google_service_account', secrets: { service_account_key: file }, settings: {} },
    partsOf(clock, { isListed: (host) => listed && host === issuer.host }),
  );
}

describe('a Google service account key', () => {
  it('signs an assertion, exchanged once for a token that is renewed', async () => {
    const credential = open();
    expect(await presented(credential)).toBe('Bearer ya29.1');
    expect(await presented(credential)).toBe('Bearer ya29.1');
    const form = new URLSearchParams(issuer.asked[0]?.body);
    expect(form.get('grant_type')).toBe('urn:ietf:params:oauth:grant-type:jwt-bearer');
    const { payload, protectedHeader } = await jwtVerify(form.get('assertion') ?? '', publicKey, {
      algorithms: ['RS256'],
      issuer: EMAIL,
      audience: `${issuer.origin}/token`,
      currentDate: new Date(clock.nowMs),
    });
    expect(protectedHeader.kid).toBe('key-1');
    expect(payload).toMatchObject({ scope: 'https://www.googleapis.com/auth/cloud-platform' });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(3_600);
    clock.advance(3_599_000);
    expect(await presented(credential)).toBe('Bearer ya29.2');
  });

  it.each([
    ['not json', 'JSON object'],
    [{ type: 'authorized_user' }, '“type”'],
    [{ client_email: undefined }, '“client_email”'],
    [{ private_key: undefined }, '“private_key”'],
    [{ private_key: PEM.slice(0, 200) }, '“private_key”'],
    [{ token_uri: undefined }, '“token_uri”'],
    [{ token_uri: 'nowhere' }, '“token_uri”'],
  ])('with %j is refused with the field named and no value quoted', (changes, named) => {
    const file = typeof changes === 'string' ? changes : keyFile(changes);
    let error: Error | null = null;
    try {
      open(file);
    } catch (thrown) {
      error = thrown as Error;
    }
    expect(error).toMatchObject({ code: 'CREDENTIAL_MALFORMED', message: expect.stringContaining(named) });
    expect(error?.message).not.toContain('MII');
    expect(error?.message).not.toContain('nowhere');
  });

  it.each([
    'https://evil.example/token',
    'https://googleapis.com.evil.example/token',
    'https://oauth2.googleapis.com:8443/token',
    'http://oauth2.googleapis.com/token',
    'https://evilgoogleapis.com/token',
  ])('is not sent to %s', (token_uri) => {
    expect(() => open(keyFile({ token_uri }), false)).toThrow(
      expect.objectContaining({ code: 'CREDENTIAL_ENDPOINT_REFUSED' }),
    );
  });

  it('is taken with the token endpoint Google writes into it', () => {
    expect(() => open(keyFile({ token_uri: 'https://oauth2.googleapis.com/token' }), false)).not.toThrow();
  });

  it('that was deleted says so', async () => {
    issuer.answer = () => ({
      status: 400,
      body: '{"error":"invalid_grant","error_description":"Invalid JWT Signature."}',
    });
    await expect(presented(open())).rejects.toMatchObject({
      code: 'CREDENTIAL_REFUSED',
      message: expect.stringMatching(/invalid_grant.*make a new key/),
    });
  });

  it('is confidential line by line, with its tokens', async () => {
    const credential = open();
    await presented(credential);
    expect(credential.confidential).toContain(PEM.split('\n')[3]);
    expect(credential.confidential).toContain('ya29.1');
    expect(credential.confidential.join()).not.toContain('googleapis');
  });
});
