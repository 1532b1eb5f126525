import { type Answer, type Call, StreamBuilder } from '../answer.js';
import { type BilledUsage, type Generation, piecesOf } from '../generation.js';
import { generationFor, isThinking } from './ask.js';

/** Anthropic counts the input apart from the cache. */
function messageUsage(usage: BilledUsage): Record<string, unknown> {
  return {
    input_tokens: usage.input,
    cache_creation_input_tokens: usage.cacheWrite5m + usage.cacheWrite1h,
    cache_read_input_tokens: usage.cachedInput,
    cache_creation: { ephemeral_5m_input_tokens: usage.cacheWrite5m, ephemeral_1h_input_tokens: usage.cacheWrite1h },
    output_tokens: usage.output,
    service_tier: 'standard',
  };
}

export function createMessage(call: Call): Answer {
  const generation = generationFor(call.raw, call.body, call.behaviour);
  if (call.body.stream === true) return streamed(call, generation);
  const usage = call.behaviour.hasUsage ? { usage: messageUsage(generation.usage) } : {};
  const message = { ...envelope(call, generation), content: blocksOf(call, generation), ...usage };
  return { kind: 'json', status: 200, body: JSON.stringify(message), billed: generation.usage };
}

function stopReason(generation: Generation): string {
  if (generation.toolCall) return 'tool_use';
  return generation.isCutShort ? 'max_tokens' : 'end_turn';
}

function envelope(call: Call, generation: Generation): object {
  return {
    id: `msg_${generation.id}`,
    type: 'message',
    role: 'assistant',
    model: call.body.model,
    content: [],
    stop_reason: stopReason(generation),
    stop_sequence: null,
  };
}

const THOUGHT = { thinking: 'The reader wants a short answer.', signature: 'c2ltdWxhdG9y' };

function blocksOf(call: Call, generation: Generation): object[] {
  const thinking = isThinking(call.body) ? [{ type: 'thinking', ...THOUGHT }] : [];
  const { toolCall, id } = generation;
  const block = toolCall
    ? { type: 'tool_use', id: `toolu_${id}`, name: toolCall.name, input: JSON.parse(toolCall.arguments) as unknown }
    : { type: 'text', text: generation.words.join(' ') };
  return [...thinking, block];
}

function streamed(call: Call, generation: Generation): Answer {
  const stream = new StreamBuilder(generation);
  const { hasUsage } = call.behaviour;
  const add = (type: string, fields: object, options = {}): void =>
    stream.add(`event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`, options);
  // As the real API does: the output of `message_start` is a placeholder, the totals come at the end.
  const opening = hasUsage ? { usage: { ...messageUsage(generation.usage), output_tokens: 1 } } : {};
  add('message_start', { message: { ...envelope(call, generation), stop_reason: null, ...opening } });
  add('ping', {});
  let index = 0;
  const block = (start: object, deltas: readonly object[], tokens: number): void => {
    add('content_block_start', { index, content_block: start });
    for (const delta of deltas) add('content_block_delta', { index, delta }, { tokens });
    add('content_block_stop', { index });
    index++;
  };
  if (isThinking(call.body)) {
    const start = { type: 'thinking', thinking: '', signature: '' };
    const deltas = [
      { type: 'thinking_delta', thinking: THOUGHT.thinking },
      { type: 'signature_delta', signature: THOUGHT.signature },
    ];
    block(start, deltas, generation.usage.reasoning);
  }
  if (generation.toolCall) {
    const { name, arguments: json } = generation.toolCall;
    const start = { type: 'tool_use', id: `toolu_${generation.id}`, name, input: {} };
    block(start, [{ type: 'input_json_delta', partial_json: json }], generation.usage.output);
  } else {
    const deltas = piecesOf(generation.words).map((text) => ({ type: 'text_delta', text }));
    block({ type: 'text', text: '' }, deltas, 1);
  }
  const { cache_creation: _split, service_tier: _tier, ...totals } = messageUsage(generation.usage);
  const closing = hasUsage ? { usage: totals } : {};
  const delta = { stop_reason: stopReason(generation), stop_sequence: null };
  add('message_delta', { delta, ...closing }, { statesUsage: hasUsage });
  add('message_stop', {}, { isTerminal: true });
  const error = JSON.stringify({ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } });
  const errorEvent = `event: error\ndata: ${error}\n\n`;
  return { kind: 'stream', events: stream.events, errorEvent, billed: generation.usage };
}
