import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtobufExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import type { AgentSpan } from '@weir/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filesUnder } from '../recording/spooled.js';
import { type Answer, call } from '../support/client.js';
import { type RunningProxy, snapshotOf, startProxy, token } from '../support/harness.js';
import { jsonBody, protobufBody } from './otlp-body.js';
import { spooledSpans } from './spooled.js';

const SAID = 'the-canary-sings-4711';
const entry = token();
const other = token({ app: 'agents', environment: 'staging', providers: [] });
const expired = token({ expiresAt: Date.now() - 1 });
const tokens = [entry.entry, other.entry, expired.entry];

let proxy: RunningProxy;
beforeAll(async () => {
  proxy = await startProxy({ snapshot: snapshotOf({ providers: [], tokens }) });
});
afterAll(() => proxy.close());

const JSON_TYPE = 'application/json';
const PROTOBUF_TYPE = 'application/x-protobuf';
let lastSpan = 0;
/** A span that no other test sends. */
const span = (attributes: Record<string, string> = {}) => ({
  ...{ traceId: 'b'.repeat(32), spanId: (++lastSpan).toString(16).padStart(16, '0'), name: 'run' },
  ...{ startMs: Date.now(), attributes },
});

interface Sending {
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly by?: RunningProxy;
}

function send(body: Buffer | undefined, { path = 'v1/traces', method = 'POST', headers, by = proxy }: Sending = {}) {
  const all = { authorization: `Bearer ${entry.text}`, 'content-type': JSON_TYPE, ...headers };
  return call(`${by.origin}/otlp/${path}`, { method, headers: all, ...(body && { body }) });
}
const told = ({ body }: Answer) => JSON.parse(body.toString());
const spans = (by = proxy): AgentSpan[] => spooledSpans(join(by.home, 'spans')).flatMap((frame) => frame.spans);
const spanOf = (id: string) => spans().find(({ spanId }) => spanId === id);

describe('spans of an app', () => {
  it.each([
    ['protobuf', ProtobufExporter],
    ['JSON', JsonExporter],
  ])(
    'come from the official exporter for %s, packed, and are in the spool once it is answered',
    async (name, Exporter) => {
      const results: number[] = [];
      const exporter = new Exporter({
        ...{ url: `${proxy.origin}/otlp/v1/traces`, compression: 'gzip' as never },
        headers: { 'x-weir-authorization': `Bearer ${other.text}` },
      });
      const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
      const started = provider.getTracer('test').startSpan(`chat ${name}`, {
        kind: 2,
        attributes: { 'gen_ai.operation.name': 'chat', 'gen_ai.usage.input_tokens': 17, 'gen_ai.input.messages': SAID },
      });
      started.recordException(new TypeError(SAID));
      started.setStatus({ code: 2, message: SAID });
      started.end();
      await provider.forceFlush();
      results.push(spans().filter((each) => each.name === `chat ${name}`).length);
      expect(results).toEqual([1]);
      const { traceId, spanId } = started.spanContext();
      expect(spanOf(spanId)).toMatchObject({
        ...{ traceId, kind: 'client', category: 'model', inputTokens: 17, outputTokens: null },
        ...{ status: 'error', errorType: 'TypeError' },
      });
      const frame = spooledSpans(join(proxy.home, 'spans')).find((each) => each.spans[0]?.spanId === spanId);
      expect(frame).toMatchObject({ app: 'agents', environment: 'staging', projectId: other.entry.projectId });
      await provider.shutdown();
    },
  );

  it('are answered in the encoding they came in, with the number of those that say nothing', async () => {
    const taken = await send(jsonBody(span()), { headers: { 'content-type': `${JSON_TYPE}; charset=utf-8` } });
    expect([taken.status, taken.headers['content-type'], told(taken)]).toEqual([200, JSON_TYPE, {}]);
    const protobuf = { headers: { 'content-type': PROTOBUF_TYPE } };
    const empty = await send(protobufBody(span()), protobuf);
    expect([empty.status, empty.headers['content-type'], empty.body.length]).toEqual([200, PROTOBUF_TYPE, 0]);
    const partly = await send(jsonBody({ ...span(), spanId: 'zz' }));
    expect(told(partly)).toEqual({
      partialSuccess: { rejectedSpans: '1', errorMessage: expect.stringContaining('span id') },
    });
    const partlyToo = await send(protobufBody({ ...span(), traceId: '00' }), protobuf);
    // partial_success { rejected_spans: 1, error_message }
    expect(partlyToo.body.subarray(2, 4)).toEqual(Buffer.from([0x08, 1]));
    expect(partlyToo.body.toString()).toContain('trace id');
  });

  it('may be as few as none', async () => {
    expect((await send(Buffer.from('{}'))).status).toBe(200);
    expect((await send(Buffer.alloc(0), { headers: { 'content-type': PROTOBUF_TYPE } })).status).toBe(200);
  });
});

describe('what agents said', () => {
  it('touches no disk', async () => {
    const quiet = span({ 'gen_ai.input.messages': SAID, 'input.value': SAID, 'ai.prompt': SAID });
    expect((await send(gzipSync(jsonBody(quiet)), { headers: { 'content-encoding': 'gzip' } })).status).toBe(200);
    expect((await send(jsonBody(span({ 'gen_ai.tool.name': 'loud-canary' })))).status).toBe(200);
    expect((await send(Buffer.from(`{"resourceSpans":"${SAID}"}`))).status).toBe(400);
    expect(spanOf(quiet.spanId)).toBeDefined();
    expect(JSON.stringify(spans())).toContain('loud-canary');
    expect(JSON.stringify(spans())).not.toContain(SAID);
    expect(filesUnder(proxy.home).filter(({ bytes }) => bytes.includes(SAID))).toEqual([]);
    expect(proxy.metrics.state.spans.leftOut).toBeGreaterThan(2);
  });
});

describe('a request that is refused', () => {
  const status = (answer: Answer) => [answer.status, answer.headers['x-weir-error'], told(answer).code];

  it.each([
    ['a token that is wrong', { authorization: 'Bearer weir_nonsense' }, [401, 'token_invalid', 16]],
    ['a token that has expired', { authorization: `Bearer ${expired.text}` }, [401, 'token_expired', 16]],
    ['no token', { authorization: 'Basic eDp5' }, [401, 'token_missing', 16]],
    ['another content type', { 'content-type': 'text/plain' }, [400, 'request_invalid', 3]],
    ['a coding nobody undoes', { 'content-encoding': 'br' }, [400, 'request_invalid', 3]],
    ['what is not gzip', { 'content-encoding': 'gzip' }, [400, 'request_invalid', 3]],
  ])('because of %s says so in a google.rpc.Status', async (_why, headers, wanted) => {
    const refused = span();
    const answer = await send(jsonBody(refused), { headers });
    expect(status(answer)).toEqual(wanted);
    expect(answer.headers['retry-after']).toBeUndefined();
    expect(spanOf(refused.spanId)).toBeUndefined();
  });

  it('names what it takes where metrics or logs are sent, or another method is used', async () => {
    const metrics = await send(Buffer.from('{}'), { path: 'v1/metrics' });
    expect(status(metrics)).toEqual([404, 'provider_unknown', 5]);
    expect(told(metrics).message).toContain('OTEL_METRICS_EXPORTER');
    expect(status(await send(undefined, { method: 'GET' }))).toEqual([400, 'request_invalid', 3]);
  });

  it('is told in protobuf what is wrong with its protobuf', async () => {
    const headers = { 'content-type': PROTOBUF_TYPE };
    const answer = await send(protobufBody(span()).subarray(0, 30), { headers });
    expect([answer.status, answer.headers['content-type']]).toEqual([400, PROTOBUF_TYPE]);
    expect(answer.body.subarray(0, 2)).toEqual(Buffer.from([0x08, 3]));
    expect(answer.body.toString()).toContain('The body is no ExportTraceServiceRequest');
  });

  it('is larger than it may be, as it is sent or once it is unpacked', async () => {
    const large = await send(Buffer.alloc(33 * 1024 * 1024, ' '));
    expect(status(large)).toEqual([413, 'body_too_large', 8]);
    const bomb = gzipSync(Buffer.alloc(65 * 1024 * 1024));
    expect(status(await send(bomb, { headers: { 'content-encoding': 'gzip' } }))).toEqual([413, 'body_too_large', 8]);
    expect((await send(jsonBody(span()))).status).toBe(200);
  });

  it('is asked to come again where there is no room, and calls go on', async () => {
    const snapshot = snapshotOf({ providers: [], tokens });
    const full = await startProxy({ snapshot, spanSpoolBytes: 10 });
    const narrow = await startProxy({ snapshot, spanMemoryBytes: 10 });
    for (const by of [full, narrow]) {
      const answer = await send(jsonBody(span()), { by });
      expect([...status(answer), answer.headers['retry-after']]).toEqual([503, 'overloaded', 14, '5']);
      expect(spans(by)).toEqual([]);
    }
    await Promise.all([full.close(), narrow.close()]);
  });

  it('is asked to come again where the thread that reads it ended, and the next is taken', async () => {
    const dying = await startProxy({
      snapshot: snapshotOf({ providers: [], tokens }),
      spanThread: new URL(
        'data:text/javascript,import{parentPort}from"node:worker_threads";parentPort.on("message",()=>process.exit(1))',
      ),
    });
    for (let n = 0; n < 2; n++) {
      expect(status(await send(jsonBody(span()), { by: dying }))).toEqual([503, 'overloaded', 14]);
    }
    await dying.close();
  });
});

it('makes no place for spans where none come', async () => {
  const quiet = await startProxy({ snapshot: snapshotOf({ providers: [], tokens }) });
  expect(existsSync(join(quiet.home, 'spans'))).toBe(false);
  await quiet.close();
});
