import type { Behaviour } from '../behaviour.js';
import { type BilledUsage, type Generation, piecesOf } from '../generation.js';
import { type BedrockAnswer, EVENT_STREAM, eventMessage, exceptionMessage, PieceBuilder } from './answer.js';
import { type Body, generationFor } from './ask.js';

const LATENCY_MS = 420;

/** `inputTokens` leaves the cache out; both spellings of the cache counts are on the wire. */
function converseUsage(usage: BilledUsage): object {
  const writes = usage.cacheWrite5m + usage.cacheWrite1h;
  const cacheDetails = [
    { inputTokens: usage.cacheWrite1h, ttl: '1h' },
    { inputTokens: usage.cacheWrite5m, ttl: '5m' },
  ].filter(({ inputTokens }) => inputTokens > 0);
  return {
    ...(writes > 0 && { cacheDetails }),
    cacheReadInputTokenCount: usage.cachedInput,
    cacheReadInputTokens: usage.cachedInput,
    cacheWriteInputTokenCount: writes,
    cacheWriteInputTokens: writes,
    inputTokens: usage.input,
    outputTokens: usage.output,
    serverToolUsage: {},
    totalTokens: usage.input + usage.cachedInput + writes + usage.output,
  };
}

export function stopReasonOf(generation: Generation): string {
  if (generation.toolCall) return 'tool_use';
  return generation.isCutShort ? 'max_tokens' : 'end_turn';
}

function toolUseOf({ id, toolCall }: Generation): object | null {
  if (toolCall === null) return null;
  return {
    toolUse: { input: JSON.parse(toolCall.arguments) as unknown, name: toolCall.name, toolUseId: `tooluse_${id}` },
  };
}

/** What the answer says of how it was served. */
function servedAs(body: Body): object {
  const { serviceTier, performanceConfig } = body;
  return {
    ...(serviceTier !== undefined && { serviceTier }),
    ...(performanceConfig !== undefined && { performanceConfig }),
  };
}

export function converse(raw: Buffer, body: Body, behaviour: Behaviour): BedrockAnswer {
  const generation = generationFor(raw, body, behaviour);
  const content = [toolUseOf(generation) ?? { text: generation.words.join(' ') }];
  const answer = {
    metrics: { latencyMs: LATENCY_MS },
    output: { message: { content, role: 'assistant' } },
    ...servedAs(body),
    stopReason: stopReasonOf(generation),
    ...(behaviour.hasUsage && { usage: converseUsage(generation.usage) }),
  };
  return { kind: 'json', status: 200, headers: {}, body: JSON.stringify(answer), billed: generation.usage };
}

export function converseStream(raw: Buffer, body: Body, behaviour: Behaviour): BedrockAnswer {
  const generation = generationFor(raw, body, behaviour);
  const stream = new PieceBuilder(generation.usage.output);
  const add = (type: string, fields: object, options = {}) =>
    stream.add(eventMessage(type, { ...fields, p: 'abcdefghijklmnop'.slice(0, stream.pieces.length % 16) }), options);
  add('messageStart', { role: 'assistant' }, { tokens: generation.usage.reasoning });
  const at = { contentBlockIndex: 0 };
  if (generation.toolCall) {
    const { name, arguments: input } = generation.toolCall;
    add('contentBlockStart', { ...at, start: { toolUse: { name, toolUseId: `tooluse_${generation.id}` } } });
    add('contentBlockDelta', { ...at, delta: { toolUse: { input } } }, { tokens: generation.usage.output });
  } else {
    for (const text of piecesOf(generation.words)) add('contentBlockDelta', { ...at, delta: { text } }, { tokens: 1 });
  }
  add('contentBlockStop', at);
  add('messageStop', { stopReason: stopReasonOf(generation) });
  if (behaviour.hasUsage) {
    const usage = converseUsage(generation.usage);
    const fields = { metrics: { latencyMs: LATENCY_MS }, ...servedAs(body), usage };
    add('metadata', fields, { statesUsage: true, isTerminal: true });
  }
  return {
    kind: 'stream',
    contentType: EVENT_STREAM,
    headers: {},
    pieces: stream.pieces,
    fault: exceptionMessage('throttlingException', 'Too many tokens, please wait before trying again.'),
    billed: generation.usage,
  };
}
