import { afterAll, beforeAll, expect, it } from 'vitest';
import { call } from './support/client.js';
import { provider, type RunningProxy, snapshotOf, startProxy, token } from './support/harness.js';
import { startRealtimeUpstream } from './support/realtime.js';
import { openTalk } from './support/talk.js';
import { startUpstream, type TestUpstream } from './support/upstream.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const TRACEPARENT = `00-${TRACE}-00f067aa0ba902b7-01`;

const app = token();
const scoped = token({ providers: ['other'] });
const expired = token({ expiresAt: Date.now() - 1_000 });
let proxy: RunningProxy;
let upstream: TestUpstream;
let realtime: Awaited<ReturnType<typeof startRealtimeUpstream>>;

beforeAll(async () => {
  [upstream, realtime] = await Promise.all([startUpstream(), startRealtimeUpstream()]);
  proxy = await startProxy({
    snapshot: snapshotOf({
      providers: [
        provider({ name: 'main', baseUrl: upstream.origin, secret: 'sk', models: ['gpt-5'] }),
        provider({ name: 'talk', baseUrl: `${realtime.origin}/v1`, secret: 'sk' }),
      ],
      tokens: [app.entry, scoped.entry, expired.entry],
    }),
  });
});
afterAll(async () => {
  await proxy.close();
  await Promise.all([upstream.close(), realtime.close()]);
});

const ask = async (headers: Record<string, string | string[]>, bearer = app.text, model = 'gpt-5') => {
  const answer = await call(`${proxy.origin}/llm/v1/providers/main/v1/chat/completions`, {
    headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ model }),
  });
  return { status: answer.status, event: await proxy.eventOf(answer.headers['x-weir-request-id'] as string) };
};

it('a call is of the trace that its app names, and the upstream hears of it as the app said it', async () => {
  const { event } = await ask({ traceparent: TRACEPARENT, tracestate: 'vendor=1' });
  expect([event.outcome, event.traceId]).toEqual(['completed', TRACE]);
  const { rawHeaders = [] } = upstream.received.at(-1) ?? {};
  expect(rawHeaders[rawHeaders.indexOf('traceparent') + 1]).toBe(TRACEPARENT);
  expect(rawHeaders[rawHeaders.indexOf('tracestate') + 1]).toBe('vendor=1');
});

it.each<[string, Record<string, string | string[]>]>([
  ['nothing', {}],
  ['no valid one', { traceparent: TRACEPARENT.replace('00-', 'ff-') }],
  ['two', { traceparent: [TRACEPARENT, TRACEPARENT] }],
])('a call whose app names %s is of none', async (_what, headers) => {
  expect((await ask(headers)).event.traceId).toBeNull();
});

it.each<[string, () => ReturnType<typeof ask>, number]>([
  ['an expired token', () => ask({ traceparent: TRACEPARENT }, expired.text), 401],
  ['a token for another provider', () => ask({ traceparent: TRACEPARENT }, scoped.text), 403],
  ['a model that is not exposed', () => ask({ traceparent: TRACEPARENT }, app.text, 'gpt-4'), 403],
])('a call refused for %s is of its trace, too', async (_what, refused, status) => {
  const answer = await refused();
  expect([answer.status, answer.event.outcome, answer.event.traceId]).toEqual([status, 'refused', TRACE]);
});

it('a session and each of its turns are of the trace of its handshake', async () => {
  const session = await openTalk(
    `ws://127.0.0.1:${proxy.port}/llm/v1/providers/talk/v1/realtime?model=gpt-realtime`,
    app.text,
    { headers: { authorization: `Bearer ${app.text}`, traceparent: TRACEPARENT } },
  );
  await session.until('session.created');
  session.say({ type: 'response.create' });
  await session.until('response.done');
  session.ws.close();
  const traces = async () =>
    (await proxy.events(0)).filter(({ provider: name }) => name === 'talk').map(({ traceId }) => traceId);
  await expect.poll(traces, { timeout: 10_000 }).toEqual([TRACE, TRACE]);
});
