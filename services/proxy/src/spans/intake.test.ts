import { randomBytes } from 'node:crypto';
import { gzipSync, zstdDecompressSync } from 'node:zlib';
import { type AgentSpan, decodeSpanFrame, newId } from '@weir/contracts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonBody, message, protobufBody, type TestSpan } from '../../test/spans/otlp-body.js';
import { type Delivery, type Intake, MAX_UNPACKED_BYTES, takeIn } from './intake.js';

const SAID = 'the-canary-sings-4711';
const NOW_MS = Date.UTC(2026, 10, 20, 12);
const about = { projectId: newId(), environment: 'production', appId: newId(), app: 'shop', receivedAt: NOW_MS };
const SPAN: TestSpan = {
  traceId: 'A'.repeat(32),
  spanId: '00000000000000b1',
  name: 'chat gpt-5',
  startMs: NOW_MS,
  attributes: { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'gpt-5' },
};

const deliver = (body: Uint8Array, over: Partial<Delivery> = {}) =>
  takeIn({ ...about, encoding: 'protobuf', isGzip: false, body, ...over });
const asJson = { encoding: 'json' } as const;

function spansOf(taken: ReturnType<typeof takeIn>): AgentSpan[] {
  const { frames } = taken as Intake;
  return frames.flatMap((frame) => decodeSpanFrame(frame, (bytes) => zstdDecompressSync(bytes)).spans);
}
const only = (taken: ReturnType<typeof takeIn>): AgentSpan => spansOf(taken)[0] as AgentSpan;
const json = (span: object, about = {}) =>
  Buffer.from(JSON.stringify({ resourceSpans: [{ ...about, scopeSpans: [{ spans: [span] }] }] }));
const TIMED = { traceId: SPAN.traceId, spanId: SPAN.spanId, startTimeUnixNano: `${NOW_MS}000000` };

test('a span is the same in protobuf and in JSON', () => {
  const read = only(deliver(protobufBody(SPAN)));
  expect(read).toEqual(only(deliver(jsonBody(SPAN), asJson)));
  expect(read).toMatchObject({
    ...{ traceId: 'a'.repeat(32), spanId: SPAN.spanId, parentSpanId: null, name: 'chat gpt-5', category: 'model' },
    ...{ startedAtUs: NOW_MS * 1_000, durationMs: 2.5, requestedModel: 'gpt-5', inputTokens: null },
  });
});

describe('what agents say', () => {
  test('is kept nowhere, whatever the attribute, event, link or state it comes in', () => {
    const contentNames = [
      ...[
        'gen_ai.input.messages',
        'gen_ai.output.messages',
        'gen_ai.system_instructions',
        'gen_ai.tool.call.arguments',
      ],
      ...[
        'gen_ai.tool.call.result',
        'gen_ai.tool.definitions',
        'gen_ai.prompt',
        'gen_ai.completion',
        'gen_ai.prompt.0.content',
      ],
      ...[
        'gen_ai.completion.0.content',
        'gen_ai.tool.description',
        'gen_ai.agent.description',
        'input.value',
        'output.value',
      ],
      ...['llm.input_messages.0.message.content', 'llm.prompts', 'llm.invocation_parameters', 'tool.parameters'],
      ...['traceloop.entity.input', 'traceloop.entity.output', 'ai.prompt', 'ai.prompt.messages', 'ai.response.text'],
      ...['ai.response.toolCalls', 'ai.toolCall.args', 'ai.toolCall.result', 'retrieval.documents.0.document.content'],
      ...[
        'exception.message',
        'exception.stacktrace',
        'url.full',
        'url.query',
        'http.url',
        'http.target',
        'db.query.text',
      ],
      ...['db.statement', 'http.request.header.authorization', 'metadata', 'tag.tags', 'some.unknown.name'],
    ];
    const attributes = Object.fromEntries(contentNames.map((name) => [name, SAID]));
    const value = { stringValue: SAID };
    const pair = (key: string) => ({ key, value });
    const everywhere = {
      ...{ ...TIMED, name: 'run', traceState: `a=${SAID}`, status: { code: 2, message: SAID } },
      attributes: [
        ...contentNames.map(pair),
        { key: 'gen_ai.request.model', value: { kvlistValue: { values: [pair('text')] } } },
        { key: 'gen_ai.tool.name', value: { bytesValue: Buffer.from(SAID).toString('base64') } },
      ],
      events: [
        {
          name: SAID,
          attributes: [pair('gen_ai.event.content'), { key: 'exception.type', value: { stringValue: 'Oops' } }],
        },
      ],
      links: [{ traceId: SPAN.traceId, spanId: SPAN.spanId, attributes: [pair('said')] }],
    };
    const sent = json(everywhere, { resource: { attributes: [pair('process.command_line'), pair('host.name')] } });
    for (const taken of [deliver(protobufBody({ ...SPAN, attributes })), deliver(sent, asJson)]) {
      expect(spansOf(taken)).toHaveLength(1);
      expect(JSON.stringify(spansOf(taken))).not.toContain('canary');
      expect((taken as Intake).leftOut).toBeGreaterThanOrEqual(contentNames.length);
    }
    expect(only(deliver(sent, asJson))).toMatchObject({ errorType: 'Oops', status: 'error' });
    // The same words under a name that is kept are found, so the search above finds what there is.
    const kept = deliver(protobufBody({ ...SPAN, attributes: { 'gen_ai.tool.name': SAID } }));
    expect(JSON.stringify(spansOf(kept))).toContain(SAID);
  });

  test('is kept in bounds where it is a name', () => {
    const long = 'x'.repeat(100_000);
    const span = only(deliver(protobufBody({ ...SPAN, name: long, attributes: { 'gen_ai.tool.name': long } })));
    expect([span.name.length, span.tool?.length]).toEqual([255, 255]);
    expect(span.attributes['gen_ai.tool.name']).toHaveLength(1_023);
  });
});

test.each<[string, Record<string, unknown>, Partial<AgentSpan>]>([
  [
    'the GenAI conventions',
    {
      'gen_ai.operation.name': 'chat',
      'gen_ai.response.id': 'r-1',
      'gen_ai.usage.input_tokens': 12,
      'gen_ai.conversation.id': 'c-1',
    },
    { category: 'model', responseId: 'r-1', inputTokens: 12, outputTokens: null, conversationId: 'c-1' },
  ],
  [
    'an agent',
    { 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.agent.name': 'planner' },
    { category: 'agent', agent: 'planner' },
  ],
  [
    'a tool',
    { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 'gauge' },
    { category: 'tool', tool: 'gauge' },
  ],
  [
    'OpenInference',
    { 'openinference.span.kind': 'LLM', 'llm.model_name': 'm', 'llm.token_count.completion': '7', 'session.id': 's' },
    { category: 'model', requestedModel: 'm', outputTokens: 7, conversationId: 's' },
  ],
  [
    'OpenLLMetry',
    { 'llm.request.type': 'chat', 'gen_ai.usage.prompt_tokens': 3, 'traceloop.association.properties.session_id': 's' },
    { category: 'model', inputTokens: 3, conversationId: 's' },
  ],
  [
    'the request of the AI SDK',
    { 'ai.operationId': 'ai.generateText.doGenerate', 'ai.model.id': 'm', 'ai.usage.promptTokens': 5 },
    { category: 'model', requestedModel: 'm', inputTokens: 5 },
  ],
  [
    'what the AI SDK wraps it in',
    { 'ai.operationId': 'ai.generateText', 'ai.usage.promptTokens': 5 },
    { category: 'step' },
  ],
  [
    'the answer of the gateway',
    {
      'http.request.method': 'POST',
      'http.response.header.x-weir-request-id': ['01990000-0000-7000-8000-00000000000A'],
    },
    { category: 'http', requestId: '01990000-0000-7000-8000-00000000000a' },
  ],
])('%s are understood', (_name, values, wanted) => {
  const anyValue = (value: unknown): object => {
    if (Array.isArray(value)) return { arrayValue: { values: value.map(anyValue) } };
    return typeof value === 'number' ? { intValue: String(value) } : { stringValue: value };
  };
  const attributes = Object.entries(values).map(([key, value]) => ({ key, value: anyValue(value) }));
  expect(only(deliver(json({ ...TIMED, name: 'x', kind: 'SPAN_KIND_CLIENT', attributes }), asJson))).toMatchObject(
    wanted,
  );
});

describe('a request that cannot be taken', () => {
  const refusedAs = (taken: ReturnType<typeof takeIn>) => (taken as { message: string }).message;

  test.each([
    ['{"resourceSpans":[{]', 'the body: is not valid JSON'],
    ['[]', 'the body: must be an object'],
    ['{"resourceSpans":{}}', 'resourceSpans: must be a list'],
    [
      '{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":5}]}]}]}',
      'resourceSpans[0].scopeSpans[0].spans[0].traceId: must be a text',
    ],
    [
      '{"resourceSpans":[{"scopeSpans":[{"spans":[{"startTimeUnixNano":"noon"}]}]}]}',
      'spans[0].startTimeUnixNano: must be nanoseconds',
    ],
  ])('is told what is wrong with %s', (body, wanted) => {
    expect(refusedAs(deliver(Buffer.from(body), asJson))).toContain(wanted);
  });

  test('is told where its protobuf breaks off, or has another type', () => {
    const cut = protobufBody(SPAN).subarray(0, 40);
    expect(refusedAs(deliver(cut))).toMatch(/^The body is no ExportTraceServiceRequest: /);
    const wrong = message([1, message([2, message([2, Buffer.from([0x08, 0x01])])])]);
    expect(refusedAs(deliver(wrong))).toContain('resource_spans[0].scope_spans[0].spans[0]: field 1 is of wire type 0');
  });

  test('is turned away when it unpacks to more than it may', () => {
    const bomb = gzipSync(Buffer.alloc(MAX_UNPACKED_BYTES + 1));
    expect(bomb.length).toBeLessThan(100_000);
    expect(deliver(bomb, { isGzip: true })).toMatchObject({ refused: 'body_too_large' });
    expect(deliver(Buffer.from('not gzip'), { isGzip: true })).toMatchObject({ refused: 'request_invalid' });
  });
});

test('spans that say nothing are rejected one by one, with the first reason', () => {
  const spans = [
    { ...TIMED, traceId: '0'.repeat(32) },
    { ...TIMED, spanId: 'abc' },
    { ...TIMED, startTimeUnixNano: '1' },
    { ...TIMED, name: 'fine' },
  ];
  const taken = deliver(Buffer.from(JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] })), asJson);
  expect(taken).toMatchObject({ accepted: 1, rejected: 3, message: expect.stringContaining('trace id') });
});

test('more spans than a request may hold are rejected, not refused with the rest', () => {
  const span = protobufBody(SPAN);
  const taken = deliver(Buffer.concat(Array.from({ length: 20_010 }, () => span)));
  expect(taken).toMatchObject({ accepted: 20_000, rejected: 10, message: expect.stringContaining('20000') });
});

describe('bytes that anybody may send', () => {
  const sound = [protobufBody(SPAN), jsonBody(SPAN)] as const;

  test('are refused or taken, and never more than that', () => {
    const mutated = fc.tuple(
      fc.constantFrom(...sound),
      fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 8 }),
      fc.nat(),
    );
    fc.assert(
      fc.property(mutated, fc.boolean(), ([bytes, changes, end], isJson) => {
        const body = Buffer.from(bytes.subarray(0, (end % bytes.length) + 1));
        for (const [at, value] of changes) body[at % body.length] = value;
        const taken = deliver(body, isJson ? asJson : {});
        expect('refused' in taken || taken.accepted + taken.rejected >= 0).toBe(true);
      }),
      { numRuns: 2_000 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void deliver(bytes)),
      { numRuns: 1_000 },
    );
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), (text) => void deliver(Buffer.from(text), asJson)),
      { numRuns: 1_000 },
    );
  });

  test('do not lead deeper than the messages go', () => {
    let nested = message([1, 'deep']);
    for (let depth = 0; depth < 2_000; depth++) nested = message([5, message([1, nested])]);
    const deep = message([1, 'gen_ai.tool.name'], [2, nested]);
    const ids = [
      [1, randomBytes(16)],
      [2, randomBytes(8)],
    ] as const;
    const body = message([1, message([2, message([2, message(...ids, [9, deep])])])]);
    expect(deliver(body)).toMatchObject({ rejected: 1, message: expect.stringContaining('starts more than') });
    const brackets = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    expect(deliver(Buffer.from(brackets), asJson)).toHaveProperty('refused');
    const list = `${'{"arrayValue":{"values":['.repeat(20_000)}${']}}'.repeat(20_000)}`;
    const span = `{"traceId":"${SPAN.traceId}","spanId":"${SPAN.spanId}","startTimeUnixNano":"${NOW_MS}000000","attributes":[{"key":"gen_ai.tool.name","value":${list}}]}`;
    const text = `{"resourceSpans":[{"scopeSpans":[{"spans":[${span}]}]}]}`;
    expect(deliver(Buffer.from(text), asJson)).toMatchObject({ accepted: 1 });
  });
});
