import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startIssuer, type TestIssuer } from '../../test/support/issuer.js';
import { Clock, partsOf, presented } from '../../test/support/parts.js';
import { openCredential } from '../open.js';

const SECRET = 'Qx8Q~planted-client-secret-0123456789';
const TENANT = '8f1f6a6e-0000-4000-8000-1234567890ab';
let issuer: TestIssuer;
let clock: Clock;

beforeEach(async () => {
  clock = new Clock();
  issuer = await startIssuer(() => ({
    status: 200,
    body: JSON.stringify({ access_token: `token-${issuer.asked.length}`, expires_in: 3_599, token_type: 'Bearer' }),
  }));
});
afterEach(() => issuer.close());

function open(settings: Record<string, string> = { tenant_id: TENANT, client_id: 'app-1' }) {
  return openCredential(
    { kind: 'entra_client_secret', secrets: { client_secret: SECRET }, settings },
    partsOf(clock, { issuers: { entraAuthority: issuer.origin, stsUrl: null } }),
  );
}

describe('an Entra client secret', () => {
  it('is exchanged once, and the token presented until it nears its end', async () => {
    const credential = open();
    expect(await presented(credential)).toBe('Bearer token-1');
    expect(await presented(credential)).toBe('Bearer token-1');
    const [asked] = issuer.asked;
    expect(issuer.asked).toHaveLength(1);
    expect(`${asked?.method} ${asked?.url}`).toBe(`POST /${TENANT}/oauth2/v2.0/token`);
    expect(Object.fromEntries(new URLSearchParams(asked?.body))).toEqual({
      client_id: 'app-1',
      client_secret: SECRET,
      scope: 'https://cognitiveservices.azure.com/.default',
      grant_type: 'client_credentials',
    });
    clock.advance(3_599_000);
    expect(await presented(credential)).toBe('Bearer token-2');
  });

  it('is named among the confidential texts, with every token still in use', async () => {
    const credential = open();
    await presented(credential);
    clock.advance(3_599_000);
    await presented(credential);
    expect(credential.confidential).toEqual([SECRET, 'token-2', 'token-1']);
  });

  it.each([
    ['AADSTS7000215: Invalid client secret provided.', 'AADSTS7000215', 'enter its value, not its id'],
    ['AADSTS7000222: The provided client secret keys are expired.', 'AADSTS7000222', 'make a new one'],
    ['AADSTS700016: Application was not found.', 'AADSTS700016', 'check the client id and the tenant id'],
    [`something with ${SECRET} in it`, 'invalid_client', 'check the tenant id'],
  ])('refused with “%s” says what to do and repeats nothing', async (description, code, remedy) => {
    issuer.answer = () => ({
      status: 401,
      body: JSON.stringify({ error: 'invalid_client', error_description: description }),
    });
    const error = await presented(open()).catch((each: Error) => each);
    expect(error).toMatchObject({ code: 'CREDENTIAL_REFUSED', retryable: false });
    expect((error as Error).message).toContain(code);
    expect((error as Error).message).toContain(remedy);
    expect(JSON.stringify([(error as Error).message, (error as Error).stack])).not.toContain(SECRET);
  });

  it.each([
    [500, '{}'],
    [200, '<html>log in</html>'],
    [200, '{"access_token":"a\\r\\nx-injected: 1"}'],
  ])('an issuer that answers %i %s is one that cannot be used just now', async (status, body) => {
    issuer.answer = () => ({ status, body });
    await expect(presented(open())).rejects.toMatchObject({ code: 'CREDENTIAL_ISSUER_UNREACHABLE', retryable: true });
  });

  it('an issuer that is not there is named', async () => {
    await issuer.close();
    await expect(presented(open())).rejects.toMatchObject({
      code: 'CREDENTIAL_ISSUER_UNREACHABLE',
      message: expect.stringContaining('ECONNREFUSED'),
    });
  });

  it.each([
    [{ client_id: 'app-1' }, 'CREDENTIAL_INCOMPLETE', 'tenant id'],
    [{ tenant_id: TENANT }, 'CREDENTIAL_INCOMPLETE', 'client id'],
    [{ tenant_id: '../x', client_id: 'app-1' }, 'CREDENTIAL_MALFORMED', 'tenant id'],
  ])('with %j is %s before anybody is asked', (settings, code, named) => {
    expect(() => open(settings as Record<string, string>)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(named) }),
    );
    expect(issuer.asked).toHaveLength(0);
  });
});
