import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, oneResponse, raw } from './support/client.js';
import { provider, type RunningProxy, snapshotOf, startProxy, token } from './support/harness.js';
import { startUpstream, type TestUpstream } from './support/upstream.js';

const app = token();
let upstream: TestUpstream;
let proxy: RunningProxy;

beforeAll(async () => {
  upstream = await startUpstream();
  const at = (name: string, rest: object = {}) =>
    provider({ name, baseUrl: upstream.origin, secret: 'sk-up', ...rest });
  proxy = await startProxy({
    snapshot: snapshotOf({ providers: [at('openai'), at('anthropic', { type: 'anthropic' })], tokens: [app.entry] }),
  });
});
afterAll(async () => {
  await proxy.close();
  await upstream.close();
});

/** What the upstream received for a GET with these header lines, names in lower case. */
async function forwarded(lines: string[], name = 'openai'): Promise<[string, string][]> {
  const before = upstream.received.length;
  const request = `GET /llm/v1/providers/${name}/v1/models HTTP/1.1\r\nHost: attacker.example\r\nX-Weir-Authorization: Bearer ${app.text}\r\n${lines.map((line) => `${line}\r\n`).join('')}\r\n`;
  const answer = await raw(proxy.port, request, oneResponse);
  expect(answer, lines.join()).toMatch(/^HTTP\/1\.1 200/);
  expect(upstream.received.length).toBe(before + 1);
  const { rawHeaders = [] } = upstream.received.at(-1) ?? {};
  return Array.from({ length: rawHeaders.length / 2 }, (_, i) => [
    (rawHeaders[i * 2] as string).toLowerCase(),
    rawHeaders[i * 2 + 1] as string,
  ]);
}

const own = (): [string, string][] => [
  ['host', `127.0.0.1:${upstream.port}`],
  ['connection', 'keep-alive'],
  ['authorization', 'Bearer sk-up'],
];

const NEVER_FORWARDED = [
  'Connection',
  'Keep-Alive',
  'Proxy-Connection',
  'Proxy-Authorization',
  'Proxy-Authenticate',
  'Proxy-Anything',
  'TE',
  'Trailer',
  'Upgrade-Insecure',
  'HTTP2-Settings',
  'Authorization',
  'X-Api-Key',
  'Api-Key',
  'X-Goog-Api-Key',
  'X-Goog-User-Project',
  'X-Amz-Security-Token',
  'X-Amz-Date',
  'X-Amz-Content-Sha256',
  'X-Upstream-Authorization',
  'Cookie',
  'Cookie2',
  'Forwarded',
  'X-Forwarded-For',
  'X-Forwarded-Host',
  'X-Forwarded-Proto',
  'X-Forwarded-Port',
  'X-Forwarded-Prefix',
  'X-Forwarded-Anything',
  'X-Real-IP',
  'X-Client-IP',
  'X-Cluster-Client-IP',
  'True-Client-IP',
  'CF-Connecting-IP',
  'Via',
  'X-Original-URL',
  'X-Original-Host',
  'X-Rewrite-URL',
  'X-Host',
  'X-HTTP-Method',
  'X-HTTP-Method-Override',
  'X-Method-Override',
  'X-Weir-Anything',
  'X-Weir-Error',
  'X-Weir-User',
  'X-Weir-Internal',
].filter((name) => name !== 'Upgrade-Insecure');

describe('of a request', () => {
  it('exactly the caller’s own headers go on, then our credential, last', async () => {
    const lines = [
      'User-Agent: OpenAI/Python 2',
      'Accept: application/json',
      'X-Stainless-Lang: python',
      'OpenAI-Beta: a',
      'OpenAI-Beta: b',
      'Traceparent: 00-1-2-01',
    ];
    expect(await forwarded(lines)).toEqual([
      ...own().slice(0, 2),
      ['user-agent', 'OpenAI/Python 2'],
      ['accept', 'application/json'],
      ['x-stainless-lang', 'python'],
      ['openai-beta', 'a'],
      ['openai-beta', 'b'],
      ['traceparent', '00-1-2-01'],
      ...own().slice(2),
    ]);
  });

  it.each(NEVER_FORWARDED)('%s does not go on, in any case of its letters', async (name) => {
    for (const spelling of [name, name.toLowerCase(), name.toUpperCase()]) {
      expect(await forwarded([`${spelling}: canary`])).toEqual(own());
    }
  });

  it('what Connection names does not go on either, and it cannot name our credential away', async () => {
    expect(
      await forwarded([
        'Connection: X-Secret, Authorization, X-Api-Key, Host, Content-Length',
        'X-Secret: 1',
        'X-Kept: 2',
      ]),
    ).toEqual([...own().slice(0, 2), ['x-kept', '2'], ...own().slice(2)]);
    expect(await forwarded(['Connection: X-A', 'connection: x-b', 'X-A: 1', 'X-B: 2'])).toEqual(own());
  });

  it('a credential of the caller’s never reaches the upstream beside ours, whatever it is called', async () => {
    const names = [
      'Authorization',
      'x-api-key',
      'api-key',
      'x-goog-api-key',
      'X-Upstream-Authorization',
      'Proxy-Authorization',
      'Cookie',
    ];
    for (const type of ['openai', 'anthropic']) {
      const headers = await forwarded(
        names.map((name) => `${name}: Bearer stolen`),
        type,
      );
      expect(headers.flat().join()).not.toContain('stolen');
      expect(headers.filter(([, value]) => value.includes('sk-up'))).toEqual([
        type === 'openai' ? ['authorization', 'Bearer sk-up'] : ['x-api-key', 'sk-up'],
      ]);
    }
  });

  it('nothing can choose another host or key: not a header, not the query, not the body', async () => {
    const names = [
      'x-portkey-custom-host',
      'helicone-target-url',
      'x-custom-host',
      'x-upstream-host',
      'api-base',
      'openai-base-url',
      'x-target-url',
      'x-provider',
    ];
    const headers = await forwarded(names.map((name) => `${name}: http://evil.example`));
    expect(headers[0]).toEqual(['host', `127.0.0.1:${upstream.port}`]);
    const body = JSON.stringify({
      model: 'm',
      api_base: 'http://evil.example',
      api_key: 'stolen',
      user_config: { api_base: 'http://evil.example' },
    });
    const answer = await call(
      `${proxy.origin}/llm/v1/providers/openai/v1/chat/completions?api_base=http://evil.example`,
      {
        headers: { authorization: `Bearer ${app.text}`, 'content-type': 'application/json' },
        body,
      },
    );
    expect(answer.status).toBe(200);
    const { rawHeaders = [], body: seen } = upstream.received.at(-1) ?? {};
    expect(seen?.toString()).toBe(body);
    expect(rawHeaders.slice(-2)).not.toContain('stolen');
    expect(rawHeaders.filter((value) => /^Bearer/.test(value))).toEqual(['Bearer sk-up']);
  });

  it('an offer of h2c is passed over, since it may be and some clients always make it', async () => {
    const offer = ['Connection: Upgrade, HTTP2-Settings', 'Upgrade: h2c', 'HTTP2-Settings: AAMAAABkAAQAAP__'];
    expect(await forwarded(offer)).toEqual(own());
  });

  it('brotli is not asked for, since it would not be read', async () => {
    expect(await forwarded(['Accept-Encoding: gzip, deflate, br, zstd'])).toContainEqual([
      'accept-encoding',
      'gzip, deflate, zstd',
    ]);
    expect(await forwarded(['Accept-Encoding: br'])).toContainEqual(['accept-encoding', 'identity']);
    expect((await forwarded([])).map(([name]) => name)).not.toContain('accept-encoding');
  });

  it('headers named like what JavaScript objects have of their own are just headers', async () => {
    const headers = await forwarded(['constructor: 1', 'toString: 2', 'hasOwnProperty: 3']);
    expect(headers).toContainEqual(['tostring', '2']);
    const refused = await raw(
      proxy.port,
      `GET /llm/v1/providers/openai/v1/models HTTP/1.1\r\nhost: x\r\n__proto__: x\r\n\r\n`,
      oneResponse,
    );
    expect(refused).toMatch(/^HTTP\/1\.1 400 /);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });
});

describe('of a response', () => {
  it('what speaks of the upstream’s connection or origin stays behind, and nothing can look like ours', async () => {
    upstream.answer = (_req, res) => {
      res.writeHead(200, [
        'Content-Type',
        'application/json',
        'Content-Length',
        '2',
        'Connection',
        'keep-alive, X-Hop',
        'X-Hop',
        '1',
        'Keep-Alive',
        'timeout=60',
        'Set-Cookie',
        'a=1',
        'Set-Cookie',
        'b=2',
        'Server',
        'nginx',
        'Alt-Svc',
        'h3=":443"',
        'Strict-Transport-Security',
        'max-age=1',
        'X-Weir-Error',
        'token_invalid',
        'X-Weir-Request-Id',
        'spoof',
        'Proxy-Authenticate',
        'Basic',
        'X-Ratelimit-Remaining',
        '7',
        'Link',
        '<a>',
        'Link',
        '<b>',
        'Openai-Processing-Ms',
        '5',
      ]);
      res.end('{}');
    };
    const answer = await call(`${proxy.origin}/llm/v1/providers/openai/v1/models`, {
      headers: { authorization: `Bearer ${app.text}` },
    });
    const names = answer.rawHeaders.filter((_, i) => i % 2 === 0).map((name) => name.toLowerCase());
    expect(names.sort()).toEqual([
      'connection',
      'content-length',
      'content-type',
      'date',
      'keep-alive',
      'link',
      'link',
      'openai-processing-ms',
      'x-ratelimit-remaining',
      'x-weir-request-id',
    ]);
    expect(answer.headers['x-weir-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(answer.headers.link).toBe('<a>, <b>');
    upstream.answer = (_req, res) => res.end('{}');
  });

  it('HEAD, 204 and 304 keep their headers and have no body', async () => {
    const url = `${proxy.origin}/llm/v1/providers/openai/v1/models/m`;
    const headers = { authorization: `Bearer ${app.text}` };
    upstream.answer = (_req, res) => {
      res.writeHead(200, { 'content-type': 'application/json', 'content-length': '1234' });
      res.end();
    };
    const head = await call(url, { method: 'HEAD', headers });
    expect([head.status, head.headers['content-length'], head.body.length]).toEqual([200, '1234', 0]);
    for (const status of [204, 304]) {
      upstream.answer = (_req, res) => {
        res.writeHead(status, { etag: '"x"' });
        res.end();
      };
      const answer = await call(url, { headers });
      expect([answer.status, answer.headers.etag, answer.body.length, answer.isComplete]).toEqual([
        status,
        '"x"',
        0,
        true,
      ]);
      expect((await proxy.eventOf(answer.headers['x-weir-request-id'] as string)).outcome).toBe('completed');
    }
    upstream.answer = (_req, res) => res.end('{}');
  });
});
