import { gzipSync } from 'node:zlib';
import type { Meters, ProviderType } from '@weir/contracts';
import { encoded } from '../../../../packages/providers/test/bedrock-events.js';

/** One answer of an upstream in the pieces it is sent in; only the last of them state what it used. */
export interface UpstreamAnswer {
  readonly name: string;
  readonly type: ProviderType;
  readonly path: string;
  readonly ask: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly pieces: readonly Buffer[];
  /** What a client that stays sees on the meter. */
  readonly meters: Meters;
}

const SSE = { 'content-type': 'text/event-stream' };
const JSON_TYPE = { 'content-type': 'application/json' };
export const sse = (event: unknown) =>
  Buffer.from(`data: ${typeof event === 'string' ? event : JSON.stringify(event)}\n\n`);
const named = (event: { readonly type: string; readonly [member: string]: unknown }) =>
  Buffer.from(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);

const WORDS = ['The ', 'river ', 'runs ', 'under ', 'the ', 'bridge.'];
const METERS: Meters = { input: 21, output: 6 };
const CHAT_USAGE = {
  prompt_tokens: 21,
  completion_tokens: 6,
  total_tokens: 27,
  prompt_tokens_details: { cached_tokens: 0 },
  completion_tokens_details: { reasoning_tokens: 0 },
};

const chunk = (content: string) => ({ model: 'gpt-5.4', choices: [{ index: 0, delta: { content } }] });
const chat = [
  ...WORDS.map((word) => sse(chunk(word))),
  sse({ model: 'gpt-5.4', choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }),
  Buffer.concat([sse({ model: 'gpt-5.4', choices: [], usage: CHAT_USAGE }), sse('[DONE]')]),
];

const whole = Buffer.from(
  JSON.stringify({
    model: 'gpt-5.4',
    choices: [{ index: 0, message: { role: 'assistant', content: WORDS.join('') }, finish_reason: 'stop' }],
    usage: CHAT_USAGE,
  }),
);

const messages = [
  named({
    type: 'message_start',
    message: { model: 'claude', usage: { input_tokens: 21, output_tokens: 1 } },
  }),
  named({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }),
  ...WORDS.map((text) => named({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } })),
  Buffer.concat([
    named({ type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 6 } }),
    named({ type: 'message_stop' }),
  ]),
];

const GEMINI_USAGE = { promptTokenCount: 21, candidatesTokenCount: 6, totalTokenCount: 27 };
const part = (text: string) => ({ candidates: [{ content: { role: 'model', parts: [{ text }] } }], modelVersion: 'g' });
const gemini = [
  ...WORDS.map((word, at) => Buffer.from(`${at === 0 ? '[' : ',\r\n'}${JSON.stringify(part(word))}`)),
  Buffer.from(`,\r\n${JSON.stringify({ ...part(''), usageMetadata: GEMINI_USAGE })}]`),
];

const event = (type: string, payload: unknown) =>
  encoded([
    { headers: { ':event-type': type, ':message-type': 'event', ':content-type': 'application/json' }, payload },
  ]);
const converse = [
  event('messageStart', { role: 'assistant' }),
  ...WORDS.map((text) => event('contentBlockDelta', { contentBlockIndex: 0, delta: { text } })),
  event('contentBlockStop', { contentBlockIndex: 0 }),
  event('messageStop', { stopReason: 'end_turn' }),
  event('metadata', { usage: { inputTokens: 21, outputTokens: 6, totalTokens: 27 }, metrics: { latencyMs: 9 } }),
];

/** The same bytes in as many pieces, the last of which holds what the compressor had yet to say. */
function zipped(pieces: readonly Buffer[]): Buffer[] {
  const bytes = gzipSync(Buffer.concat(pieces));
  const step = Math.ceil(bytes.length / pieces.length);
  return pieces.map((_piece, at) => bytes.subarray(at * step, (at + 1) * step)).filter(({ length }) => length > 0);
}

const CHAT_ASK = '{"model":"gpt-5.4","stream":true,"messages":[{"role":"user","content":"Where does the river run?"}]}';

export const ANSWERS: readonly UpstreamAnswer[] = [
  {
    name: 'server-sent events',
    type: 'openai',
    path: 'v1/chat/completions',
    ask: CHAT_ASK,
    headers: SSE,
    pieces: chat,
    meters: METERS,
  },
  {
    name: 'compressed server-sent events',
    type: 'mistral',
    path: 'v1/chat/completions',
    ask: CHAT_ASK,
    headers: { ...SSE, 'content-encoding': 'gzip' },
    pieces: zipped(chat),
    meters: METERS,
  },
  {
    name: 'a whole JSON body',
    type: 'openai',
    path: 'v1/chat/completions',
    ask: CHAT_ASK.replace('"stream":true,', ''),
    headers: { ...JSON_TYPE, 'content-length': String(whole.length) },
    pieces: [whole.subarray(0, 20), whole.subarray(20, whole.length - 10), whole.subarray(whole.length - 10)],
    meters: METERS,
  },
  {
    name: 'a Messages stream',
    type: 'anthropic',
    path: 'v1/messages',
    ask: '{"model":"claude","max_tokens":99,"stream":true,"messages":[{"role":"user","content":"Where?"}]}',
    headers: SSE,
    pieces: messages,
    meters: METERS,
  },
  {
    name: 'a Gemini array',
    type: 'google',
    path: 'v1beta/models/gemini-3-pro:streamGenerateContent',
    ask: '{"contents":[{"parts":[{"text":"Where does the river run?"}]}]}',
    headers: JSON_TYPE,
    pieces: gemini,
    meters: METERS,
  },
  {
    name: 'an AWS event stream',
    type: 'bedrock',
    path: 'model/amazon.nova-pro-v1%3A0/converse-stream',
    ask: '{"messages":[{"role":"user","content":[{"text":"Where does the river run?"}]}]}',
    headers: { 'content-type': 'application/vnd.amazon.eventstream' },
    pieces: converse,
    meters: METERS,
  },
];
