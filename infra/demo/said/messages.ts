import { type Bodies, type Exchange, inDeltas, type StoryCall, tokensIn } from './exchange.js';
import type { Tool } from './story.js';

const CACHE = { type: 'ephemeral' };

/** A call of Anthropic's Messages, streamed; the past is read from its cache. */
export function messagesBodies(call: StoryCall): Bodies {
  const { story, system, past, answer } = call;
  const request = JSON.stringify({
    ...{ model: story.model, max_tokens: 16_000, stream: true },
    system: [{ type: 'text', text: system, cache_control: CACHE }],
    tools: story.tools.map(toolOf),
    messages: [...past.flatMap(messagesOf), question(past.at(-1) ?? null, call.asks)],
  });
  const { fails } = answer;
  if (fails !== undefined) {
    const error = { type: 'error', error: { type: fails.type, message: fails.message }, request_id: `req_${call.id}` };
    return { request, response: JSON.stringify(error), status: fails.status, contentType: 'application/json' };
  }
  const response = streamOf(call, request);
  return { request, response, status: 200, contentType: 'text/event-stream; charset=utf-8' };
}

const toolOf = ({ name, does, parameters }: Tool) => ({
  name,
  description: does,
  input_schema: {
    type: 'object',
    properties: Object.fromEntries(parameters.map((parameter) => [parameter, { type: 'string' }])),
    required: parameters.slice(0, 1),
  },
});

/** What a person says, or what the tools that were called before answered. */
function question(before: Exchange | null, asks: string | null): object {
  if (asks !== null) return { role: 'user', content: [{ type: 'text', text: asks }] };
  const { calls = [], callIds } = before?.answer ?? { callIds: [] };
  const content = calls.map(({ result, isError }, at) => ({
    ...{ type: 'tool_result', tool_use_id: callIds[at], content: result },
    ...(isError && { is_error: true }),
  }));
  return { role: 'user', content };
}

function messagesOf({ asks, answer }: Exchange, at: number, past: readonly Exchange[]): object[] {
  return [question(past[at - 1] ?? null, asks), { role: 'assistant', content: blocksOf(answer) }];
}

type Block =
  | { readonly type: 'thinking'; readonly thinking: string; readonly signature: string }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'tool_use'; readonly id: string | undefined; readonly name: string; readonly input: object };

function blocksOf({ thinks, says, calls = [], callIds }: Exchange['answer']): Block[] {
  return [
    ...(thinks === undefined ? [] : [{ type: 'thinking' as const, thinking: thinks, signature: 'ZGVtbw==' }]),
    ...(says === undefined ? [] : [{ type: 'text' as const, text: says }]),
    ...calls.map(({ name, input }, at) => ({ type: 'tool_use' as const, id: callIds[at], name, input })),
  ];
}

/** The beginning of a block, and what a stream adds to it. */
function deltasOf(block: Block): [begin: object, deltas: object[]] {
  if (block.type === 'text') {
    return [{ type: 'text', text: '' }, inDeltas(block.text).map((text) => ({ type: 'text_delta', text }))];
  }
  if (block.type === 'thinking') {
    const { thinking, signature } = block;
    const deltas = inDeltas(thinking).map((part) => ({ type: 'thinking_delta', thinking: part }));
    return [{ ...block, thinking: '', signature: '' }, [...deltas, { type: 'signature_delta', signature }]];
  }
  const deltas = inDeltas(JSON.stringify(block.input)).map((part) => ({
    type: 'input_json_delta',
    partial_json: part,
  }));
  return [{ ...block, input: {} }, deltas];
}

function usageOf({ system, story, past }: StoryCall, request: string) {
  const all = tokensIn(request);
  const [before] = past.slice(-1);
  const fixed = tokensIn(system + JSON.stringify(story.tools.map(toolOf)));
  const added = before === undefined ? all - fixed : tokensIn(JSON.stringify(messagesOf(before, 1, past.slice(-2))));
  const fresh = Math.min(all, 6);
  const written = Math.max(0, Math.min(before === undefined ? all - fresh : added, all - fresh));
  return {
    input_tokens: fresh,
    cache_creation_input_tokens: written,
    cache_read_input_tokens: all - fresh - written,
    cache_creation: { ephemeral_5m_input_tokens: written, ephemeral_1h_input_tokens: 0 },
  };
}

function streamOf(call: StoryCall, request: string): string {
  const { story, answer, id } = call;
  const blocks = blocksOf(answer);
  const output = tokensIn(JSON.stringify(blocks));
  const reason = (answer.calls ?? []).length > 0 ? 'tool_use' : 'end_turn';
  const message = { id: `msg_${id}`, type: 'message', role: 'assistant', model: story.model, content: [] };
  const usage = { ...usageOf(call, request), output_tokens: 1 };
  const events = [
    { type: 'message_start', message: { ...message, stop_reason: null, stop_sequence: null, usage } },
    ...blocks.flatMap((block, index) => {
      const [begin, deltas] = deltasOf(block);
      return [
        { type: 'content_block_start', index, content_block: begin },
        ...deltas.map((delta) => ({ type: 'content_block_delta', index, delta })),
        { type: 'content_block_stop', index },
      ];
    }),
    {
      type: 'message_delta',
      delta: { stop_reason: reason, stop_sequence: null },
      usage: { output_tokens: output },
    },
    { type: 'message_stop' },
  ];
  return events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join('');
}
