import { readTelemetrySettings, startTelemetry, type Telemetry } from '@weir/telemetry';
import OpenAI from 'openai';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type OtlpReceiver, startOtlpReceiver } from '../../../packages/telemetry/test/otlp-receiver.js';
import { call } from './support/client.js';
import { provider, type RunningProxy, snapshotOf, startProxy, token } from './support/harness.js';
import { startUpstream, type TestUpstream } from './support/upstream.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const APP_SPAN = '00f067aa0ba902b7';
const SAMPLED = `00-${TRACE}-${APP_SPAN}-01`;
const CANARY = 'walnut-heron-7731';
const SECRET = 'sk-upstream-canary-0123456789';
const USAGE = {
  ...{ prompt_tokens: 120, completion_tokens: 30, total_tokens: 150 },
  ...{ prompt_tokens_details: { cached_tokens: 100 }, completion_tokens_details: { reasoning_tokens: 8 } },
};
const ANSWER = JSON.stringify({
  ...{ id: 'chatcmpl-1', object: 'chat.completion', created: 1, model: 'gpt-4o-2024-08-06', usage: USAGE },
  choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: CANARY } }],
});

const app = token();
let upstream: TestUpstream;
let collector: OtlpReceiver;
let telemetry: Telemetry;
let proxy: RunningProxy;

beforeAll(async () => {
  upstream = await startUpstream();
});
afterAll(() => upstream.close());
beforeEach(() => {
  upstream.answer = (_req, res) => res.setHeader('content-type', 'application/json').end(ANSWER);
  upstream.received.length = 0;
});
afterEach(async () => {
  await proxy.close();
  await telemetry.stop(1_000);
  await collector.close();
});

async function start(env: Record<string, string> = {}): Promise<void> {
  collector = await startOtlpReceiver();
  const settings = readTelemetrySettings({
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint,
    OTEL_BSP_SCHEDULE_DELAY: '20',
    OTEL_METRIC_EXPORT_INTERVAL: '100',
    ...env,
  });
  telemetry = (await startTelemetry(settings, { serviceName: 'weir-proxy', instanceId: 'test-0' })) as Telemetry;
  const common = { baseUrl: upstream.origin, secret: SECRET };
  proxy = await startProxy({
    telemetry,
    snapshot: snapshotOf({
      providers: [provider({ name: 'main', ...common }), provider({ name: 'few', ...common, models: ['gpt-5'] })],
      tokens: [app.entry],
    }),
  });
}

const ask = (headers: Record<string, string> = {}, name = 'main', body: object = {}, query = '') =>
  call(`${proxy.origin}/llm/v1/providers/${name}/v1/chat/completions${query}`, {
    headers: { authorization: `Bearer ${app.text}`, 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ model: 'gpt-4o', messages: [{ role: 'user', content: CANARY }], ...body }),
  });

const spansOf = async (count: number) => {
  await expect.poll(() => collector.spans.length, { timeout: 10_000 }).toBeGreaterThanOrEqual(count);
  return collector.spans;
};
const sentHeader = (name: string) => {
  const { rawHeaders = [] } = upstream.received.at(-1) ?? {};
  return rawHeaders.filter((_, at) => at % 2 === 1 && rawHeaders[at - 1] === name);
};

describe('a call', () => {
  it('of the official SDK is one server and one client span, from the app’s trace on to the upstream', async () => {
    await start();
    const client = new OpenAI({ baseURL: `${proxy.origin}/llm/v1/providers/main/v1`, apiKey: app.text });
    const { response } = await client.chat.completions
      .create(
        { model: 'gpt-4o', messages: [{ role: 'user', content: CANARY }] },
        {
          headers: { traceparent: SAMPLED, tracestate: 'vendor=1', 'x-weir-conversation': 'c1', 'x-weir-user': 'kim' },
        },
      )
      .withResponse();
    const event = await proxy.eventOf(response.headers.get('x-weir-request-id'));
    const spans = await spansOf(2);
    const [server, inner] = [spans.find(({ kind }) => kind === 2), spans.find(({ kind }) => kind === 3)];
    expect(spans.length).toBe(2);
    expect(event).toMatchObject({ traceId: TRACE, alterations: ['credential_replaced', 'trace_context_replaced'] });
    expect(sentHeader('traceparent')).toEqual([`00-${TRACE}-${inner?.spanId}-01`]);
    expect(sentHeader('tracestate')).toEqual(['vendor=1']);
    expect(server).toMatchObject({
      ...{ traceId: TRACE, parentSpanId: APP_SPAN, traceState: 'vendor=1', status: 0 },
      name: 'POST /llm/v1/providers/{provider}/*',
      resource: { 'service.name': 'weir-proxy', 'service.instance.id': 'test-0' },
    });
    expect(server?.attributes).toEqual({
      ...{ 'http.request.method': 'POST', 'http.route': '/llm/v1/providers/{provider}/*' },
      ...{ 'http.response.status_code': 200, 'weir.request_id': event.callId, 'weir.event_id': event.eventId },
      ...{ 'weir.provider': 'main', 'weir.app': 'shop', 'weir.environment': 'production' },
      ...{ 'weir.endpoint': 'chat.completions', 'weir.outcome': 'completed' },
    });
    expect(inner).toMatchObject({ traceId: TRACE, parentSpanId: server?.spanId, name: 'chat gpt-4o', status: 0 });
    expect(inner?.attributes).toMatchObject({
      ...{ 'gen_ai.operation.name': 'chat', 'gen_ai.provider.name': 'openai', 'gen_ai.request.model': 'gpt-4o' },
      ...{ 'gen_ai.response.model': 'gpt-4o-2024-08-06', 'gen_ai.conversation.id': 'c1' },
      ...{ 'gen_ai.usage.input_tokens': 120, 'gen_ai.usage.cache_read.input_tokens': 100 },
      ...{ 'gen_ai.usage.output_tokens': 30, 'gen_ai.usage.reasoning.output_tokens': 8 },
      ...{ 'server.address': '127.0.0.1', 'server.port': upstream.port, 'http.response.status_code': 200 },
    });
    expect(event.meters).toMatchObject({ input: 20, cachedInput: 100, output: 30, reasoning: 8 });
    expect(Math.abs((server?.startMs ?? 0) - event.startedAt)).toBeLessThan(1);
    expect((server?.endMs ?? 0) - (server?.startMs ?? 0)).toBeCloseTo(event.durationMs ?? -1, 2);
    expect(inner?.startMs).toBeGreaterThanOrEqual(server?.startMs ?? Number.NaN);
    expect(inner?.endMs).toBeLessThanOrEqual((server?.endMs ?? 0) + 0.001);
  });

  it('without a trace begins one, which its event names', async () => {
    await start();
    const answer = await ask({ tracestate: 'vendor=1', traceparent: 'nonsense' });
    const event = await proxy.eventOf(answer.headers['x-weir-request-id'] as string);
    const spans = await spansOf(2);
    expect(event.traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(spans.map(({ traceId }) => traceId)).toEqual([event.traceId, event.traceId]);
    expect(spans.find(({ kind }) => kind === 2)?.parentSpanId).toBe('');
    expect(sentHeader('traceparent')).toEqual([expect.stringMatching(`^00-${event.traceId}-[0-9a-f]{16}-01$`)]);
    // What stood beside no valid trace belongs to none.
    expect(sentHeader('tracestate')).toEqual([]);
  });

  it('of a trace that is not kept stays in it, and adds no span', async () => {
    await start();
    const quiet = await ask({ traceparent: SAMPLED.replace(/01$/, '00') });
    expect((await proxy.eventOf(quiet.headers['x-weir-request-id'] as string)).traceId).toBe(TRACE);
    expect(sentHeader('traceparent')).toEqual([expect.stringMatching(`^00-${TRACE}-[0-9a-f]{16}-00$`)]);
    await ask({ traceparent: SAMPLED });
    const spans = await spansOf(2);
    expect(spans.every(({ parentSpanId }) => parentSpanId !== '')).toBe(true);
    expect(spans.length).toBe(2);
  });

  it('that streams tells when its first chunk came', async () => {
    await start();
    upstream.answer = (_req, res) => {
      res.setHeader('content-type', 'text/event-stream');
      res.write('data: {"model":"gpt-4o","choices":[{"delta":{"content":"a"}}]}\n\n');
      setTimeout(() => res.end(`data: {"choices":[],"usage":${JSON.stringify(USAGE)}}\n\ndata: [DONE]\n\n`), 30);
    };
    await ask({}, 'main', { stream: true });
    const inner = (await spansOf(2)).find(({ kind }) => kind === 3);
    expect(inner?.attributes).toMatchObject({ 'gen_ai.request.stream': true, 'gen_ai.usage.output_tokens': 30 });
    const seconds = inner?.attributes['gen_ai.response.time_to_first_chunk'] as number;
    expect(seconds).toBeGreaterThan(0);
    expect(seconds * 1_000).toBeLessThan((inner?.endMs ?? 0) - (inner?.startMs ?? 0));
  });

  it('that fails says how, in words of our own', async () => {
    await start();
    upstream.answer = (_req, res) => {
      res.writeHead(429, { 'content-type': 'application/json' });
      res.end(JSON.stringify({ error: { code: CANARY, type: CANARY, message: CANARY } }));
    };
    await ask();
    const spans = await spansOf(2);
    const told = { 'error.type': '429', 'http.response.status_code': 429, 'weir.outcome': 'upstream_error' };
    expect(spans.map(({ attributes }) => attributes)).toEqual([
      expect.objectContaining(told),
      expect.objectContaining(told),
    ]);
    expect(spans.find(({ kind }) => kind === 3)?.status).toBe(2);
  });

  it('whose app goes away says so, and what was done with the upstream', async () => {
    await start();
    upstream.answer = (_req, res) => {
      res.writeHead(200, { 'content-type': 'text/event-stream' });
      res.write('data: {"choices":[{"delta":{"content":"a"}}]}\n\n');
    };
    await call(`${proxy.origin}/llm/v1/providers/main/v1/chat/completions`, {
      headers: { authorization: `Bearer ${app.text}`, 'content-type': 'application/json' },
      body: '{"model":"gpt-4o","stream":true}',
      abortAfterBytes: 1,
    });
    const inner = (await spansOf(2)).find(({ kind }) => kind === 3);
    expect(inner?.attributes).toMatchObject({ 'weir.outcome': 'client_closed', 'weir.abort_action': 'cancelled' });
    expect(inner?.attributes['gen_ai.usage.output_tokens']).toBeUndefined();
  });

  it('that is refused is a server span alone, also where nobody known made it', async () => {
    await start();
    await ask({ traceparent: SAMPLED }, 'few');
    await ask({ traceparent: SAMPLED, authorization: 'Bearer weir_nobody' });
    const spans = await spansOf(2);
    expect(spans.map(({ kind, parentSpanId }) => [kind, parentSpanId])).toEqual([
      [2, APP_SPAN],
      [2, APP_SPAN],
    ]);
    expect(spans.map(({ attributes }) => [attributes['error.type'], attributes['http.response.status_code']])).toEqual([
      ['model_not_allowed', 403],
      ['token_invalid', 401],
    ]);
    expect(upstream.received).toEqual([]);
  });
});

it('metrics are the conventions’ own, split by few values', async () => {
  await start();
  await ask({ 'x-weir-user': 'kim', 'x-weir-conversation': 'c9' });
  await ask();
  upstream.answer = (_req, res) => res.writeHead(404, { 'content-type': 'application/json' }).end('{}');
  await ask({}, 'main', { model: `made-up-${CANARY}` });
  const points = (metric: string, ofError = false) =>
    collector.points.filter((point) => point.metric === metric && 'error.type' in point.attributes === ofError);
  await expect
    .poll(() => points('gen_ai.client.operation.duration', true).length, { timeout: 10_000 })
    .toBeGreaterThan(0);
  const common = {
    ...{ 'gen_ai.operation.name': 'chat', 'gen_ai.provider.name': 'openai', 'gen_ai.request.model': 'gpt-4o' },
    ...{ 'gen_ai.response.model': 'gpt-4o-2024-08-06', 'server.address': '127.0.0.1', 'server.port': upstream.port },
  };
  const usage = points('gen_ai.client.token.usage').slice(-2);
  expect(usage.map(({ attributes, sum, count }) => [attributes, sum, count])).toEqual([
    [{ ...common, 'gen_ai.token.type': 'input' }, 240, 2],
    [{ ...common, 'gen_ai.token.type': 'output' }, 60, 2],
  ]);
  expect(usage[0]?.bounds).toEqual([
    1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864,
  ]);
  expect(points('gen_ai.client.operation.duration').at(-1)).toMatchObject({ unit: 's', attributes: common, count: 2 });
  const { 'gen_ai.request.model': _, 'gen_ai.response.model': __, ...unnamed } = common;
  expect(points('gen_ai.client.operation.duration', true).at(-1)?.attributes).toEqual({
    ...unnamed,
    'error.type': '404',
  });
  expect(points('gen_ai.client.operation.time_to_first_chunk')).toEqual([]);
});

it('nothing of what was said, nor any secret, token or query, is in what is exported', async () => {
  await start();
  await ask({ traceparent: SAMPLED, 'x-weir-tags': `t=${CANARY}` }, 'main', { user: CANARY }, `?note=${CANARY}`);
  await ask({}, 'few', {}, `?note=${CANARY}`);
  await spansOf(3);
  await expect.poll(() => collector.points.length, { timeout: 10_000 }).toBeGreaterThan(0);
  const all = Buffer.concat(collector.bodies).toString('latin1');
  for (const canary of [CANARY, SECRET, app.text, app.text.slice(5, 25)]) expect(all).not.toContain(canary);
  expect(all).toContain('chat gpt-4o');
});

describe('a collector', () => {
  it.each<[string, number | null]>([
    ['that refuses everything', 503],
    ['that never answers', null],
  ])('%s delays no call and loses none; what it does not take is counted', async (_what, status) => {
    await start({ OTEL_BSP_MAX_QUEUE_SIZE: '4', OTEL_EXPORTER_OTLP_TIMEOUT: '300', OTEL_METRICS_EXPORTER: 'none' });
    collector.status = status;
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask()));
    expect(answers.map((answer) => answer.status)).toEqual(Array(20).fill(200));
    expect((await proxy.events(20)).length).toBe(20);
    await expect.poll(() => telemetry.spans?.counts.dropped ?? 0, { timeout: 10_000 }).toBeGreaterThanOrEqual(30);
    expect(telemetry.spans?.counts.exported).toBe(0);
  });
});
