import { type Answer, type Call, StreamBuilder } from '../answer.js';
import { type BilledUsage, type Generation, piecesOf } from '../generation.js';
import { generationFor, tierFor } from './ask.js';

function responseUsage(usage: BilledUsage): object {
  const input = usage.input + usage.cachedInput + usage.cacheWrite5m + usage.cacheWrite1h;
  return {
    input_tokens: input,
    input_tokens_details: {
      cached_tokens: usage.cachedInput,
      cache_write_tokens: usage.cacheWrite5m + usage.cacheWrite1h,
    },
    output_tokens: usage.output,
    output_tokens_details: { reasoning_tokens: usage.reasoning },
    total_tokens: input + usage.output,
  };
}

export function createResponse(call: Call): Answer {
  const generation = generationFor(call.raw, call.body, call.behaviour);
  if (call.body.stream === true) return streamed(call, generation);
  const body = JSON.stringify(finished(call, generation));
  return { kind: 'json', status: 200, body, billed: generation.usage };
}

type Item = { readonly id: string; readonly type: string } & Readonly<Record<string, unknown>>;

function itemOf(generation: Generation): Item {
  const { id, toolCall } = generation;
  if (toolCall) {
    return { id: `fc_${id}`, type: 'function_call', status: 'completed', call_id: `call_${id}`, ...toolCall };
  }
  const content = [{ type: 'output_text', annotations: [], logprobs: [], text: generation.words.join(' ') }];
  return { id: `msg_${id}`, type: 'message', status: 'completed', role: 'assistant', content };
}

function response(call: Call, generation: Generation, status: string, output: readonly Item[]): object {
  const { body } = call;
  return {
    id: `resp_${generation.id}`,
    object: 'response',
    created_at: call.createdSeconds,
    status,
    background: false,
    error: null,
    incomplete_details: status === 'incomplete' ? { reason: 'max_output_tokens' } : null,
    instructions: body.instructions ?? null,
    max_output_tokens: body.max_output_tokens ?? null,
    model: body.model,
    output,
    parallel_tool_calls: true,
    previous_response_id: body.previous_response_id ?? null,
    reasoning: { effort: null, summary: null },
    service_tier: status === 'in_progress' ? 'auto' : tierFor(body),
    store: body.store ?? true,
    temperature: 1,
    text: { format: { type: 'text' } },
    tool_choice: body.tool_choice ?? 'auto',
    tools: body.tools ?? [],
    top_p: 1,
    truncation: 'disabled',
    usage: status === 'in_progress' || !call.behaviour.hasUsage ? null : responseUsage(generation.usage),
    metadata: body.metadata ?? {},
  };
}

function finished(call: Call, generation: Generation): object {
  return response(call, generation, generation.isCutShort ? 'incomplete' : 'completed', [itemOf(generation)]);
}

function streamed(call: Call, generation: Generation): Answer {
  const stream = new StreamBuilder(generation);
  let sequence = 0;
  const text = (type: string, fields: object): string =>
    `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number: sequence++, ...fields })}\n\n`;
  const item = itemOf(generation);
  const at = { item_id: item.id, output_index: 0 };
  stream.add(text('response.created', { response: response(call, generation, 'in_progress', []) }));
  stream.add(text('response.in_progress', { response: response(call, generation, 'in_progress', []) }), {
    tokens: generation.usage.reasoning,
  });
  const started = generation.toolCall ? { arguments: '' } : { content: [] };
  stream.add(
    text('response.output_item.added', { output_index: 0, item: { ...item, status: 'in_progress', ...started } }),
  );
  if (generation.toolCall) {
    const delta = generation.toolCall.arguments;
    stream.add(text('response.function_call_arguments.delta', { ...at, delta }), { tokens: generation.usage.output });
    stream.add(text('response.function_call_arguments.done', { ...at, ...generation.toolCall }));
  } else {
    const part = { type: 'output_text', annotations: [], logprobs: [], text: '' };
    const inPart = { ...at, content_index: 0 };
    stream.add(text('response.content_part.added', { ...inPart, part }));
    for (const delta of piecesOf(generation.words)) {
      stream.add(text('response.output_text.delta', { ...inPart, delta, logprobs: [] }), { tokens: 1 });
    }
    const whole = generation.words.join(' ');
    stream.add(text('response.output_text.done', { ...inPart, text: whole, logprobs: [] }));
    stream.add(text('response.content_part.done', { ...inPart, part: { ...part, text: whole } }));
  }
  stream.add(text('response.output_item.done', { output_index: 0, item }));
  const end = generation.isCutShort ? 'response.incomplete' : 'response.completed';
  stream.add(text(end, { response: finished(call, generation) }), {
    statesUsage: call.behaviour.hasUsage,
    isTerminal: true,
  });
  const error = { code: 'server_error', message: 'The server had an error while processing your request', param: null };
  return { kind: 'stream', events: stream.events, errorEvent: text('error', error), billed: generation.usage };
}
