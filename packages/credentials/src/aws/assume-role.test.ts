import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Asked, startIssuer, type TestIssuer } from '../../test/support/issuer.js';
import { Clock, partsOf, presented } from '../../test/support/parts.js';
import { signatureFault } from '../../test/support/signature.js';
import { openCredential } from '../open.js';

const SECRET = 'wJalrXUtnFEMI/K7MDENG+planted/example/key';
const ROLE = 'arn:aws:iam::123456789012:role/weir';
const HOUR_MS = 3_600_000;
let sts: TestIssuer;
let clock: Clock;

beforeEach(async () => {
  // The AWS client signs by the real time.
  clock = new Clock(Date.now());
  sts = await startIssuer(role);
});
afterEach(() => sts.close());

/** STS as it answers: it checks the signature and the external id. */
function role(asked: Asked) {
  const form = new URLSearchParams(asked.body);
  const fault = signatureFault({ ...asked, target: asked.url }, SECRET, 'sts');
  if (fault !== null) return refused(403, 'SignatureDoesNotMatch', fault);
  if (form.get('ExternalId') !== 'partner-7') return refused(403, 'AccessDenied', `not authorized: ${asked.body}`);
  const until = new Date(clock.nowMs + HOUR_MS).toISOString();
  const count = sts.asked.length;
  return {
    status: 200,
    body: `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials><AccessKeyId>ASIA${count}</AccessKeyId><SecretAccessKey>role-secret-${count}</SecretAccessKey><SessionToken>role-session-${count}</SessionToken><Expiration>${until}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`,
  };
}

function refused(status: number, code: string, message: string) {
  return {
    status,
    body: `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>1</RequestId></ErrorResponse>`,
  };
}

function open(settings: Record<string, string> = {}) {
  return openCredential(
    {
      kind: 'aws_assume_role',
      secrets: { access_key_id: 'AKIDEXAMPLE', secret_access_key: SECRET },
      settings: { region: 'eu-west-1', role_arn: ROLE, external_id: 'partner-7', session_name: 'shop', ...settings },
    },
    partsOf(clock, { issuers: { entraAuthority: '', stsUrl: sts.origin } }),
  );
}

describe('an assumed role', () => {
  it('signs with what STS gave for role, external id and session name', async () => {
    const credential = open();
    expect(await presented(credential)).toContain('Credential=ASIA1/');
    expect(await presented(credential, 'x-amz-security-token')).toBe('role-session-1');
    expect(sts.asked).toHaveLength(1);
    const form = Object.fromEntries(new URLSearchParams(sts.asked[0]?.body));
    expect(form).toMatchObject({
      Action: 'AssumeRole',
      RoleArn: ROLE,
      RoleSessionName: 'shop',
      ExternalId: 'partner-7',
    });
    expect(String(sts.asked[0]?.headers.authorization)).toContain('/eu-west-1/sts/aws4_request');
  });

  it('is assumed once by many calls at a time, and again before its credentials end', async () => {
    const credential = open();
    await Promise.all(Array.from({ length: 20 }, () => presented(credential)));
    expect(sts.asked).toHaveLength(1);
    clock.advance(HOUR_MS);
    expect(await presented(credential, 'x-amz-security-token')).toBe('role-session-2');
    expect(credential.confidential).toEqual(expect.arrayContaining([SECRET, 'role-secret-1', 'role-secret-2']));
  });

  it('keeps its credentials when they cannot be renewed yet', async () => {
    const credential = open();
    await presented(credential);
    sts.answer = () => refused(503, 'ServiceUnavailable', 'later');
    clock.advance(HOUR_MS - 60_000);
    expect(await presented(credential, 'x-amz-security-token')).toBe('role-session-1');
    await expect.poll(() => sts.asked.length).toBe(2);
    expect(await presented(credential, 'x-amz-security-token')).toBe('role-session-1');
  });

  it('with a wrong external id says what to check and repeats nothing STS said', async () => {
    const error = await presented(open({ external_id: 'other' })).catch((each: Error) => each);
    expect(error).toMatchObject({ code: 'CREDENTIAL_REFUSED', message: expect.stringContaining('external id') });
    expect((error as Error).message).toContain('AccessDenied');
    expect((error as Error).message).not.toContain('other');
  });

  it.each([
    ['ExpiredToken', 'have expired'],
    ['InvalidClientTokenId', 'enter an active one'],
    ['RegionDisabledException', 'can enable it'],
    ['SomethingNew', 'check the role'],
  ])('refused with %s says what to do', async (code, remedy) => {
    sts.answer = () => refused(403, code, `${SECRET} was sent`);
    const error = await presented(open()).catch((each: Error) => each);
    expect(error).toMatchObject({ code: 'CREDENTIAL_REFUSED', message: expect.stringContaining(remedy) });
    expect((error as Error).message).not.toContain(SECRET);
  });

  it('is asked for at the regional endpoint unless the operator named another', async () => {
    const urls: string[] = [];
    const parts = partsOf(clock, {
      outbound: async ({ url }) => {
        urls.push(url);
        throw Object.assign(new Error('no'), { code: 'ENOTFOUND' });
      },
    });
    for (const region of ['eu-west-1', 'cn-north-1']) {
      const secrets = { access_key_id: 'AKIDEXAMPLE', secret_access_key: SECRET };
      const credential = openCredential(
        { kind: 'aws_assume_role', secrets, settings: { region, role_arn: ROLE } },
        parts,
      );
      await expect(presented(credential)).rejects.toMatchObject({
        code: 'CREDENTIAL_ISSUER_UNREACHABLE',
        message: expect.stringContaining('ENOTFOUND'),
      });
    }
    expect(urls).toEqual(['https://sts.eu-west-1.amazonaws.com/', 'https://sts.cn-north-1.amazonaws.com.cn/']);
  });

  it.each([
    [{ role_arn: 'weir' }, 'CREDENTIAL_MALFORMED', 'role ARN'],
    [{ role_arn: '' }, 'CREDENTIAL_INCOMPLETE', 'role arn'],
    [{ region: '' }, 'CREDENTIAL_INCOMPLETE', 'region'],
  ])('with %j is %s', (settings, code, named) => {
    expect(() => open(settings as Record<string, string>)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(named) }),
    );
  });
});
