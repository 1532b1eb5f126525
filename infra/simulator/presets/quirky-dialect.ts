import type { Answer, Call, Dialect, StreamEvent } from '../answer.js';
import { SIMULATED_FAULTS } from '../behaviour.js';
import type { BilledUsage } from '../generation.js';
import { openaiDialect } from '../openai/index.js';
import type { Quirks } from './quirks.js';

type Chunk = Record<string, unknown>;
/** A name the OpenAI dialect takes for a reasoning model's. */
const REASONING_MODEL = 'o4-mini';

/** OpenAI's dialect as one hosted API speaks it. */
export function quirkyDialect(quirks: Quirks): Dialect {
  return {
    requestIdHeader: quirks.requestIdHeader,
    error: (status, message) => JSON.stringify(quirks.error(status, message)),
    answer(call) {
      const path = openaiPath(quirks, call.path);
      if (path === null) return null;
      if (path === '/v1/models') return listed(quirks);
      if (call.body.stream_options !== undefined && quirks.refusesStreamOptions) {
        return {
          kind: 'json',
          status: 422,
          body: JSON.stringify(quirks.error(422, 'Extra inputs are not permitted')),
          billed: null,
        };
      }
      const answer = openaiDialect.answer(asked(quirks, { ...call, path }));
      return answer && (path === '/v1/chat/completions' ? rewritten(quirks, call, answer) : renamed(call, answer));
    },
  };
}

function openaiPath({ prefix, moved, serves }: Quirks, path: string): string | null {
  const elsewhere = moved?.[path];
  if (elsewhere !== undefined) return elsewhere;
  const own = path.startsWith(`${prefix}/`) ? `/v1${path.slice(prefix.length)}` : null;
  return own !== null && serves.some((served) => served === own) ? own : null;
}

/** The request as OpenAI would take it: usage always asked for where it is always stated. */
function asked({ isReasoning, streamUsage }: Quirks, call: Call): Call {
  const { model } = call.body;
  const isThinking = typeof model === 'string' && isReasoning?.test(model);
  const options = streamUsage === 'asked' ? {} : { stream_options: { include_usage: true } };
  return { ...call, body: { ...call.body, ...options, ...(isThinking && { model: REASONING_MODEL }) } };
}

function listed({ models, modelList }: Quirks): Answer {
  const ids = [...models, ...SIMULATED_FAULTS];
  const body = modelList?.(ids) ?? {
    object: 'list',
    data: ids.map((id) => ({ id, object: 'model', owned_by: 'simulator' })),
  };
  return { kind: 'json', status: 200, body: JSON.stringify(body), billed: null };
}

function renamed(call: Call, answer: Answer): Answer {
  if (answer.kind === 'stream') return answer;
  const body = JSON.parse(answer.body) as Chunk;
  return { ...answer, body: JSON.stringify({ ...body, model: call.body.model }) };
}

function rewritten(quirks: Quirks, call: Call, answer: Answer): Answer {
  const billed = answer.billed as BilledUsage;
  const { model } = call.body;
  if (answer.kind === 'json') {
    const body = JSON.parse(answer.body) as Chunk;
    const usage = body.usage === undefined ? {} : { usage: quirks.usage(billed) };
    return { ...answer, body: JSON.stringify({ ...body, model, ...usage }) };
  }
  return { ...answer, events: answer.events.flatMap((event) => rewrittenEvent(quirks, model, billed, event)) };
}

function rewrittenEvent(quirks: Quirks, model: unknown, billed: BilledUsage, event: StreamEvent): StreamEvent[] {
  const { streamUsage } = quirks;
  if (event.isTerminal) return quirks.hasDone === false ? [] : [event];
  const chunk = JSON.parse(event.text.slice('data: '.length)) as Chunk;
  const choices = chunk.choices as { finish_reason: string | null }[];
  const isLast = choices.some(({ finish_reason }) => finish_reason !== null);
  const isAlone = choices.length === 0;
  if (isAlone && streamUsage !== 'asked') return [];
  const { usage: _usage, ...rest } = chunk;
  const usage = quirks.usage(isLast || isAlone ? billed : soFar(billed, event.outputTokens));
  const stated =
    streamUsage === 'x_groq'
      ? { x_groq: { id: 'req_groq', ...(isLast && { usage }) } }
      : isAlone || streamUsage === 'every' || (streamUsage === 'last' && isLast)
        ? { usage }
        : {};
  const statesUsage = isAlone || (streamUsage !== 'asked' && isLast);
  return [{ ...event, statesUsage, text: `data: ${JSON.stringify({ ...rest, model, ...stated })}\n\n` }];
}

function soFar(billed: BilledUsage, output: number): BilledUsage {
  return { ...billed, output, reasoning: Math.min(billed.reasoning, output) };
}
