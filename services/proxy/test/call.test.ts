import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call } from './support/client.js';
import { provider, type RunningProxy, snapshotOf, startProxy, token } from './support/harness.js';
import { startUpstream, type TestUpstream } from './support/upstream.js';

const CHAT = 'v1/chat/completions';
const REQUEST = JSON.stringify({ model: 'gpt-5', messages: [{ role: 'user', content: 'hello' }] });
const REPLY = JSON.stringify({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  model: 'gpt-5-2026-01-01',
  choices: [{ index: 0, message: { role: 'assistant', content: 'hi' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 12, completion_tokens: 3, total_tokens: 15, prompt_tokens_details: { cached_tokens: 4 } },
});

let upstream: TestUpstream;
let proxy: RunningProxy;
const app = token();
const auth = { authorization: `Bearer ${app.text}`, 'content-type': 'application/json' };
const url = (path: string, name = 'main') => `${proxy.origin}/llm/v1/providers/${name}/${path}`;

beforeAll(async () => {
  upstream = await startUpstream();
  proxy = await startProxy({
    snapshot: snapshotOf({
      providers: [provider({ name: 'main', baseUrl: `${upstream.origin}/v1`, secret: 'sk-upstream' })],
      tokens: [app.entry],
    }),
  });
});
afterAll(async () => {
  await proxy.close();
  await upstream.close();
});

describe('a call', () => {
  it('reaches the upstream with the provider’s key and comes back byte for byte, as one event', async () => {
    upstream.answer = (_req, res) => {
      res.writeHead(200, {
        'content-type': 'application/json',
        'x-request-id': 'req_1',
        'content-length': REPLY.length,
      });
      res.end(REPLY);
    };
    const answer = await call(url(CHAT), { headers: auth, body: REQUEST });
    expect(answer.status).toBe(200);
    expect(answer.body.toString()).toBe(REPLY);
    const received = upstream.received.at(-1);
    expect(received?.url).toBe('/v1/chat/completions');
    expect(received?.body.toString()).toBe(REQUEST);
    expect(received?.rawHeaders.join('\n')).toContain('authorization\nBearer sk-upstream');
    expect(received?.rawHeaders.join('\n')).not.toContain(app.text);
    const event = await proxy.eventOf(answer.headers['x-weir-request-id'] as string);
    expect(event).toMatchObject({
      outcome: 'completed',
      status: 200,
      upstreamStatus: 200,
      upstreamRequestId: 'req_1',
      endpoint: 'chat.completions',
      path: '/v1/chat/completions',
      requestedModel: 'gpt-5',
      servedModel: 'gpt-5-2026-01-01',
      streamed: false,
      usageSource: 'reported',
      meters: { input: 8, cachedInput: 4, output: 3 },
      alterations: ['credential_replaced'],
      requestBytes: REQUEST.length,
      responseBytes: REPLY.length,
      environment: 'production',
      app: 'shop',
    });
  });

  it('carries a stream with nothing added, though its usage was asked for', async () => {
    const chunk = (delta: object) => `data: ${JSON.stringify({ model: 'gpt-5', choices: [delta], usage: null })}\n\n`;
    const usage = `data: ${JSON.stringify({ model: 'gpt-5', choices: [], usage: { prompt_tokens: 7, completion_tokens: 2, total_tokens: 9 } })}\n\n`;
    const visible = [chunk({ delta: { content: 'a' } }), chunk({ delta: { content: 'b' } })];
    upstream.answer = (_req, res) => {
      res.writeHead(200, { 'content-type': 'text/event-stream' });
      res.write(visible[0]);
      res.write(visible[1]);
      res.write(usage);
      res.end('data: [DONE]\n\n');
    };
    const body = JSON.stringify({ model: 'gpt-5', stream: true, messages: [] });
    const answer = await call(url(CHAT), { headers: auth, body });
    expect(answer.body.toString()).toBe(`${visible.join('')}data: [DONE]\n\n`);
    expect(JSON.parse(upstream.received.at(-1)?.body.toString() ?? '')).toMatchObject({
      stream_options: { include_usage: true },
    });
    const event = await proxy.eventOf(answer.headers['x-weir-request-id'] as string);
    expect(event).toMatchObject({
      outcome: 'completed',
      streamed: true,
      usageSource: 'reported',
      meters: { input: 7, output: 2 },
      alterations: ['credential_replaced', 'usage_requested', 'usage_chunk_removed'],
    });
    expect(event.firstTokenMs).not.toBeNull();
  });

  it('of an unknown endpoint passes a binary body both ways unread, and is recorded as opaque', async () => {
    const sent = randomBytes(300_000);
    const reply = randomBytes(200_000);
    upstream.answer = (_req, res) => res.end(reply);
    const answer = await call(url('v1/files/upload?purpose=x'), {
      headers: { ...auth, 'content-type': 'application/octet-stream' },
      body: sent,
    });
    expect(answer.body.equals(reply)).toBe(true);
    expect(upstream.received.at(-1)?.body.equals(sent)).toBe(true);
    expect(upstream.received.at(-1)?.url).toBe('/v1/files/upload?purpose=x');
    const event = await proxy.eventOf(answer.headers['x-weir-request-id'] as string);
    expect(event).toMatchObject({
      endpoint: 'opaque',
      requestBytes: 300_000,
      responseBytes: 200_000,
      usageSource: 'none',
    });
  });

  it('relays an error of the upstream byte for byte, without a mark of ours', async () => {
    const error = '{"error":{"message":"slow down","type":"rate_limit_error","code":"rate_limit_exceeded"}}';
    upstream.answer = (_req, res) => {
      res.writeHead(429, { 'content-type': 'application/json', 'retry-after': '7' });
      res.end(error);
    };
    const answer = await call(url(CHAT), { headers: auth, body: REQUEST });
    expect([answer.status, answer.body.toString()]).toEqual([429, error]);
    expect(answer.headers['x-weir-error']).toBeUndefined();
    expect(answer.headers['retry-after']).toBe('7');
    const event = await proxy.eventOf(answer.headers['x-weir-request-id'] as string);
    expect(event).toMatchObject({ outcome: 'upstream_error', status: 429, upstreamStatus: 429 });
    expect(event.errorCode).not.toBeNull();
  });
});
