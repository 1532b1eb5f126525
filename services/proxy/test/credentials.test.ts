import { type AddressInfo, createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { signatureFault } from '../../../packages/credentials/test/support/signature.js';
import { call } from './support/client.js';
import {
  type ProviderInput,
  provider,
  type RunningProxy,
  snapshotOf,
  startProxy,
  token,
  until,
} from './support/harness.js';
import { type Issuer, startIssuer } from './support/issuer.js';
import { startUpstream, type TestUpstream } from './support/upstream.js';

const AWS_SECRET = 'wJalrXUtnFEMI/K7MDENG+planted/example/key';
const HOUR_MS = 3_600_000;
const app = token();
const authorization = `Bearer ${app.text}`;
let upstream: TestUpstream;
let issuer: Issuer;
let proxy: RunningProxy;
let nowMs: number;

beforeEach(async () => {
  nowMs = Date.now();
  upstream = await startUpstream();
  issuer = await startIssuer();
  proxy = await startProxy({
    issuers: { entraAuthority: issuer.origin, stsUrl: issuer.origin },
    nowMs: () => nowMs,
  });
});
afterEach(async () => {
  await proxy.close();
  await Promise.all([upstream.close(), issuer.close()]);
});

/** Puts one provider in force. */
function serve(input: Partial<ProviderInput>, allowedHosts = [new URL(upstream.origin).host, issuer.host]): void {
  const name = 'cloud';
  const served = provider({ id: '0190a000-0000-7000-8000-000000000001', ...input, name, baseUrl: upstream.origin });
  proxy.publish(snapshotOf({ providers: [served], tokens: [app.entry], allowedHosts }));
}

const entra = (version = 1, origin = issuer.origin): Partial<ProviderInput> => ({
  credentialKind: 'entra_client_secret',
  slots: { client_secret: { value: 'planted-client-secret', origin, version } },
  settings: { tenant_id: 'contoso.example', client_id: 'app-1' },
});
const aws: Partial<ProviderInput> = {
  type: 'bedrock',
  credentialKind: 'aws_static_keys',
  slots: { access_key_id: { value: 'AKIDEXAMPLE' }, secret_access_key: { value: AWS_SECRET } },
  settings: { region: 'us-east-1' },
};

function ask(
  path = 'v1/chat/completions',
  headers: Record<string, string> = {},
  body: string | Buffer = '{"model":"m"}',
) {
  const url = `${proxy.origin}/llm/v1/providers/cloud/${path}`;
  return call(url, { headers: { authorization, 'content-type': 'application/json', ...headers }, body });
}

function sent(name: string, at = -1): string | undefined {
  const raw = upstream.received.at(at)?.rawHeaders ?? [];
  const index = raw.findIndex((each, position) => position % 2 === 0 && each.toLowerCase() === name);
  return index < 0 ? undefined : raw[index + 1];
}

/** What the upstream finds wrong with the signature of the last request. */
function fault(): string | null {
  const { method, url, rawHeaders, body } = upstream.received.at(-1) as TestUpstream['received'][number];
  const headers: Record<string, string[]> = {};
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = (rawHeaders[at] as string).toLowerCase();
    headers[name] = [...(headers[name] ?? []), rawHeaders[at + 1] as string];
  }
  return signatureFault({ method, target: url, headers, body }, AWS_SECRET, 'bedrock');
}

describe('AWS keys', () => {
  it('sign what is sent, body and all, and the caller’s own signature goes nowhere', async () => {
    serve(aws);
    const own = {
      authorization:
        'AWS4-HMAC-SHA256 Credential=AKIDCALLER/20260101/eu-west-1/bedrock/aws4_request, SignedHeaders=host, Signature=00',
      'x-weir-authorization': authorization,
      'x-amz-date': '20200101T000000Z',
      'x-amz-security-token': 'caller-session',
      'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
      'x-amz-user-agent': 'aws-sdk-js/3',
      'amz-sdk-request': 'attempt=1; max=3',
    };
    const answer = await ask('model/anthropic.claude-3-haiku-20240307-v1%3A0/converse?x=%20a', own, '{"messages":[]}');
    expect(answer.status).toBe(200);
    expect(fault()).toBeNull();
    expect(sent('authorization')).toContain('AKIDEXAMPLE');
    expect(sent('x-amz-security-token')).toBeUndefined();
    expect(sent('x-amz-user-agent')).toBe('aws-sdk-js/3');
    expect((await proxy.eventOf(answer.headers['x-weir-request-id'] as string)).alterations).toEqual([
      'credential_replaced',
    ]);
  });

  it.each([
    [
      'a body nobody inspects',
      'some/unknown/path',
      { 'content-type': 'application/octet-stream' },
      Buffer.from([0, 255, 1]),
    ],
    ['a compressed body', 'model/m/invoke', { 'content-encoding': 'gzip' }, Buffer.from([31, 139, 8])],
    ['a large body', 'model/m/invoke', {}, Buffer.from(JSON.stringify({ text: 'x'.repeat(300_000) }))],
  ])('sign %s', async (_what, path, headers, body) => {
    serve(aws);
    expect((await ask(path, headers as Record<string, string>, body)).status).toBe(200);
    expect(fault()).toBeNull();
    expect(upstream.received.at(-1)?.body).toEqual(body);
  });

  it('sign a GET without a body', async () => {
    serve(aws);
    const answer = await call(`${proxy.origin}/llm/v1/providers/cloud/foundation-models`, {
      headers: { authorization },
    });
    expect(answer.status).toBe(200);
    expect(fault()).toBeNull();
  });

  it('hold a signed body to the same limit', async () => {
    const served = provider({ ...aws, name: 'cloud', baseUrl: upstream.origin });
    const allowedHosts = [new URL(upstream.origin).host];
    proxy.publish(snapshotOf({ providers: [served], tokens: [app.entry], allowedHosts, maxBodyBytes: 1_000 }));
    const answer = await ask('some/unknown/path', { 'transfer-encoding': 'chunked' }, Buffer.alloc(5_000));
    expect(answer.headers['x-weir-error']).toBe('body_too_large');
    expect(upstream.received).toHaveLength(0);
  });

  it('are refused by AWS STS with a sentence of what to check', async () => {
    issuer.answer = async (body) => ({
      status: 403,
      headers: { 'content-type': 'text/xml' },
      body: `<ErrorResponse><Error><Code>AccessDenied</Code><Message>${body} ${AWS_SECRET}</Message></Error></ErrorResponse>`,
    });
    const settings = { region: 'us-east-1', role_arn: 'arn:aws:iam::123456789012:role/weir', external_id: 'wrong' };
    serve({ ...aws, credentialKind: 'aws_assume_role', settings });
    const answer = await ask('model/m/converse');
    expect([answer.status, answer.headers['x-weir-error']]).toEqual([503, 'credential_unavailable']);
    expect(answer.body.toString()).toMatch(/role\/weir \(AccessDenied\): .*external id/);
    expect(answer.body.toString()).not.toContain(AWS_SECRET);
    const event = await proxy.eventOf(answer.headers['x-weir-request-id'] as string);
    expect(event).toMatchObject({ outcome: 'refused', errorCode: 'credential_unavailable', upstreamStatus: null });
    expect(upstream.received).toHaveLength(0);
  });
});

describe('a minted token', () => {
  it('is presented in place of the caller’s, minted once for calls that come together', async () => {
    serve(entra());
    const answers = await Promise.all(Array.from({ length: 10 }, () => ask()));
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
    expect(issuer.asked).toHaveLength(1);
    expect(sent('authorization')).toBe('Bearer planted-token-1');
  });

  it('outlives a snapshot that changes nothing about it, and no longer', async () => {
    serve(entra());
    await ask();
    serve(entra());
    await ask();
    expect(issuer.asked).toHaveLength(1);
    serve(entra(2));
    await ask();
    expect(issuer.asked).toHaveLength(2);
    expect(sent('authorization')).toBe('Bearer planted-token-2');
  });

  it('is renewed before it ends; calls go on with the former one when that fails', async () => {
    serve(entra());
    await ask();
    const issue = issuer.answer;
    issuer.answer = async () => ({ status: 503, body: '{}' });
    nowMs += HOUR_MS - 60_000;
    expect((await ask()).status).toBe(200);
    await until(() => issuer.asked.length === 2, 'the renewal');
    expect(sent('authorization')).toBe('Bearer planted-token-1');
    nowMs += 60_000;
    expect((await ask()).headers['x-weir-error']).toBe('credential_unavailable');
    issuer.answer = issue;
    nowMs += 60_000;
    expect((await ask()).status).toBe(200);
  });

  it('that an upstream repeats stays out of the event', async () => {
    serve(entra());
    upstream.answer = (req, res) => {
      const echo = JSON.stringify({ error: { type: `bad ${req.headers.authorization}` } });
      res.writeHead(401, { 'content-type': 'application/json', 'x-request-id': 'planted-token-1' }).end(echo);
    };
    const answer = await ask();
    const event = await proxy.eventOf(answer.headers['x-weir-request-id'] as string);
    expect(JSON.stringify(event)).not.toContain('planted-token');
    expect(event.upstreamRequestId).toBe('[credential]');
  });

  it('is not waited for by a client that has gone, and the upstream is not asked', async () => {
    serve(entra());
    let release: () => void = () => undefined;
    const issue = issuer.answer;
    issuer.answer = async (body) => {
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      return issue(body);
    };
    const gone = new AbortController();
    const lost = fetch(`${proxy.origin}/llm/v1/providers/cloud/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization },
      body: '{}',
      signal: gone.signal,
    }).catch((error: Error) => error.name);
    await until(() => issuer.asked.length === 1, 'the mint');
    gone.abort();
    expect(await lost).toBe('AbortError');
    await until(() => proxy.metrics.inFlight === 0, 'the call to end');
    release();
    const [event] = await proxy.events(1);
    expect(event?.outcome).toBe('client_closed');
    expect(upstream.received).toHaveLength(0);
  });
});

describe('a secret', () => {
  const misplaced = (value: string, origin?: string) => ({ value, ...(origin === undefined ? {} : { origin }) });
  it.each<[string, () => Partial<ProviderInput>]>([
    ['another token endpoint', () => entra(1, 'https://login.microsoftonline.com')],
    [
      'the upstream instead of its token endpoint',
      () => ({ ...entra(), slots: { client_secret: misplaced('planted') } }),
    ],
    [
      'another base URL',
      () => ({ credentialKind: 'api_key', slots: { api_key: misplaced('planted-key', 'https://api.example.com') } }),
    ],
  ])('sealed for %s is not used', async (_what, input) => {
    serve(input());
    const answer = await ask();
    expect(answer.headers['x-weir-error']).toBe('credential_unavailable');
    expect(answer.body.toString()).toContain('cannot be opened');
    expect([...upstream.received, ...issuer.asked]).toHaveLength(0);
  });

  it('is not sent to a token endpoint on a private address that nobody listed', async () => {
    serve(entra(), [new URL(upstream.origin).host]);
    const answer = await ask();
    expect(answer.headers['x-weir-error']).toBe('credential_unavailable');
    expect(answer.body.toString()).toContain('ADDRESS_REFUSED');
    expect(issuer.asked).toHaveLength(0);
  });

  it('opens no connection to a private token endpoint over https either', async () => {
    let connections = 0;
    const server = createServer(() => {
      connections++;
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const origin = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const other = await startProxy({ issuers: { entraAuthority: origin, stsUrl: null } });
    const served = provider({ ...entra(1, origin), name: 'cloud', baseUrl: upstream.origin });
    other.publish(snapshotOf({ providers: [served], tokens: [app.entry] }));
    const answer = await call(`${other.origin}/llm/v1/providers/cloud/v1/models`, { headers: { authorization } });
    expect(answer.body.toString()).toContain('ADDRESS_REFUSED');
    expect(connections).toBe(0);
    await other.close();
    await new Promise((resolve) => server.close(resolve));
  });

  it('does not follow a redirect of its token endpoint', async () => {
    issuer.answer = async () => ({ status: 307, headers: { location: `${upstream.origin}/steal` }, body: '' });
    serve(entra());
    expect((await ask()).headers['x-weir-error']).toBe('credential_unavailable');
    expect(upstream.received).toHaveLength(0);
  });

  it('is not worth more than 256 KiB of an answer', async () => {
    issuer.answer = async () => ({ status: 200, body: JSON.stringify({ access_token: 'x'.repeat(300_000) }) });
    serve(entra());
    expect((await ask()).headers['x-weir-error']).toBe('credential_unavailable');
  });
});
