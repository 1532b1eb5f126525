import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type CallOptions, call } from './support/client.js';
import { PROJECT, provider, type RunningProxy, snapshotOf, startProxy, token, until } from './support/harness.js';
import { startUpstream, type TestUpstream } from './support/upstream.js';

let upstream: TestUpstream;
let proxy: RunningProxy;
const app = token();
const scoped = token({ providers: ['listed'] });
const expired = token({ expiresAt: Date.now() - 1_000 });
const staging = token({ environment: 'staging' });
const foreign = token({ projectId: '11111111-1111-4111-8111-111111111111' });
const unpublished = token();
const BODY = '{"model":"gpt-5","messages":[]}';

beforeAll(async () => {
  upstream = await startUpstream();
  const at = (name: string, rest: object = {}) =>
    provider({ name, baseUrl: upstream.origin, secret: 'sk-up', ...rest });
  const misbound = at('misbound');
  proxy = await startProxy({
    snapshot: {
      ...snapshotOf({
        maxBodyBytes: 10_000,
        providers: [
          at('open'),
          at('off', { enabled: false }),
          at('prod', { environments: ['production'] }),
          at('listed', { models: ['gpt-5', 'gpt-5-mini'] }),
          at('own', { passthrough: true, secret: undefined }),
          at('own-google', { type: 'google', passthrough: true, secret: undefined }),
          at('own-azure', { type: 'azure_openai', passthrough: true, secret: undefined }),
          at('own-bedrock', { type: 'bedrock', passthrough: true, secret: undefined }),
          at('stages', { environments: ['production', 'development'] }),
          at('keyless', { secret: undefined }),
          at('claude', { type: 'anthropic' }),
          at('private', { baseUrl: 'http://10.1.2.3:9' }),
          at('literal', { baseUrl: 'https://127.0.0.1:9' }),
          // Its secret was sealed for another origin.
          { ...misbound, baseUrl: `${upstream.origin.replace('127.0.0.1', 'localhost')}` },
        ],
        tokens: [app.entry, scoped.entry, expired.entry, staging.entry, foreign.entry],
      }),
      allowedHosts: [`127.0.0.1:${upstream.port}`, `localhost:${upstream.port}`],
    },
  });
});
afterAll(async () => {
  await proxy.close();
  await upstream.close();
});
beforeEach(() => {
  upstream.received.length = 0;
});

const post = (name: string, bearer: string | null, options: CallOptions & { path?: string } = {}) =>
  call(`${proxy.origin}/llm/v1/providers/${name}/${options.path ?? 'v1/chat/completions'}`, {
    body: BODY,
    ...options,
    headers: {
      'content-type': 'application/json',
      ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }),
      ...options.headers,
    },
  });

describe('a call is turned down', () => {
  it.each<[string, number, string, () => ReturnType<typeof post>]>([
    ['without a token', 401, 'token_missing', () => post('open', null)],
    ['with an empty token', 401, 'token_missing', () => post('open', '')],
    ['with a provider key in place of a token', 401, 'token_invalid', () => post('open', 'sk-proj-abc')],
    ['with a token that is not published', 401, 'token_invalid', () => post('open', unpublished.text)],
    ['with a token cut short', 401, 'token_invalid', () => post('open', app.text.slice(0, -1))],
    [
      'with the right public id and a wrong secret',
      401,
      'token_invalid',
      () => post('open', unpublished.text.replace(/_[^_]{12}_/, `_${app.entry.publicId}_`)),
    ],
    ['with an expired token', 401, 'token_expired', () => post('open', expired.text)],
    ['with a token of another project', 404, 'provider_unknown', () => post('open', foreign.text)],
    ['for a provider that does not exist', 404, 'provider_unknown', () => post('nobody', app.text)],
    ['outside the token’s scope', 403, 'scope_denied', () => post('open', scoped.text)],
    ['for a disabled provider', 403, 'provider_disabled', () => post('off', app.text)],
    ['in an environment the provider is not active in', 403, 'provider_disabled', () => post('prod', staging.text)],
    [
      'for a model outside the list',
      403,
      'model_not_allowed',
      () => post('listed', app.text, { body: '{"model":"gpt-4"}' }),
    ],
    ['without a secret', 503, 'credential_unavailable', () => post('keyless', app.text)],
    ['when the secret was sealed for another origin', 503, 'credential_unavailable', () => post('misbound', app.text)],
    ['for an unlisted plain-http upstream', 502, 'upstream_unreachable', () => post('private', app.text)],
    ['for an unlisted private address', 502, 'upstream_unreachable', () => post('literal', app.text)],
    ['with too large a body', 413, 'body_too_large', () => post('open', app.text, { body: `"${'x'.repeat(10_000)}"` })],
    [
      'with too large a body of no declared length',
      413,
      'body_too_large',
      () => post('open', app.text, { body: `"${'x'.repeat(10_000)}"`, headers: { 'transfer-encoding': 'chunked' } }),
    ],
    [
      'with too large a body that is streamed',
      413,
      'body_too_large',
      () =>
        post('open', app.text, {
          path: 'v1/files',
          body: `"${'x'.repeat(10_000)}"`,
          headers: { 'transfer-encoding': 'chunked' },
        }),
    ],
    [
      'with a body on GET',
      400,
      'request_invalid',
      () => post('open', app.text, { method: 'GET', headers: { 'content-length': String(BODY.length) } }),
    ],
    [
      'with 101 headers',
      431,
      'headers_too_large',
      () =>
        post('open', app.text, {
          headers: Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`x-h-${i}`, '1'])),
        }),
    ],
    [
      'with an underscore in a header name',
      400,
      'request_invalid',
      () => post('open', app.text, { headers: { x_under: '1' } }),
    ],
    [
      'with an over-long user',
      400,
      'request_invalid',
      () => post('open', app.text, { headers: { 'x-weir-user': 'u'.repeat(256) } }),
    ],
    [
      'with an upgrade',
      400,
      'request_invalid',
      () => post('open', app.text, { headers: { connection: 'upgrade', upgrade: 'websocket' } }),
    ],
    ['without a token of its own under passthrough', 401, 'token_missing', () => post('own', app.text)],
    [
      'with the token where passthrough would send it upstream',
      400,
      'request_invalid',
      () => post('own', app.text, { headers: { 'x-weir-authorization': `Bearer ${app.text}` } }),
    ],
  ])('%s: %i %s', async (_when, status, code, send) => {
    const answer = await send();
    expect([answer.status, answer.headers['x-weir-error']]).toEqual([status, code]);
    expect(answer.headers['x-weir-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    const { error } = JSON.parse(answer.body.toString());
    expect(error.message).toMatch(/^[A-Z].{20,}[.;].*$|…/);
    expect(error.message).not.toMatch(/weir_[0-9A-Za-z]{12}_|sk-up/);
    // A stream of unknown length has reached the upstream before its size is known; nothing else has.
    if (code !== 'body_too_large') expect(upstream.received).toEqual([]);
  });

  it('in the error shape of the dialect called', async () => {
    const anthropic = await post('claude', app.text, {
      path: 'v1/messages',
      method: 'GET',
      headers: { 'content-length': String(BODY.length) },
    });
    expect(JSON.parse(anthropic.body.toString())).toMatchObject({
      type: 'error',
      error: { type: 'invalid_request_error' },
    });
    const guessed = await post('nobody', null, { path: 'v1/messages', headers: { 'anthropic-version': '2023-06-01' } });
    expect(JSON.parse(guessed.body.toString())).toMatchObject({
      type: 'error',
      error: { type: 'authentication_error' },
    });
    const openai = await post('open', null);
    expect(JSON.parse(openai.body.toString())).toMatchObject({ error: { code: 'token_missing' } });
  });

  it('as one event when its token is known, and as none when it is not', async () => {
    const recorded = [
      await post('off', app.text),
      await post('nobody', app.text),
      await post('listed', app.text, { body: '{"model":"gpt-4"}' }),
    ];
    const unknown = [await post('open', null), await post('open', unpublished.text)];
    const events = [];
    for (const { headers } of recorded) events.push(await proxy.eventOf(headers['x-weir-request-id'] as string));
    expect(
      events.map(({ outcome, errorCode, status, provider: name, requestedModel }) => [
        outcome,
        errorCode,
        status,
        name,
        requestedModel,
      ]),
    ).toEqual([
      ['refused', 'provider_disabled', 403, 'off', null],
      ['refused', 'provider_unknown', 404, 'nobody', null],
      ['refused', 'model_not_allowed', 403, 'listed', 'gpt-4'],
    ]);
    const all = await proxy.events(3);
    for (const { headers } of unknown) {
      expect(all.some(({ callId }) => callId === headers['x-weir-request-id'])).toBe(false);
    }
    expect(proxy.metrics.state.refusals.token_missing).toBeGreaterThan(0);
  });

  it('with the same answer whether its token is unknown, revoked or wrong', async () => {
    const text = async (bearer: string) =>
      (await post('open', bearer)).body.toString().replace(/"request_id":"[^"]*"/, '');
    const wrong = unpublished.text.replace(/_[^_]{12}_/, `_${app.entry.publicId}_`);
    expect(
      new Set([await text(unpublished.text), await text(wrong), await text(token({ projectId: PROJECT }).text)]).size,
    ).toBe(1);
  });

  it('once its token is revoked, though the same token was accepted a moment before', async () => {
    const short = token();
    const providers = [provider({ name: 'open', baseUrl: upstream.origin, secret: 'sk' })];
    const before = await startProxy({ snapshot: snapshotOf({ providers, tokens: [short.entry] }) });
    const send = () =>
      call(`${before.origin}/llm/v1/providers/open/v1/models`, { headers: { authorization: `Bearer ${short.text}` } });
    expect((await send()).status).toBe(200);
    before.publish(snapshotOf({ providers, tokens: [] }));
    expect((await send()).status).toBe(401);
    await before.close();
  });
});

describe('a token is found', () => {
  it.each<[string, Record<string, string>]>([
    ['in x-weir-authorization', { 'x-weir-authorization': `Bearer ${app.text}`, authorization: 'Bearer sk-other' }],
    ['in x-weir-authorization without a scheme', { 'x-weir-authorization': app.text }],
    ['in authorization', { authorization: `bearer ${app.text}` }],
    ['in x-api-key', { 'x-api-key': app.text }],
    ['in x-goog-api-key', { 'x-goog-api-key': app.text }],
    ['in api-key', { 'api-key': app.text }],
    ['beside a placeholder in another header', { authorization: 'Bearer placeholder', 'x-api-key': app.text }],
  ])('%s', async (_where, headers) => {
    const answer = await post('open', null, { headers });
    expect(answer.status).toBe(200);
    const seen = upstream.received.at(-1)?.rawHeaders.join('\n') ?? '';
    expect(seen).not.toContain('weir_');
    expect(seen).not.toContain('sk-other');
    expect(seen).not.toContain('placeholder');
    expect(seen).toContain('Bearer sk-up');
  });

  it('under passthrough in x-weir-authorization only, and the caller’s own credentials go on unchanged', async () => {
    const answer = await post('own', null, {
      headers: {
        'x-weir-authorization': `Bearer ${app.text}`,
        authorization: 'Bearer mine',
        'x-api-key': 'also-mine',
        'x-goog-api-key': 'not-this',
      },
    });
    expect(answer.status).toBe(200);
    const { rawHeaders = [] } = upstream.received.at(-1) ?? {};
    const value = (name: string) => rawHeaders[rawHeaders.indexOf(name) + 1];
    expect([value('authorization'), value('x-api-key')]).toEqual(['Bearer mine', 'also-mine']);
    expect(rawHeaders.join()).not.toMatch(/weir|not-this/);
    const event = await proxy.eventOf(answer.headers['x-weir-request-id'] as string);
    expect(event.alterations).toEqual([]);
  });
});

describe('under passthrough the caller’s own go on, as the type reads them:', () => {
  const everything = {
    authorization: 'Bearer mine',
    'x-api-key': 'mine-x',
    'x-goog-api-key': 'mine-google',
    'x-goog-user-project': 'mine-project',
    'api-key': 'mine-azure',
    'x-amz-security-token': 'mine-session',
  };
  it.each<[string, Record<string, string>]>([
    ['own', { authorization: 'Bearer mine', 'x-api-key': 'mine-x' }],
    [
      'own-google',
      { authorization: 'Bearer mine', 'x-goog-api-key': 'mine-google', 'x-goog-user-project': 'mine-project' },
    ],
    ['own-azure', { authorization: 'Bearer mine', 'api-key': 'mine-azure' }],
    ['own-bedrock', { authorization: 'Bearer mine' }],
  ])('%s', async (name, expected) => {
    const headers = { 'x-weir-authorization': `Bearer ${app.text}`, ...everything };
    const answer = await post(name, null, { headers });
    expect(answer.status).toBe(200);
    const { rawHeaders = [] } = upstream.received.at(-1) ?? {};
    const sent = rawHeaders.flatMap((each, at) =>
      at % 2 === 1 && each.includes('mine') ? [[rawHeaders[at - 1], each]] : [],
    );
    expect(Object.fromEntries(sent)).toEqual(expected);
  });

  it.each(['own-google', 'own-azure'])('%s does not send the gateway token on, wherever it was put', async (name) => {
    for (const header of ['authorization', name === 'own-google' ? 'x-goog-api-key' : 'api-key']) {
      const headers = { 'x-weir-authorization': `Bearer ${app.text}`, [header]: app.text };
      const answer = await post(name, null, { headers });
      expect([answer.headers['x-weir-error'], upstream.received.length]).toEqual(['request_invalid', 0]);
      expect(answer.body.toString()).toContain(`“${header}”`);
    }
  });

  it('an AWS signature cannot, and the refusal says what can', async () => {
    const authorization =
      'AWS4-HMAC-SHA256 Credential=AKID/20300101/us-east-1/bedrock/aws4_request, SignedHeaders=host, Signature=0';
    const answer = await post('own-bedrock', null, {
      headers: { 'x-weir-authorization': `Bearer ${app.text}`, authorization },
    });
    expect([answer.status, upstream.received.length]).toEqual([400, 0]);
    expect(answer.body.toString()).toContain('Bedrock API key');
  });
});

describe('a refusal', () => {
  it('for an inactive environment names the provider and where it is active', async () => {
    const answer = await post('stages', staging.text);
    expect(answer.headers['x-weir-error']).toBe('provider_disabled');
    expect(answer.body.toString()).toMatch(/“stages” .*“staging”, only in production, development;/);
  });

  it('of an expired token leaves an event of its project and app', async () => {
    const answer = await post('open', expired.text);
    expect(answer.headers['x-weir-error']).toBe('token_expired');
    const event = await proxy.eventOf(answer.headers['x-weir-request-id'] as string);
    expect(event).toMatchObject({
      outcome: 'refused',
      errorCode: 'token_expired',
      status: 401,
      provider: 'open',
      tokenId: expired.entry.id,
      projectId: expired.entry.projectId,
    });
  });
});

describe('a model list holds', () => {
  it.each<[string, string, number]>([
    ['a listed model', '{"model":"gpt-5"}', 200],
    ['an unlisted one', '{"model":"gpt-4"}', 403],
    ['another case', '{"model":"GPT-5"}', 403],
    ['white space', '{"model":" gpt-5"}', 403],
    ['no model', '{"messages":[]}', 403],
    ['null', '{"model":null}', 403],
    ['a number', '{"model":5}', 400],
    ['the key twice', '{"model":"gpt-4","model":"gpt-5"}', 400],
    ['the key twice, one of them escaped', '{"mod\\u0065l":"gpt-4","model":"gpt-5"}', 400],
    ['the key in another case beside it', '{"model":"gpt-5","Model":"gpt-4"}', 400],
    ['the key in another case alone', '{"MODEL":"gpt-4"}', 400],
    ['a fallback that is not listed', '{"model":"gpt-5","fallbacks":["gpt-4"]}', 403],
    ['a router’s list with an unlisted one', '{"model":"gpt-5","models":["gpt-5-mini","gpt-4"]}', 403],
    ['a router’s list of listed ones', '{"model":"gpt-5","models":["gpt-5-mini"]}', 200],
    ['broken JSON', '{"model":"gpt-5"', 400],
    ['101 levels', `{"model":"gpt-5","x":${'['.repeat(101)}${']'.repeat(101)}}`, 400],
    ['a prototype for a model', '{"__proto__":{"model":"gpt-5"}}', 403],
    ['a listed model below the top', '{"extra":{"model":"gpt-5"}}', 403],
  ])('with %s', async (_what, body, status) => {
    expect((await post('listed', app.text, { body })).status).toBe(status);
    expect(upstream.received.length).toBe(status === 200 ? 1 : 0);
  });

  it.each<[string, CallOptions & { path?: string }, number]>([
    ['an unlisted model in the query', { path: 'v1/realtime?model=gpt-4', method: 'GET', body: '' }, 403],
    [
      'a multipart body that cannot be read',
      { path: 'v1/audio/transcriptions', headers: { 'content-type': 'multipart/form-data; boundary=x' } },
      403,
    ],
    ['a compressed body that cannot be read', { headers: { 'content-encoding': 'gzip' } }, 403],
    ['JSON under another type', { headers: { 'content-type': 'text/plain' }, body: '{"model":"gpt-4"}' }, 403],
    [
      'an unlisted model at an endpoint that is not metered',
      { path: 'v1/images/generations', body: '{"model":"gpt-4"}' },
      403,
    ],
    ['a listed model at an endpoint that is not metered', { path: 'v1/images/generations' }, 200],
    ['a list of models', { path: 'v1/models', method: 'GET', body: '' }, 200],
  ])('against %s', async (_what, options, status) => {
    expect((await post('listed', app.text, options)).status).toBe(status);
  });

  it('and is not needed where there is none: even broken JSON goes on unchanged', async () => {
    for (const body of ['{"model":', '\u0000\u0001', '[1,2', '{"model":"a","model":"b"}']) {
      expect((await post('open', app.text, { body })).status).toBe(200);
      expect(upstream.received.at(-1)?.body.toString()).toBe(body);
    }
  });
});

it('is overloaded, and says so, when too many calls are open', async () => {
  const held: (() => void)[] = [];
  upstream.answer = (_req, res) => void held.push(() => res.end('{}'));
  const one = await startProxy({
    maxInFlight: 2,
    snapshot: snapshotOf({
      providers: [provider({ name: 'open', baseUrl: upstream.origin, secret: 'sk' })],
      tokens: [app.entry],
    }),
  });
  const send = () =>
    call(`${one.origin}/llm/v1/providers/open/v1/models`, {
      headers: { authorization: `Bearer ${app.text}` },
      agent: false,
    });
  const open = [send(), send()];
  await until(() => held.length === 2, 'two calls at the upstream');
  const third = await send();
  expect([third.status, third.headers['x-weir-error'], third.headers['retry-after']]).toEqual([503, 'overloaded', '1']);
  for (const release of held) release();
  expect((await Promise.all(open)).map(({ status }) => status)).toEqual([200, 200]);
  upstream.answer = (_req, res) => res.end('{}');
  await one.close();
});
