import { type Answer, type Call, type Dialect, StreamBuilder } from '../answer.js';
import { SIMULATED_FAULTS } from '../behaviour.js';
import { type BilledUsage, type Generation, piecesOf, tokensIn } from '../generation.js';
import { generationFor } from '../openai/ask.js';
import { chatUsage } from '../openai/chat.js';
import { quirkyDialect } from './quirky-dialect.js';

const MODELS = ['llama3.2', 'qwen3:8b', 'all-minilm'];
const CREATED_AT = '2026-01-01T00:00:00Z';

const error = (_status: number, message: string): object => ({ error: message });

const compatible = quirkyDialect({
  prefix: '/v1',
  serves: ['/v1/chat/completions', '/v1/responses', '/v1/embeddings', '/v1/models'],
  models: MODELS,
  streamUsage: 'asked',
  usage: chatUsage,
  error,
  requestIdHeader: 'x-request-id',
});

/** https://docs.ollama.com/api */
export const ollamaDialect: Dialect = {
  ...compatible,
  answer(call) {
    switch (`${call.method} ${call.path}`) {
      case 'POST /api/chat':
        return written(call, (content) => ({ message: { role: 'assistant', content } }));
      case 'POST /api/generate':
        return written(call, (response) => ({ response }));
      case 'POST /api/embed':
        return embed(call);
      case 'GET /api/tags':
        return json({ models: [...MODELS, ...SIMULATED_FAULTS].map((name) => ({ name, model: name })) }, null);
      default:
        return compatible.answer(call);
    }
  },
};

/** Nothing is cached between calls that it would tell of. */
const billedWhole = (usage: BilledUsage): BilledUsage => ({
  ...usage,
  input: usage.input + usage.cachedInput,
  cachedInput: 0,
  reasoning: 0,
});

function written(call: Call, said: (text: string) => object): Answer {
  const generation = generationFor(call.raw, call.body, call.behaviour);
  const billed = billedWhole(generation.usage);
  const line = (fields: object): object => ({ model: call.body.model, created_at: CREATED_AT, ...fields });
  const counts = call.behaviour.hasUsage ? { prompt_eval_count: billed.input, eval_count: billed.output } : {};
  const end = {
    done: true,
    done_reason: generation.isCutShort ? 'length' : 'stop',
    total_duration: 5_000_000,
    ...counts,
  };
  if (call.body.stream === false) return json(line({ ...said(generation.words.join(' ')), ...end }), billed);
  return streamed(generation, billed, (text) => line({ ...said(text), done: false }), line({ ...said(''), ...end }));
}

function streamed(generation: Generation, billed: BilledUsage, said: (text: string) => object, end: object): Answer {
  const stream = new StreamBuilder(generation);
  for (const piece of piecesOf(generation.words)) stream.add(`${JSON.stringify(said(piece))}\n`, { tokens: 1 });
  stream.add(`${JSON.stringify(end)}\n`, { tokens: billed.output, statesUsage: true, isTerminal: true });
  const errorEvent = `${JSON.stringify({ error: 'an error was encountered while running the model' })}\n`;
  return { kind: 'stream', contentType: 'application/x-ndjson', events: stream.events, errorEvent, billed };
}

function embed(call: Call): Answer {
  const inputs = Array.isArray(call.body.input) ? call.body.input : [call.body.input];
  const input = tokensIn(JSON.stringify(inputs).length);
  const billed = { input, cachedInput: 0, cacheWrite5m: 0, cacheWrite1h: 0, output: 0, reasoning: 0 };
  const embeddings = inputs.map(() => [0.1, 0.2, 0.3]);
  return json({ model: call.body.model, embeddings, total_duration: 5_000_000, prompt_eval_count: input }, billed);
}

function json(body: object, billed: BilledUsage | null): Answer {
  return { kind: 'json', status: 200, body: JSON.stringify(body), billed };
}
