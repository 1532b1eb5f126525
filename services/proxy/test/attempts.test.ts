import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { call } from './support/client.js';
import { provider, type RunningProxy, snapshotOf, startProxy, token } from './support/harness.js';
import { startUpstream, type TestUpstream } from './support/upstream.js';

const app = token();
let proxy: RunningProxy;
let upstream: TestUpstream;

beforeAll(async () => {
  upstream = await startUpstream();
  proxy = await startProxy({
    snapshot: snapshotOf({
      providers: (['openai', 'anthropic'] as const).map((type) =>
        provider({ name: type, type, baseUrl: upstream.origin, secret: 'sk' }),
      ),
      tokens: [app.entry],
    }),
  });
});
afterAll(async () => {
  await proxy.close();
  await upstream.close();
});

const PATHS = { openai: 'v1/chat/completions', anthropic: 'v1/messages' } as const;
const ask = (headers: Record<string, string>, type: keyof typeof PATHS = 'openai') =>
  call(`${proxy.origin}/llm/v1/providers/${type}/${PATHS[type]}`, {
    headers: { authorization: `Bearer ${app.text}`, 'content-type': 'application/json', ...headers },
    body: '{"model":"m"}',
  });

it('attempts that name one call are events of it, each with its number', async () => {
  const callId = randomUUID();
  for (const attempt of ['1', '2', '3']) {
    const answer = await ask({ 'x-weir-call': callId.toUpperCase(), 'x-weir-attempt': attempt });
    expect([answer.status, answer.headers['x-weir-request-id']]).toEqual([200, callId]);
  }
  const events = (await proxy.events(3)).filter((event) => event.callId === callId);
  expect(events.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
  expect(new Set(events.map(({ eventId }) => eventId)).size).toBe(3);
  for (const { rawHeaders } of upstream.received) {
    expect(rawHeaders.filter((name) => name.toLowerCase().startsWith('x-weir-'))).toEqual([]);
  }
});

it('what an SDK says of its retries is recorded, and goes on to the upstream', async () => {
  const answer = await ask({ 'x-stainless-retry-count': '2' });
  const event = await proxy.eventOf(answer.headers['x-weir-request-id'] as string);
  expect(event).toMatchObject({ attempt: 1, clientRetry: 2 });
  const { rawHeaders } = upstream.received.at(-1) as { rawHeaders: string[] };
  expect(rawHeaders[rawHeaders.indexOf('x-stainless-retry-count') + 1]).toBe('2');
});

it.each([
  ['openai', { 'x-weir-call': 'order-17' }, 'x-weir-call'],
  ['anthropic', { 'x-weir-call': 'order-17' }, 'x-weir-call'],
  ['openai', { 'x-weir-call': randomUUID(), 'x-weir-attempt': '0' }, 'x-weir-attempt'],
  ['anthropic', { 'x-weir-attempt': '2' }, 'x-weir-call'],
] as const)('%s: %j is refused in the dialect’s own words, naming %s', async (type, headers, named) => {
  const asked = upstream.received.length;
  const answer = await ask({ ...headers }, type);
  expect([answer.status, answer.headers['x-weir-error']]).toEqual([400, 'request_invalid']);
  const body = JSON.parse(answer.body.toString()) as { type?: string; error: { message: string } };
  expect(body.error.message).toContain(`“${named}”`);
  expect(body.type).toBe(type === 'anthropic' ? 'error' : undefined);
  const event = await proxy.eventOf(answer.headers['x-weir-request-id'] as string);
  expect(event).toMatchObject({ outcome: 'refused', errorCode: 'request_invalid', attempt: 1 });
  expect(upstream.received.length).toBe(asked);
});
