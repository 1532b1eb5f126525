import { type Answer, type Call, StreamBuilder } from '../answer.js';
import { type BilledUsage, type Generation, piecesOf } from '../generation.js';
import { generationFor, tierFor } from './ask.js';

/** OpenAI's totals include their parts. */
export function chatUsage(usage: BilledUsage): object {
  const prompt = usage.input + usage.cachedInput + usage.cacheWrite5m + usage.cacheWrite1h;
  const writes = usage.cacheWrite5m + usage.cacheWrite1h;
  return {
    prompt_tokens: prompt,
    completion_tokens: usage.output,
    total_tokens: prompt + usage.output,
    prompt_tokens_details: {
      cached_tokens: usage.cachedInput,
      audio_tokens: 0,
      ...(writes > 0 && { cache_write_tokens: writes }),
    },
    completion_tokens_details: {
      reasoning_tokens: usage.reasoning,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  };
}

export function chatCompletion(call: Call): Answer {
  const { body, raw, behaviour } = call;
  const generation = generationFor(raw, body, behaviour);
  return body.stream === true ? streamed(call, generation) : whole(call, generation);
}

function finishReason(generation: Generation): string {
  if (generation.toolCall) return 'tool_calls';
  return generation.isCutShort ? 'length' : 'stop';
}

function toolCallOf(generation: Generation): object | null {
  const call = generation.toolCall;
  return call && { id: `call_${generation.id}`, type: 'function', function: call };
}

function envelope(call: Call, generation: Generation, object: string): object {
  return {
    id: `chatcmpl-${generation.id}`,
    object,
    created: call.createdSeconds,
    model: call.body.model,
    service_tier: tierFor(call.body),
    system_fingerprint: 'fp_simulator',
  };
}

function whole(call: Call, generation: Generation): Answer {
  const toolCall = toolCallOf(generation);
  const message = {
    role: 'assistant',
    content: toolCall ? null : generation.words.join(' '),
    refusal: null,
    annotations: [],
    ...(toolCall && { tool_calls: [toolCall] }),
  };
  const choices = [{ index: 0, message, logprobs: null, finish_reason: finishReason(generation) }];
  const usage = call.behaviour.hasUsage ? { usage: chatUsage(generation.usage) } : {};
  const body = JSON.stringify({ ...envelope(call, generation, 'chat.completion'), choices, ...usage });
  return { kind: 'json', status: 200, body, billed: generation.usage };
}

function streamed(call: Call, generation: Generation): Answer {
  const { behaviour, body } = call;
  const options = body.stream_options as { include_usage?: unknown } | null | undefined;
  const isUsageAsked = options?.include_usage === true && behaviour.hasUsage;
  const stream = new StreamBuilder(generation);
  const head = envelope(call, generation, 'chat.completion.chunk');
  const chunk = (delta: object, finish: string | null, tokens = 0): void => {
    const choices = [{ index: 0, delta, logprobs: null, finish_reason: finish }];
    const soFar = { ...generation.usage, output: Math.min(generation.usage.output, stream.written + tokens) };
    const usage = behaviour.isUsageContinuous ? { usage: chatUsage(soFar) } : isUsageAsked ? { usage: null } : {};
    stream.add(data({ ...head, choices, ...usage }), { tokens, statesUsage: behaviour.isUsageContinuous });
  };
  chunk({ role: 'assistant', content: '', refusal: null }, null, generation.usage.reasoning);
  const toolCall = toolCallOf(generation);
  if (toolCall) chunk({ tool_calls: [{ index: 0, ...toolCall }] }, null, generation.usage.output);
  for (const piece of piecesOf(generation.words)) chunk({ content: piece }, null, 1);
  chunk({}, finishReason(generation));
  if (isUsageAsked) {
    const usageChunk = data({ ...head, choices: [], usage: chatUsage(generation.usage) });
    stream.add(usageChunk, { statesUsage: true });
  }
  stream.add('data: [DONE]\n\n', { isTerminal: true });
  const error = { message: 'The server had an error while processing your request', type: 'server_error', param: null };
  return {
    kind: 'stream',
    events: stream.events,
    errorEvent: data({ error: { ...error, code: 'server_error' } }),
    billed: generation.usage,
  };
}

function data(payload: object): string {
  return `data: ${JSON.stringify(payload)}\n\n`;
}
