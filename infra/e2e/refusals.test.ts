import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GraphqlRefusal } from './console-client.js';
import { rawRequest } from './raw-request.js';
import { type RefusalWorld, revoke, startRefusalWorld } from './refusal-world.js';
import { failureOf, readToEnd, type SdkError } from './sdk-failure.js';
import type { System } from './system.js';

const MAX_BODY_BYTES = 32 * 1024 * 1024;
const PROMPT = [{ role: 'user' as const, content: 'hi' }];
const CHAT = { model: 'gpt-4.1-mini', messages: PROMPT };
const MESSAGE = { model: 'claude-haiku-4-5', max_tokens: 50, messages: PROMPT };

let system: System;
let urls: RefusalWorld['urls'];
let tokens: RefusalWorld['tokens'];
/** What each refused or failed call must have left: its request id -> `outcome code status`; null = no event at all. */
const expectedEvents = new Map<string, string | null>();

beforeAll(async () => {
  ({ system, urls, tokens } = await startRefusalWorld());
});
afterAll(() => system?.end());

const openai = (name: string, token = 'good', more: object = {}) =>
  new OpenAI({ baseURL: `${urls[name]}/v1`, apiKey: tokens[token] ?? token, maxRetries: 0, ...more });
const anthropic = (name: string, token = 'good') =>
  new Anthropic({ baseURL: urls[name] as string, apiKey: tokens[token] ?? token, maxRetries: 0 });
const chat = (name: string, token = 'good', body: object = CHAT) =>
  openai(name, token).chat.completions.create(body as never);
const message = (name: string, token = 'good', body: object = MESSAGE) =>
  anthropic(name, token).messages.create(body as never);
/** Bytes that no SDK would make, by way of the SDK. */
const sendText = (name: string, body: string) =>
  openai(name).post('/chat/completions', { body, headers: { 'content-type': 'application/json' } });

type Class = abstract new (...args: never[]) => Error;
type Row = readonly [what: string, status: number, code: string, errorClass: Class, call: () => Promise<unknown>];

/** A refusal of ours: told in the SDK's own terms, recorded once, and nothing of it at the upstream. */
async function expectRefusal([, status, code, errorClass, call]: Row, isRecorded: boolean): Promise<SdkError> {
  const servedBefore = system.simulator.ledger.length;
  const failure = await failureOf(call());
  expect(failure).toBeInstanceOf(errorClass);
  expect([failure.status, failure.headers?.get('x-weir-error')]).toEqual([status, code]);
  const callId = failure.headers?.get('x-weir-request-id') ?? '';
  expect(callId).toMatch(/^[0-9a-f-]{36}$/);
  expect(failure.message).toMatch(/[a-z]{3}.*[.;]/);
  const body = failure.error as { code?: string; error?: { type?: string; code?: string }; request_id?: string };
  expect(body.error?.code ?? body.code).toBe(code);
  expect(body.request_id).toBe(callId);
  expect(system.simulator.ledger.length).toBe(servedBefore);
  expectedEvents.set(callId, isRecorded ? `refused ${code} ${status}` : null);
  return failure;
}

describe('a call without a right to be made is refused, and leaves no event where nobody is known', () => {
  const rows: Row[] = [
    ['a blank token', 401, 'token_missing', OpenAI.AuthenticationError, () => chat('open', ' ')],
    [
      'a provider key in place of a token',
      401,
      'token_invalid',
      OpenAI.AuthenticationError,
      () => chat('open', 'sk-x'),
    ],
    ['a damaged token', 401, 'token_invalid', OpenAI.AuthenticationError, () => chat('open', 'damaged')],
    ['a token of another installation', 401, 'token_invalid', OpenAI.AuthenticationError, () => chat('open', 'minted')],
    ['a revoked token', 401, 'token_invalid', OpenAI.AuthenticationError, () => chat('open', 'revoked')],
    ['a damaged token', 401, 'token_invalid', Anthropic.AuthenticationError, () => message('claude', 'damaged')],
    ['a revoked token', 401, 'token_invalid', Anthropic.AuthenticationError, () => message('claude', 'revoked')],
  ];
  it.each(rows)('%s: %i %s', async (...row) => void (await expectRefusal(row, false)));
});

describe('a call of a known app that may not be made is refused and recorded', () => {
  it('an expired token: 401 token_expired, from the moment it expires', async () => {
    await expect
      .poll(async () => (await failureOf(chat('nobody-there', 'expired'))).status, { timeout: 10_000 })
      .toBe(401);
    await expectRefusal(['', 401, 'token_expired', OpenAI.AuthenticationError, () => chat('open', 'expired')], true);
    await expectRefusal(
      ['', 401, 'token_expired', Anthropic.AuthenticationError, () => message('claude', 'expired')],
      true,
    );
  });

  const many = () => Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`x-many-${index}`, '1']));
  const large = 'x'.repeat(MAX_BODY_BYTES);
  const rows: Row[] = [
    ['a token for other providers', 403, 'scope_denied', OpenAI.PermissionDeniedError, () => chat('open', 'scoped')],
    [
      'a token for other providers',
      403,
      'scope_denied',
      Anthropic.PermissionDeniedError,
      () => message('claude', 'scoped'),
    ],
    ['a token of another project', 404, 'provider_unknown', OpenAI.NotFoundError, () => chat('open', 'foreign')],
    ['a disabled provider', 403, 'provider_disabled', OpenAI.PermissionDeniedError, () => chat('off')],
    ['a deleted provider', 404, 'provider_unknown', OpenAI.NotFoundError, () => chat('gone')],
    ['an unknown provider', 404, 'provider_unknown', OpenAI.NotFoundError, () => chat('unknown')],
    ['an unknown provider', 404, 'provider_unknown', Anthropic.NotFoundError, () => message('unknown')],
    [
      'a model outside the list',
      403,
      'model_not_allowed',
      OpenAI.PermissionDeniedError,
      () => chat('listed', 'good', { ...CHAT, model: 'gpt-5.4' }),
    ],
    [
      'a model outside the list',
      403,
      'model_not_allowed',
      Anthropic.PermissionDeniedError,
      () => message('claude-listed'),
    ],
    [
      'a model in another case',
      403,
      'model_not_allowed',
      OpenAI.PermissionDeniedError,
      () => chat('listed', 'good', { ...CHAT, model: 'GPT-4.1-mini' }),
    ],
    [
      'the model twice',
      400,
      'request_invalid',
      OpenAI.BadRequestError,
      () => sendText('listed', '{"model":"gpt-5.4","messages":[],"model":"gpt-4.1-mini"}'),
    ],
    [
      'the model twice, once escaped',
      400,
      'request_invalid',
      OpenAI.BadRequestError,
      () => sendText('listed', '{"mod\\u0065l":"gpt-5.4","model":"gpt-4.1-mini","messages":[]}'),
    ],
    [
      'JSON that breaks off',
      400,
      'request_invalid',
      OpenAI.BadRequestError,
      () => sendText('listed', '{"model":"gpt-4.1-mini","messages":['),
    ],
    [
      'a body above 32 MiB',
      413,
      'body_too_large',
      OpenAI.APIError,
      () => chat('open', 'good', { ...CHAT, messages: [{ role: 'user', content: large }] }),
    ],
    [
      'a body above 32 MiB',
      413,
      'body_too_large',
      Anthropic.APIError,
      () => message('claude', 'good', { ...MESSAGE, messages: [{ role: 'user', content: large }] }),
    ],
    ['nobody at the upstream', 502, 'upstream_unreachable', OpenAI.InternalServerError, () => chat('nobody-there')],
  ];
  it.each(rows)('%s: %i %s', async (...row) => {
    const failure = await expectRefusal(row, true);
    const callId = failure.headers?.get('x-weir-request-id') ?? '';
    // The upstream was asked and could not be: its failure, not a refusal.
    if (row[2] === 'upstream_unreachable') expectedEvents.set(callId, `upstream_error ${row[2]} ${row[1]}`);
  });

  it('more than 100 headers: 431 headers_too_large, before anybody is known', async () => {
    const call = () => openai('open', 'good', { defaultHeaders: many() }).chat.completions.create(CHAT);
    await expectRefusal(['', 431, 'headers_too_large', OpenAI.APIError, call], false);
  });
});

describe('a request target that is no plain path is refused before anything is read into it', () => {
  const prefix = '/llm/v1/providers/open';
  it.each([
    ['absolute form', `http://127.0.0.1:9${prefix}/v1/models`],
    ['absolute form to ourselves', `http://localhost${prefix}/v1/models`],
    ['an authority', `//127.0.0.1:9${prefix}/v1/models`],
    ['dot segments', `${prefix}/v1/../../../models`],
    ['encoded dots', `${prefix}/v1/%2e%2e/%2e%2e/models`],
    ['an encoded slash', `${prefix}/v1/..%2f..%2fmodels`],
    ['an encoded backslash', `${prefix}/v1/..%5cmodels`],
    ['twice encoded dots', `${prefix}/v1/%252e%252e/models`],
    ['a path parameter', `${prefix}/v1/..;/models`],
    ['a fragment', `${prefix}/v1/models#x`],
    ['a credential in the query', `${prefix}/v1/models?api_key=x`],
  ])('%s', async (_what, target) => {
    const servedBefore = system.simulator.ledger.length;
    const answer = await rawRequest(urls.open as string, [
      `GET ${target} HTTP/1.1`,
      'host: 127.0.0.1',
      `authorization: Bearer ${tokens.good}`,
    ]);
    expect([answer.status, answer.headers['x-weir-error'], answer.isWhole]).toEqual([400, 'request_invalid', true]);
    expect(JSON.parse(answer.body)).toMatchObject({
      error: { type: 'invalid_request_error', code: 'request_invalid' },
    });
    expect(system.simulator.ledger.length).toBe(servedBefore);
    expectedEvents.set(answer.headers['x-weir-request-id'] ?? '', null);
  });
});

describe('an upstream that fails before it answers', () => {
  it.each<Row>([
    [
      'hangs',
      504,
      'upstream_timeout',
      OpenAI.InternalServerError,
      () => chat('short', 'good', { ...CHAT, model: 'sim-hang' }),
    ],
    [
      'hangs',
      504,
      'upstream_timeout',
      Anthropic.InternalServerError,
      () => message('claude-short', 'good', { ...MESSAGE, model: 'sim-hang' }),
    ],
    [
      'resets',
      502,
      'upstream_reset',
      OpenAI.InternalServerError,
      () => chat('open', 'good', { ...CHAT, model: 'sim-reset' }),
    ],
    [
      'resets',
      502,
      'upstream_reset',
      Anthropic.InternalServerError,
      () => message('claude', 'good', { ...MESSAGE, model: 'sim-reset' }),
    ],
  ])('%s: %i %s', async (_what, status, code, errorClass, call) => {
    const failure = await failureOf(call());
    expect(failure).toBeInstanceOf(errorClass);
    expect([failure.status, failure.headers?.get('x-weir-error')]).toEqual([status, code]);
    const outcome = code === 'upstream_timeout' ? 'upstream_timeout' : 'upstream_error';
    expectedEvents.set(failure.headers?.get('x-weir-request-id') ?? '', `${outcome} ${code} ${status}`);
  });
});

describe('an answer that does not come to its end upstream has none downstream', () => {
  /** The stream's bytes as they are on the wire, beside what the SDK makes of them. */
  const onTheWire = (name: string, path: string, body: object) => {
    const text = JSON.stringify(body);
    const head = [`POST ${new URL(urls[name] as string).pathname}/${path} HTTP/1.1`, 'host: x'];
    const rest = [`x-api-key: ${tokens.good}`, 'content-type: application/json', `content-length: ${text.length}`];
    return rawRequest(urls[name] as string, [...head, ...rest], text);
  };
  it.each([
    ['is cut', 'open', 'claude', 'sim-cut-mid-stream', 'upstream_error upstream_reset 200'],
    ['stalls', 'short', 'claude-short', 'sim-stall-mid-stream', 'upstream_timeout upstream_timeout 200'],
  ])('a stream that %s', async (_what, chatProvider, messageProvider, model, event) => {
    const chats = await readToEnd(chat(chatProvider, 'good', { ...CHAT, model, stream: true }) as never);
    expect(chats.events).toBeGreaterThan(3);
    expect(chats.error).toBeInstanceOf(Error);
    const stream = anthropic(messageProvider).messages.stream({ ...MESSAGE, model });
    await expect(stream.finalMessage()).rejects.toBeInstanceOf(Anthropic.AnthropicError);
    for (const [name, path, body] of [
      [chatProvider, 'v1/chat/completions', CHAT],
      [messageProvider, 'v1/messages', MESSAGE],
    ] as const) {
      const answer = await onTheWire(name, path, { ...body, model, stream: true });
      expect([answer.status, answer.isWhole]).toEqual([200, false]);
      expect(answer.body).toMatch(/data: /);
      expectedEvents.set(answer.headers['x-weir-request-id'] ?? '', event);
    }
  });

  it('a whole answer that is cut', async () => {
    await expect(chat('open', 'good', { ...CHAT, model: 'sim-cut-mid-stream' })).rejects.toBeInstanceOf(Error);
    const answer = await onTheWire('open', 'v1/chat/completions', { ...CHAT, model: 'sim-cut-mid-stream' });
    expect([answer.status, answer.isWhole]).toEqual([200, false]);
    expectedEvents.set(answer.headers['x-weir-request-id'] ?? '', 'upstream_error upstream_reset 200');
  });

  it('a stream whose upstream reports an error in it is passed on as it is, and the SDKs raise it', async () => {
    const model = 'sim-error-mid-stream';
    const chats = await readToEnd(chat('open', 'good', { ...CHAT, model, stream: true }) as never);
    expect(chats.error).toBeInstanceOf(OpenAI.APIError);
    const stream = anthropic('claude').messages.stream({ ...MESSAGE, model });
    await expect(stream.finalMessage()).rejects.toBeInstanceOf(Anthropic.APIError);
    const answer = await onTheWire('claude', 'v1/messages', { ...MESSAGE, model, stream: true });
    expect(answer.isWhole).toBe(true);
    expectedEvents.set(answer.headers['x-weir-request-id'] ?? '', 'upstream_error overloaded_error 200');
  });
});

describe('an upstream that answers something else', () => {
  it.each([
    ['HTML under 502', 'sim-html', OpenAI.InternalServerError, 502],
    ['a rate limit', 'sim-429', OpenAI.RateLimitError, 429],
  ] as const)('%s is passed on as its own error', async (_what, model, errorClass, status) => {
    const failure = await failureOf(chat('open', 'good', { ...CHAT, model }));
    expect(failure).toBeInstanceOf(errorClass);
    expect([failure.status, failure.headers?.get('x-weir-error')]).toEqual([status, null]);
    const code = model === 'sim-429' ? 'rate_limit_exceeded' : '';
    expectedEvents.set(failure.headers?.get('x-weir-request-id') ?? '', `upstream_error ${code} ${status}`);
  });

  it('broken JSON of the caller is the upstream’s to refuse where no model list is kept', async () => {
    const failure = await failureOf(sendText('open', '{"model":'));
    expect(failure).toBeInstanceOf(OpenAI.BadRequestError);
    expect(failure.headers?.get('x-weir-error')).toBe(null);
    const callId = failure.headers?.get('x-weir-request-id') ?? '';
    expectedEvents.set(callId, 'upstream_error invalid_request_error 400');
  });

  it('HTML under 200 is passed on, and its usage is unknown', async () => {
    const { data, response } = await openai('open')
      .chat.completions.create({ ...CHAT, model: 'sim-html-200' })
      .withResponse();
    expect(String(data)).toContain('<html>');
    expectedEvents.set(response.headers.get('x-weir-request-id') ?? '', 'completed  200');
  });

  it('gzip is passed on as it is and metered all the same', async () => {
    const { data, response } = await openai('open')
      .chat.completions.create({ ...CHAT, model: 'sim-gzip' })
      .withResponse();
    expect(response.headers.get('content-encoding')).toBe('gzip');
    const callId = response.headers.get('x-weir-request-id') ?? '';
    const stored = () =>
      system.books.ask<{ output: number; source: string }>(
        `SELECT toFloat64(output_tokens) AS output, usage_source AS source FROM usage_events_v1 WHERE call_id = '${callId}'`,
      );
    const wanted = { output: data.usage?.completion_tokens, source: 'reported' };
    await expect.poll(stored, { timeout: 30_000 }).toEqual([wanted]);
    const stream = anthropic('claude').messages.stream({ ...MESSAGE, model: 'sim-gzip' });
    expect((await stream.finalMessage()).usage.output_tokens).toBeGreaterThan(0);
  });
});

describe('a revoked token', () => {
  it('opens nothing any more, in any proxy process, 2 seconds after it was revoked', async () => {
    const value = await system.console.createToken(await system.console.createApp('short-lived'));
    await system.configured();
    // A connection a call: the cluster hands them to its processes in turn.
    const call = () =>
      rawRequest(urls.open as string, [
        `GET ${new URL(urls.open as string).pathname}/v1/models HTTP/1.1`,
        'host: x',
        `authorization: Bearer ${value}`,
      ]);
    expect((await call()).status).toBe(200);
    await revoke(system, value);
    const revokedMs = performance.now();
    let lastServedMs = 0;
    let refused = 0;
    while (refused < 20) {
      const beganMs = performance.now();
      const { status } = await call();
      refused = status === 401 ? refused + 1 : 0;
      if (status !== 401) lastServedMs = beganMs;
    }
    expect(Math.max(0, lastServedMs - revokedMs)).toBeLessThan(2_000);
  });
});

describe('a provider that cannot be right is not saved, and nothing of it is', () => {
  const SURVEY = `{ providers(filter: { includeDeleted: true }) { nodes { name revision } } secrets { secretId version boundOrigins usedBy }
    auditEntries { nodes { id action subject } } }`;
  const input = (more: object) => ({
    ...{ name: 'fresh', displayName: 'Fresh', type: 'openai', baseUrl: 'https://api.example.com/v1' },
    ...{ secretId: 'FRESH_KEY', secretValue: 'sk-fresh-0123456789' },
    ...more,
  });

  it.each<[string, string, string, object]>([
    ['no secret where the type needs one', 'SECRET_REQUIRED', 'secretId', { secretId: null, secretValue: null }],
    ['a secret that does not exist', 'SECRET_MISSING', 'secretId', { secretValue: null }],
    ['a name that is taken', 'NAME_TAKEN', 'name', { name: 'open', baseUrl: undefined }],
    ['a private address', 'BASE_URL_PRIVATE', 'baseUrl', { baseUrl: 'https://10.0.0.7/v1' }],
    ['loopback on a port that is not listed', 'BASE_URL_PRIVATE', 'baseUrl', { baseUrl: 'https://127.0.0.1:9/v1' }],
    ['the metadata address', 'BASE_URL_PRIVATE', 'baseUrl', { baseUrl: 'https://169.254.169.254/v1' }],
    ['a private address, IPv6-mapped', 'BASE_URL_PRIVATE', 'baseUrl', { baseUrl: 'https://[::ffff:10.0.0.7]/v1' }],
    ['plain http', 'BASE_URL_NOT_HTTPS', 'baseUrl', { baseUrl: 'http://10.0.0.7/v1' }],
  ])('%s: %s', async (_what, code, field, more) => {
    const before = await system.console.ask(SURVEY);
    const failure = await system.console.createProvider(input(more)).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(GraphqlRefusal);
    const { errors } = failure as GraphqlRefusal;
    expect([errors.length, errors[0]?.extensions?.code, errors[0]?.extensions?.field]).toEqual([1, code, field]);
    expect(errors[0]?.message).toMatch(/^\S.{20,}\.$/);
    expect(await system.console.ask(SURVEY)).toEqual(before);
  });
});

it('every one of these calls has left exactly the event it should', async () => {
  const wanted = Object.fromEntries([...expectedEvents].map(([id, told]) => [id, told === null ? [] : [told]]));
  const found = async () => {
    const stored = await system.books.ask<{ callId: string; told: string }>(
      `SELECT toString(call_id) AS callId,
         concat(outcome, ' ', ifNull(error_code, ''), ' ', ifNull(toString(status), '')) AS told FROM usage_events_v1`,
    );
    const of = (id: string) => stored.filter(({ callId }) => callId === id).map(({ told }) => told);
    return Object.fromEntries([...expectedEvents.keys()].map((id) => [id, of(id)]));
  };
  await expect.poll(found, { timeout: 30_000, interval: 500 }).toEqual(wanted);
  // The meter speaks for what has not arrived yet: nothing that was refused without an event comes late.
  await system.settled();
  expect(await found()).toEqual(wanted);
  expect(expectedEvents.size).toBeGreaterThan(45);
});
