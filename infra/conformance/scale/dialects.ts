import type { Body } from '../case/body.js';
import { type Encoded, encodeBody } from '../wire/encode.js';
import type { DialectName, PlannedStream } from './plan.js';

/** How one dialect says what a stream of the plan is. */
export interface ScaleDialect {
  readonly providerType: string;
  readonly model: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  request(nonce: string): object;
  /** The answer's events: first those that carry text, each of them one, then what ends it. */
  answer(stream: PlannedStream): Encoded;
  /** One event that says that something went wrong. */
  fault(): Buffer;
}

type Event = Extract<Body, { sse: unknown }>['sse'][number];
type Message = Extract<Body, { awsEvents: unknown }>['awsEvents'][number];

const sse = (events: readonly Omit<Event, 'times'>[]): Encoded =>
  encodeBody({ sse: events.map((event) => ({ ...event, times: 1 })), lineEnd: '\n' });
const aws = (messages: readonly Omit<Message, 'times' | 'isWrapped'>[]): Encoded =>
  encodeBody({ awsEvents: messages.map((message) => ({ ...message, times: 1, isWrapped: false })) });
const words = ({ deltas }: PlannedStream): string[] => Array.from({ length: deltas }, (_, at) => `word ${at} `);
const named = (type: string, data: object) => ({ event: type, data: { type, ...data } });
const readOf = ({ tokens }: PlannedStream): number =>
  tokens.input + tokens.cachedInput + tokens.cacheWrite5m + tokens.cacheWrite1h;
const ask = (nonce: string) => [{ role: 'user', content: nonce }];

const chat = (model: string): ScaleDialect => ({
  ...{ providerType: 'openai', model, settings: {}, path: 'v1/chat/completions', headers: {} },
  request: (nonce) => ({ model, stream: true, stream_options: { include_usage: true }, messages: ask(nonce) }),
  answer(stream) {
    const chunk = (more: object) => ({
      data: { id: 'c', object: 'chat.completion.chunk', created: 1, model, ...more },
    });
    const choice = (delta: object, finish_reason: string | null) => ({ choices: [{ index: 0, delta, finish_reason }] });
    const { cachedInput, output } = stream.tokens;
    const read = readOf(stream);
    const usage = {
      ...{ prompt_tokens: read, completion_tokens: output, total_tokens: read + output },
      prompt_tokens_details: { cached_tokens: cachedInput },
    };
    return sse([
      ...words(stream).map((content) => chunk(choice({ content }, null))),
      chunk(choice({}, 'stop')),
      chunk({ choices: [], usage }),
      { data: '[DONE]' },
    ]);
  },
  fault: () => only(sse([{ data: { error: { message: 'broken', type: 'server_error', code: 'server_error' } } }])),
});

const responses: ScaleDialect = {
  ...{ providerType: 'openai', model: 'scale-responses', settings: {}, path: 'v1/responses', headers: {} },
  request: (nonce) => ({ model: 'scale-responses', stream: true, input: nonce }),
  answer(stream) {
    const { cachedInput, output } = stream.tokens;
    const read = readOf(stream);
    const usage = {
      ...{ input_tokens: read, input_tokens_details: { cached_tokens: cachedInput }, output_tokens: output },
      ...{ output_tokens_details: { reasoning_tokens: 0 }, total_tokens: read + output },
    };
    const response = { id: 'r', object: 'response', status: 'completed', model: 'scale-responses', output: [], usage };
    return sse([
      ...words(stream).map((delta) => named('response.output_text.delta', { item_id: 'm', output_index: 0, delta })),
      named('response.completed', { response }),
    ]);
  },
  fault: () => only(sse([named('error', { code: 'server_error', message: 'broken', param: null })])),
};

const messages: ScaleDialect = {
  ...{ providerType: 'anthropic', model: 'scale-claude', settings: {}, path: 'v1/messages' },
  headers: { 'anthropic-version': '2023-06-01' },
  request: (nonce) => ({ model: 'scale-claude', max_tokens: 4_096, stream: true, messages: ask(nonce) }),
  answer(stream) {
    const { input, cachedInput, cacheWrite5m, cacheWrite1h, output } = stream.tokens;
    const usage = {
      ...{ input_tokens: input, cache_read_input_tokens: cachedInput, output_tokens: 1 },
      cache_creation_input_tokens: cacheWrite5m + cacheWrite1h,
      cache_creation: { ephemeral_5m_input_tokens: cacheWrite5m, ephemeral_1h_input_tokens: cacheWrite1h },
    };
    const begin = { id: 'm', type: 'message', role: 'assistant', model: 'scale-claude', content: [], usage };
    const [first, ...rest] = words(stream).map((text) =>
      named('content_block_delta', { index: 0, delta: { type: 'text_delta', text } }),
    );
    return sse([
      // The head of the message goes out with the first text, so that events are counted alike in all dialects.
      {
        raw: `event: message_start\ndata: ${JSON.stringify({ type: 'message_start', message: begin })}\n\n${text(first)}`,
      },
      ...rest,
      named('content_block_stop', { index: 0 }),
      named('message_delta', { delta: { stop_reason: 'end_turn' }, usage: { output_tokens: output } }),
      named('message_stop', {}),
    ]);
  },
  fault: () => only(sse([named('error', { error: { type: 'overloaded_error', message: 'Overloaded' } })])),
};

const gemini: ScaleDialect = {
  ...{ providerType: 'google', model: 'scale-gemini', settings: {}, headers: {} },
  path: 'v1beta/models/scale-gemini:streamGenerateContent?alt=sse',
  request: (nonce) => ({ contents: [{ role: 'user', parts: [{ text: nonce }] }] }),
  answer(stream) {
    const { cachedInput, output } = stream.tokens;
    const read = readOf(stream);
    const part = (text: string, more: object) => ({
      data: {
        candidates: [{ content: { role: 'model', parts: [{ text }] }, index: 0 }],
        modelVersion: 'scale-gemini',
        ...more,
      },
    });
    const usageMetadata = {
      ...{ promptTokenCount: read, cachedContentTokenCount: cachedInput },
      ...{ candidatesTokenCount: output, totalTokenCount: read + output },
    };
    const last = { candidates: [{ finishReason: 'STOP', index: 0 }], modelVersion: 'scale-gemini', usageMetadata };
    return sse([...words(stream).map((word) => part(word, {})), { data: last }]);
  },
  fault: () => only(sse([{ data: { error: { code: 500, message: 'broken', status: 'INTERNAL' } } }])),
};

const CONVERSE_MODEL = 'scale.converse-v1:0';
const converse: ScaleDialect = {
  ...{ providerType: 'bedrock', model: CONVERSE_MODEL, settings: { region: 'us-east-1' }, headers: {} },
  path: `model/${encodeURIComponent(CONVERSE_MODEL)}/converse-stream`,
  request: (nonce) => ({ messages: [{ role: 'user', content: [{ text: nonce }] }] }),
  answer(stream) {
    const { input, cachedInput, output } = stream.tokens;
    const usage = {
      ...{ inputTokens: input, outputTokens: output, totalTokens: readOf(stream) + output },
      ...{ cacheReadInputTokens: cachedInput, cacheWriteInputTokens: 0 },
    };
    const event = (type: string, payload: Message['payload']) => ({ type, payload, isException: false });
    return aws([
      ...words(stream).map((text) => event('contentBlockDelta', { contentBlockIndex: 0, delta: { text } })),
      event('messageStop', { stopReason: 'end_turn' }),
      event('metadata', { usage, metrics: { latencyMs: 1 } }),
    ]);
  },
  fault: () => only(aws([{ type: 'throttlingException', isException: true, payload: { message: 'Too many tokens' } }])),
};

const only = ({ events }: Encoded): Buffer => events[0] as Buffer;
const text = (event: Omit<Event, 'times'> | undefined): string =>
  event === undefined ? '' : only(sse([event])).toString('utf8');

export const SCALE_DIALECTS: Readonly<Record<DialectName, ScaleDialect>> = {
  chat: chat('scale-chat'),
  responses,
  messages,
  gemini,
  converse,
  compatible: { ...chat('scale-compatible'), providerType: 'openai_compatible' },
};
