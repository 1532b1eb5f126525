import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Message, OutputMessage } from '../message/message.js';
import { part } from '../message/part.js';
import { readRequest } from '../request/index.js';
import { openAiRecord } from './openai.js';
import { otelRecord } from './otel.js';
import type { ExportedTurn } from './turn.js';

/**
 * What the published schemas demand, and more: they take any part of any type, while here one whose type they define has to be as they
 * define it. https://github.com/open-telemetry/semantic-conventions-genai/tree/main/model/gen-ai
 * (gen-ai-input-messages.json, gen-ai-output-messages.json, gen-ai-system-instructions.json, gen-ai-tool-definitions.json)
 */
const text = z.string();
const media = { modality: text, mime_type: text.nullish(), transcript: text.nullish() };
const defined = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('text'), content: text }),
  z.looseObject({ type: z.literal('reasoning'), content: text }),
  z.looseObject({ type: z.literal('tool_call'), id: text.nullish(), name: text, arguments: z.unknown() }),
  z.looseObject({ type: z.literal('tool_call_response'), id: text.nullish(), response: z.unknown() }),
  z.looseObject({
    ...{ type: z.literal('server_tool_call'), id: text.nullish(), name: text },
    server_tool_call: z.looseObject({ type: text }),
  }),
  z.looseObject({
    ...{ type: z.literal('server_tool_call_response'), id: text.nullish() },
    server_tool_call_response: z.looseObject({ type: text }),
  }),
  z.looseObject({ type: z.literal('blob'), ...media, content: text }),
  z.looseObject({ type: z.literal('uri'), ...media, uri: text }),
  z.looseObject({ type: z.literal('file'), ...media, file_id: text }),
  z.looseObject({ type: z.literal('compaction'), id: text.nullish(), content: text.nullish() }),
]);
const DEFINED: ReadonlySet<string> = new Set(
  defined.options.map((option) => [...option.shape.type.values][0] as string),
);
const conventionPart = z.looseObject({ type: text }).superRefine((value, context) => {
  if (!DEFINED.has(value.type)) return;
  for (const issue of defined.safeParse(value).error?.issues ?? []) context.addIssue({ ...issue, code: 'custom' });
});
const conventionMessage = z.looseObject({ role: text, parts: z.array(conventionPart), name: text.nullish() });
const ATTRIBUTES = z.looseObject({
  'gen_ai.operation.name': text,
  'gen_ai.provider.name': text,
  'gen_ai.conversation.id': text,
  'gen_ai.input.messages': z.array(conventionMessage),
  'gen_ai.output.messages': z.array(conventionMessage),
  'gen_ai.system_instructions': z.array(conventionPart).optional(),
  'gen_ai.tool.definitions': z.array(z.looseObject({ type: text, name: text })).optional(),
  'gen_ai.response.finish_reasons': z.array(text).optional(),
  'gen_ai.usage.input_tokens': z.int().optional(),
  'weir.cost.usd': z
    .string()
    .regex(/^\d+(\.\d+)?$/)
    .optional(),
});

const BODY = { state: 'whole', reason: null };
const turn = (over: Partial<ExportedTurn>): ExportedTurn => ({
  ...{ eventId: 'e1', callId: 'c1', conversationId: 'k1', parentEventId: null, relation: 'starts', responseId: 'r1' },
  inputKnown: 0,
  ...{ traceId: null, spanId: null, startedAt: 1_000, durationMs: 250.5, firstTokenMs: null, app: 'shop', user: null },
  ...{ agent: null, provider: 'main', providerType: 'anthropic', requestedModel: 'm', servedModel: 'm-1' },
  ...{ streamed: false, isFailed: false, status: 200, errorCode: null, upstreamErrorCode: null },
  ...{ upstreamErrorMessage: null, request: BODY, response: BODY, system: null, tools: null, inputs: [], outputs: [] },
  missing: 0,
  usage: {
    ...{ inputTokens: null, cachedInputTokens: null, cacheWriteTokens: null, outputTokens: null },
    ...{ reasoningTokens: null, costUsd: null, unpricedTurns: 0, unratedTurns: 1 },
  },
  ...over,
});
const attributes = (of: ExportedTurn) => otelRecord(of).attributes as Record<string, unknown>;

const word = fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' });
const anyPart = fc.oneof(
  word.map((content) => ({ type: 'text' as const, content })),
  word.map((content) => ({ type: 'reasoning' as const, content })),
  word.map((content) => ({ type: 'refusal' as const, content })),
  fc
    .record({ id: fc.option(word), name: word, arguments: fc.jsonValue() })
    .map((call) => ({ type: 'tool_call' as const, ...call })),
  word.map((id) => ({ type: 'tool_call_response' as const, id, response: 'done' })),
  word.map((sha256) => ({
    ...{ type: 'blob' as const, modality: 'image' as const, mime_type: 'image/png', size_bytes: 3, sha256 },
  })),
  word.map((uri) => ({ type: 'uri' as const, modality: 'image' as const, mime_type: null, uri })),
  word.map((native_type) => ({ type: 'other' as const, native_type, content: { a: 1 } })),
);
const message = fc.record({
  role: fc.constantFrom('user' as const, 'assistant' as const, 'tool' as const),
  parts: fc.array(
    anyPart.map((one) => part.parse(JSON.parse(JSON.stringify(one)))),
    { maxLength: 4 },
  ),
});

describe('a span of the GenAI conventions', () => {
  test('fits the published schemas whatever was said, and holds all of it', () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 5 }), fc.array(message, { maxLength: 2 }), (inputs, answers) => {
        const outputs = answers.map(
          (one): OutputMessage => ({ ...one, finish_reason: 'stop', native_finish_reason: 'end' }),
        );
        const found = ATTRIBUTES.parse(attributes(turn({ inputs, outputs })));
        const back = JSON.parse(
          JSON.stringify(found['gen_ai.input.messages']).replaceAll('weir.blob_reference', 'blob'),
        );
        expect(back).toEqual(inputs);
      }),
      { numRuns: 300 },
    );
  });

  test('leaves out what is not known, and never says 0 for it', () => {
    const unknown = attributes(turn({ requestedModel: null, outputs: [] }));
    expect(Object.keys(unknown).filter((name) => name.startsWith('gen_ai.usage.'))).toEqual([]);
    expect(unknown).not.toHaveProperty(['gen_ai.request.model']);
    expect(unknown).not.toHaveProperty(['weir.cost.usd']);
    expect(unknown['weir.cost.state']).toBe('unrated');
    const usage = {
      ...{ inputTokens: 10, cachedInputTokens: 5, cacheWriteTokens: null, outputTokens: 0, reasoningTokens: null },
      ...{ costUsd: '0.000000000123', unpricedTurns: 0, unratedTurns: 0 },
    };
    expect(attributes(turn({ usage }))).toMatchObject({
      'gen_ai.usage.input_tokens': 15,
      'gen_ai.usage.output_tokens': 0,
      'weir.cost.usd': '0.000000000123',
      'weir.cost.state': 'priced',
    });
  });

  test('says what was withheld, redacted and is gone, and what failed', () => {
    const failed = turn({
      ...{ isFailed: true, status: 429, upstreamErrorCode: 'rate_limit', missing: 2 },
      ...{ request: { state: 'withheld', reason: 'truncated' }, response: { state: 'redacted', reason: null } },
    });
    expect(attributes(failed)).toMatchObject({
      ...{ 'weir.request.state': 'withheld', 'weir.request.reason': 'truncated', 'weir.response.state': 'redacted' },
      ...{ 'weir.messages.missing': 2, 'error.type': 'rate_limit', 'http.response.status_code': 429 },
    });
    expect(otelRecord(failed).status).toEqual({ code: 'ERROR' });
  });
});

const user = (content: string): Message => ({ role: 'user', parts: [{ type: 'text', content }] });

describe('messages of Chat Completions', () => {
  test('say the same again when they are read as a request of that dialect', () => {
    const inputs: Message[] = [
      {
        role: 'user',
        parts: [
          { type: 'text', content: 'Look' },
          { type: 'uri', modality: 'image', mime_type: null, uri: 'https://x.example/a.png' },
        ],
      },
      {
        role: 'assistant',
        parts: [
          { type: 'text', content: 'I do' },
          { type: 'tool_call', id: 't1', name: 'gauge', arguments: { at: [1, 'b'] } },
        ],
      },
      { role: 'tool', parts: [{ type: 'tool_call_response', id: 't1', response: '4.21' }] },
      user('And now?'),
    ];
    const outputs: OutputMessage[] = [
      {
        role: 'assistant',
        parts: [{ type: 'text', content: 'High.' }],
        finish_reason: 'stop',
        native_finish_reason: 'stop',
      },
    ];
    const system: Message = { role: 'system', parts: [{ type: 'text', content: 'Be brief.' }] };
    const tools = [{ type: 'function', name: 'gauge', description: 'reads', parameters: { type: 'object' } }];
    const record = openAiRecord(turn({ system, inputs, outputs, tools }));
    const read = readRequest('chat.completions', Buffer.from(JSON.stringify(record)));
    expect(read.inputMessages).toEqual([...inputs, { role: 'assistant', parts: outputs[0]?.parts }]);
    expect(read.systemInstructions).toEqual(system.parts);
    expect(read.toolDefinitions).toEqual(tools);
    expect(record.metadata).not.toHaveProperty('weir_left_out');
  });

  test('that follow what the upstream keeps name the turn before, so that they are taken for no whole request', () => {
    const result: Message = { role: 'tool', parts: [{ type: 'tool_call_response', id: 't1', response: '4.21' }] };
    const kept = turn({ parentEventId: 'e0', relation: 'continues', inputs: [result] });
    expect(openAiRecord(kept).metadata).toMatchObject({ weir_goes_on_from: 'e0' });
    for (const whole of [{ ...kept, inputKnown: 1 }, { ...kept, relation: 'spawned' }, turn({ inputs: [result] })]) {
      expect(openAiRecord(whole).metadata).not.toHaveProperty('weir_goes_on_from');
    }
  });

  test('name what they have no place for, and join calls without an id to their answers', () => {
    const inputs: Message[] = [
      user('Go'),
      {
        role: 'assistant',
        parts: [
          { type: 'reasoning', content: 'Hm' },
          { type: 'tool_call', id: null, name: 'gauge', arguments: {} },
        ],
      },
      { role: 'tool', parts: [{ type: 'tool_call_response', id: null, name: 'gauge', response: { level: 4 } }] },
    ];
    const record = openAiRecord(turn({ inputs, request: { state: 'redacted', reason: null }, missing: 1 })) as {
      messages: { tool_calls?: { id: string }[]; tool_call_id?: string; content: unknown }[];
      metadata: Record<string, string>;
    };
    expect(record.messages[1]).toMatchObject({ content: null });
    expect(record.messages[2]).toMatchObject({
      tool_call_id: record.messages[1]?.tool_calls?.[0]?.id,
      content: '{"level":4}',
    });
    expect(record.metadata).toMatchObject({
      ...{ weir_left_out: 'reasoning ×1', weir_request: 'redacted', weir_missing: '1', weir_cost_usd: 'unrated' },
    });
    expect(Object.keys(record.metadata).length).toBeLessThanOrEqual(16);
  });
});
