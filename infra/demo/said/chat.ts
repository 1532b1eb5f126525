import { type Bodies, type Exchange, inDeltas, type StoryCall, tokensIn } from './exchange.js';
import type { Tool } from './story.js';

/** Prompts are cached from this length on, in steps. */
const CACHED_FROM_TOKENS = 1_024;
const CACHE_STEP_TOKENS = 128;

/** A call of chat completions. */
export function chatBodies(call: StoryCall): Bodies {
  const { story, system, past, answer } = call;
  const earlier = [{ role: 'system', content: system }, ...past.flatMap(messagesOf)];
  const request = JSON.stringify({
    model: story.model,
    messages: [...earlier, ...questions(past.at(-1) ?? null, call.asks)],
    ...(story.tools.length > 0 && { tools: story.tools.map(toolOf) }),
    ...(story.streamed && { stream: true, stream_options: { include_usage: true } }),
  });
  const { fails } = answer;
  if (fails !== undefined) {
    const error = { error: { message: fails.message, type: fails.type, param: null, code: fails.type } };
    return { request, response: JSON.stringify(error), status: fails.status, contentType: 'application/json' };
  }
  const usage = usageOf(request, past.length === 0 ? 0 : tokensIn(JSON.stringify(earlier)), answer);
  return story.streamed
    ? { request, response: streamOf(call, usage), status: 200, contentType: 'text/event-stream; charset=utf-8' }
    : { request, response: wholeOf(call, usage), status: 200, contentType: 'application/json' };
}

const toolOf = ({ name, does, parameters }: Tool) => {
  const properties = Object.fromEntries(parameters.map((parameter) => [parameter, { type: 'string' }]));
  const schema = { type: 'object', properties, required: parameters.slice(0, 1) };
  return { type: 'function', function: { name, description: does, parameters: schema } };
};

function questions(before: Exchange | null, asks: string | null): object[] {
  if (asks !== null) return [{ role: 'user', content: asks }];
  const { calls = [], callIds } = before?.answer ?? { callIds: [] };
  return calls.map(({ result }, at) => ({ role: 'tool', tool_call_id: callIds[at], content: result }));
}

function messagesOf({ asks, answer }: Exchange, at: number, past: readonly Exchange[]): object[] {
  return [...questions(past[at - 1] ?? null, asks), messageOf(answer)];
}

function messageOf({ says, calls = [], callIds }: Exchange['answer']): object {
  const toolCalls = calls.map(({ name, input }, at) => ({
    id: callIds[at],
    type: 'function',
    function: { name, arguments: JSON.stringify(input) },
  }));
  return { role: 'assistant', content: says ?? null, ...(toolCalls.length > 0 && { tool_calls: toolCalls }) };
}

function usageOf(request: string, earlierTokens: number, answer: Exchange['answer']) {
  const prompt = tokensIn(request);
  const completion = tokensIn(JSON.stringify(messageOf(answer)));
  const isCached = earlierTokens >= CACHED_FROM_TOKENS;
  const cached = isCached ? Math.floor(earlierTokens / CACHE_STEP_TOKENS) * CACHE_STEP_TOKENS : 0;
  return {
    ...{ prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion },
    prompt_tokens_details: { cached_tokens: Math.min(cached, prompt) },
    completion_tokens_details: { reasoning_tokens: 0 },
  };
}

const reasonOf = ({ calls = [] }: Exchange['answer']) => (calls.length > 0 ? 'tool_calls' : 'stop');

function wholeOf({ story, answer, id }: StoryCall, usage: object): string {
  const choice = { index: 0, message: messageOf(answer), finish_reason: reasonOf(answer) };
  return JSON.stringify({
    ...{ id: `chatcmpl-${id}`, object: 'chat.completion', model: story.model },
    ...{ choices: [choice], usage },
  });
}

function streamOf({ story, answer, id }: StoryCall, usage: object): string {
  const chunk = (choices: readonly object[], more: object = {}) =>
    `data: ${JSON.stringify({ id: `chatcmpl-${id}`, object: 'chat.completion.chunk', model: story.model, choices, ...more })}\n\n`;
  const delta = (added: object) => chunk([{ index: 0, delta: added, finish_reason: null }]);
  const calls = (answer.calls ?? []).map(({ name, input }, index) =>
    delta({
      tool_calls: [
        { index, id: answer.callIds[index], type: 'function', function: { name, arguments: JSON.stringify(input) } },
      ],
    }),
  );
  return [
    delta({ role: 'assistant', content: '' }),
    ...inDeltas(answer.says ?? '').map((content) => delta({ content })),
    ...calls,
    chunk([{ index: 0, delta: {}, finish_reason: reasonOf(answer) }]),
    chunk([], { usage }),
    'data: [DONE]\n\n',
  ].join('');
}
