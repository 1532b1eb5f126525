import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Viewer } from '../src/platform/viewer.js';
import { ConnectionService } from '../src/providers/connection/connection.service.js';
import type { DraftProviderInput } from '../src/providers/connection/connection.types.js';
import { RequestTests, type RequestToTest } from '../src/providers/connection/request-test.service.js';
import { ProvidersService } from '../src/providers/providers.service.js';
import { SecretsService } from '../src/secrets/secrets.service.js';
import { startPostgres, type TestServer } from './postgres.js';
import { logged, type Replica, startReplica } from './replica.js';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const CANARY = 'sk-canary-7f3a9b1c5d2e8f60';
let postgres: TestServer;
let plane: Replica;
let viewer: Viewer;
let upstream: Server;
let elsewhere: Server;
let goneUrl: string;
let answer: Answer;
const seen: IncomingMessage[] = [];
const seenElsewhere: IncomingMessage[] = [];
const urlOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

async function listening(handler: Answer): Promise<Server> {
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

beforeAll(async () => {
  upstream = await listening((request, response) => {
    seen.push(request);
    answer(request, response);
  });
  elsewhere = await listening((request, response) => {
    seenElsewhere.push(request);
    response.end('{}');
  });
  postgres = await startPostgres();
  const gone = await listening(() => undefined);
  goneUrl = urlOf(gone);
  await new Promise((resolve) => gone.close(resolve));
  const allowed = [urlOf(upstream), urlOf(elsewhere), goneUrl].map((url) => new URL(url).host).join(',');
  plane = await startReplica(await postgres.createDatabase(), { WEIR_ALLOWED_HOSTS: allowed });
}, 60_000);

afterAll(async () => {
  upstream?.closeAllConnections();
  upstream?.close();
  elsewhere?.close();
  await plane?.close();
  await postgres?.stop();
});

beforeEach(async () => {
  viewer = await plane.viewerOfNewProject();
  seen.length = 0;
  seenElsewhere.length = 0;
  answer = json(200, { data: [{ id: 'gpt-a' }, { id: 'gpt-b' }] });
});

const json =
  (status: number, body: unknown): Answer =>
  (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };

function draft(input: Partial<DraftProviderInput> = {}, model: string | null = null) {
  const settings = { type: 'openai', baseUrl: `${urlOf(upstream)}/v1`, secretId: 'KEY', secretValue: CANARY };
  return plane.app.get(ConnectionService).test(viewer, { draft: { ...settings, ...input }, model });
}

describe('a test is a real call', () => {
  test('without a model it lists models, with the credential in place', async () => {
    const result = await draft();
    expect(result).toMatchObject({ ok: true, status: 200, models: ['gpt-a', 'gpt-b'], model: null, code: null });
    expect(result.latencyMs).toBeGreaterThan(0);
    expect(seen.map(({ method, url, headers }) => [method, url, headers.authorization])).toEqual([
      ['GET', '/v1/models', `Bearer ${CANARY}`],
    ]);
    expect(result.curl).toBe(`curl '${urlOf(upstream)}/v1/models' \\\n  -H "authorization: Bearer $KEY"`);
  });

  test('with a model it asks that model', async () => {
    answer = json(200, { choices: [{ message: { content: 'pong' } }] });
    expect(await draft({}, ' gpt-a ')).toMatchObject({ ok: true, model: 'gpt-a', models: null });
    expect(seen[0]).toMatchObject({ method: 'POST', url: '/v1/chat/completions' });
  });

  test('of a stored provider opens its credential as the proxy does', async () => {
    const settings = { name: 'alpha', displayName: 'A', type: 'openai', baseUrl: urlOf(upstream) };
    await plane.app.get(ProvidersService).create(viewer, { ...settings, secretId: 'KEY', secretValue: CANARY });
    const result = await plane.app.get(ConnectionService).test(viewer, { provider: 'alpha' });
    expect(result).toMatchObject({ ok: true });
    expect(seen[0]?.headers.authorization).toBe(`Bearer ${CANARY}`);
  });

  test('is recorded without the credential', async () => {
    await draft();
    const [entry] = await plane.prisma.auditEntry.findMany({ where: { projectId: viewer.projectId } });
    expect(entry).toMatchObject({
      action: 'provider.test',
      subject: 'draft openai',
      detail: { origin: urlOf(upstream), ok: true, status: 200, secretIds: ['KEY'] },
    });
    expect(JSON.stringify(entry)).not.toContain('canary');
  });
});

describe('the credential never comes back', () => {
  const echoes: [string, (key: string) => string][] = [
    ['as it is', (key) => key],
    ['in base64', (key) => Buffer.from(`Bearer ${key}`).toString('base64')],
    ['in a query', (key) => encodeURIComponent(`?k=${key}`)],
    ['in hex', (key) => Buffer.from(key).toString('hex')],
    ['cut', (key) => `${key.slice(0, 20)}...`],
  ];
  test.each(echoes)('echoed %s in an error message, code and model list', async (_, spell) => {
    const key = spell(CANARY);
    for (const [status, body] of [
      [401, { error: { message: `bad key ${key}`, code: key, type: key } }],
      [500, `oops ${key}`],
      [200, { data: [{ id: key }] }],
    ] as const) {
      answer = json(status, body);
      const result = JSON.stringify(await draft());
      for (const form of [key, CANARY.slice(3, 15)]) expect(result).not.toContain(form);
    }
    answer = (_request, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end(`<title>${key}</title>`);
    expect(JSON.stringify(await draft())).not.toContain(key);
    expect(logged.join('\n')).not.toContain('canary');
  });
});

describe('a stored value goes only where it may', () => {
  beforeEach(async () => {
    const settings = { name: 'alpha', displayName: 'A', type: 'openai', baseUrl: urlOf(upstream) };
    await plane.app.get(ProvidersService).create(viewer, { ...settings, secretId: 'KEY', secretValue: CANARY });
  });

  test('a draft with another address is refused before anything is sent', async () => {
    for (const input of [
      { draft: { type: 'openai', baseUrl: urlOf(elsewhere), secretId: 'KEY' } },
      { provider: 'alpha', draft: { type: 'openai', baseUrl: urlOf(elsewhere) } },
    ]) {
      await expect(plane.app.get(ConnectionService).test(viewer, input)).rejects.toMatchObject({
        code: 'SECRET_ORIGIN_UNBOUND',
      });
    }
    expect(seenElsewhere).toEqual([]);
  });

  test('with the value typed in again it is tried, and nothing is stored by trying', async () => {
    const settings = { type: 'openai', baseUrl: urlOf(elsewhere), secretId: 'KEY', secretValue: 'another-value' };
    await plane.app.get(ConnectionService).test(viewer, { draft: settings });
    expect(seenElsewhere[0]?.headers.authorization).toBe('Bearer another-value');
    const [secret] = await plane.app.get(SecretsService).list(viewer);
    expect(secret).toMatchObject({ version: 1, boundOrigins: [urlOf(upstream)] });
  });

  test('a redirect is not followed', async () => {
    answer = (_, response) => response.writeHead(307, { location: `${urlOf(elsewhere)}/v1/models` }).end();
    expect(await draft({ secretValue: null })).toMatchObject({ ok: false, status: 307 });
    expect(seenElsewhere).toEqual([]);
  });
});

describe('faults have a plain answer', () => {
  test.each([401, 403, 404, 429, 500])('%i', async (status) => {
    answer = json(status, { error: { message: 'the upstream says no', code: 'its_code' } });
    const result = await draft();
    expect(result).toMatchObject({
      ok: false,
      status,
      upstreamError: 'the upstream says no',
      code: 'its_code',
      models: null,
    });
    expect(result.summary).toContain(`(${status})`);
  });

  test('a web page', async () => {
    answer = (_, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html><title>Sign in</title>');
    expect(await draft()).toMatchObject({ ok: false, upstreamError: 'Sign in' });
  });

  test('something that answers, but is no API', async () => {
    answer = (_, response) => response.writeHead(200, { 'content-type': 'text/plain' }).end('hello');
    expect(await draft()).toMatchObject({ ok: false, models: null });
  });

  test('a refused connection', async () => {
    expect(await draft({ baseUrl: goneUrl })).toMatchObject({ ok: false, code: 'CONNECTION_REFUSED' });
  });

  test('https where only http is spoken', async () => {
    const baseUrl = urlOf(upstream).replace('http:', 'https:');
    expect(await draft({ baseUrl })).toMatchObject({ ok: false, code: 'TLS_FAILED' });
  });

  test('a connection cut before the answer', async () => {
    answer = (request) => (request.socket as Socket).resetAndDestroy();
    expect(await draft()).toMatchObject({ ok: false, code: 'CONNECTION_RESET', status: null, latencyMs: null });
  });

  test('an endless answer is cut off, and its connection closed', async () => {
    let isClosed = false;
    answer = (request, response) => {
      request.socket.once('close', () => {
        isClosed = true;
      });
      response.writeHead(500, { 'content-type': 'text/plain' });
      const pour = () => {
        while (!response.destroyed && response.write('x'.repeat(16_384)));
      };
      response.on('drain', pour);
      pour();
    };
    expect((await draft()).upstreamError).toHaveLength(400);
    await expect.poll(() => isClosed).toBe(true);
  });

  test.each([
    ['BASE_URL_PRIVATE', { baseUrl: 'https://169.254.169.254/latest' }],
    ['BASE_URL_NOT_HTTPS', { baseUrl: 'http://127.0.0.1:1' }],
    ['TYPE_UNKNOWN', { type: 'nonsense' }],
    ['SECRET_REQUIRED', { secretId: null, secretValue: null }],
    ['SECRET_MISSING', { secretId: 'NONE', secretValue: null }],
    ['SECRET_CHARACTERS', { secretValue: 'a\r\nx: y' }],
  ])('%s is told as it would be when saving', async (code, input) => {
    await expect(draft(input)).rejects.toMatchObject({ code });
    expect(seen).toEqual([]);
  });
});

describe('a request of a turn', () => {
  const BODY = '{"model":"gpt-a","seed":12345678901234567890,"messages":[{"role":"user","content":"the words of it"}]}';
  const sent: string[] = [];
  beforeEach(async () => {
    sent.length = 0;
    const settings = { name: 'alpha', displayName: 'A', type: 'openai', baseUrl: `${urlOf(upstream)}/v1` };
    await plane.app.get(ProvidersService).create(viewer, { ...settings, secretId: 'KEY', secretValue: CANARY });
  });
  const send = (over: Partial<RequestToTest> = {}, who = viewer) =>
    plane.app.get(RequestTests).send(who, {
      ...{ provider: 'alpha', endpoint: 'chat.completions', path: '/v1/chat/completions' },
      ...{ eventId: crypto.randomUUID(), body: BODY, ...over },
    });
  const reply =
    (status: number, type: string, text: string): Answer =>
    (request, response) => {
      request.setEncoding('utf8').on('data', (chunk: string) => sent.push(chunk));
      request.on('end', () => response.writeHead(status, { 'content-type': type }).end(text));
    };
  const event = (delta: object, more: object = {}) =>
    `data: ${JSON.stringify({ model: 'gpt-a', choices: [{ index: 0, delta, ...more }] })}\n\n`;

  test('is sent byte for byte to its endpoint, and what the model said comes back, streamed or whole', async () => {
    const usage = { prompt_tokens: 7, completion_tokens: 2 };
    const whole = { choices: [{ message: { role: 'assistant', content: 'four' }, finish_reason: 'stop' }], usage };
    answer = reply(200, 'application/json', JSON.stringify(whole));
    const first = await send();
    expect(first).toMatchObject({
      exchange: { ok: true, status: 200 },
      isWhole: true,
      inputTokens: 7,
      outputTokens: 2,
    });
    expect(JSON.parse(first.messages[0] ?? '').parts).toEqual([{ type: 'text', content: 'four' }]);
    expect(sent.join('')).toBe(BODY);
    expect(seen.map(({ method, url, headers }) => [method, url, headers.authorization])).toEqual([
      ['POST', '/v1/chat/completions', `Bearer ${CANARY}`],
    ]);
    const stream = `${event({ role: 'assistant', content: 'fo' })}${event({ content: 'ur' }, { finish_reason: 'stop' })}`;
    answer = reply(200, 'text/event-stream', `${stream}data: [DONE]\n\n`);
    const streamed = await send();
    expect(streamed).toMatchObject({ exchange: { ok: true }, isWhole: true, inputTokens: null, outputTokens: null });
    expect(JSON.parse(streamed.messages[0] ?? '').parts).toEqual([{ type: 'text', content: 'four' }]);
    answer = reply(200, 'text/event-stream', stream.slice(0, 120));
    expect(await send()).toMatchObject({ isWhole: false });
  });

  test('leaves no credential in what comes back, and none of its words in the trail', async () => {
    const echo = { choices: [{ message: { role: 'assistant', content: `your key is ${CANARY}` } }] };
    answer = reply(200, 'application/json', JSON.stringify(echo));
    expect(JSON.stringify(await send())).not.toContain(CANARY.slice(3, 15));
    answer = reply(
      429,
      'application/json',
      JSON.stringify({ error: { message: `${CANARY} again`, code: 'too_many' } }),
    );
    const refused = await send();
    expect(refused).toMatchObject({ exchange: { ok: false, status: 429, code: 'too_many' }, messages: [] });
    expect(JSON.stringify(refused)).not.toContain(CANARY.slice(3, 15));
    const entries = await plane.prisma.auditEntry.findMany({
      where: { projectId: viewer.projectId, action: 'provider.test_request' },
    });
    expect(entries.map(({ subject, detail }) => [subject, detail])).toMatchObject([
      ['alpha', { ok: true, model: 'gpt-a', requestBytes: BODY.length }],
      ['alpha', { ok: false, status: 429 }],
    ]);
    expect(JSON.stringify(entries)).not.toMatch(/the words of it|canary/);
    expect(logged.join('\n')).not.toContain('the words of it');
  });

  test('goes to endpoints whose requests are known, of providers of the project', async () => {
    for (const endpoint of ['opaque', 'realtime.response'])
      await expect(send({ endpoint })).rejects.toMatchObject({ code: 'REQUEST_NOT_TESTABLE' });
    await expect(send({}, await plane.viewerOfNewProject())).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(seen).toEqual([]);
  });
});

test('a provider of another project cannot be tested', async () => {
  const settings = { name: 'alpha', displayName: 'A', type: 'openai', baseUrl: urlOf(upstream) };
  await plane.app.get(ProvidersService).create(viewer, { ...settings, secretId: 'KEY', secretValue: CANARY });
  const stranger = await plane.viewerOfNewProject();
  const work = plane.app.get(ConnectionService).test(stranger, { provider: 'alpha' });
  await expect(work).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
