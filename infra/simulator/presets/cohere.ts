import { type Answer, type Call, type Dialect, StreamBuilder } from '../answer.js';
import { SIMULATED_FAULTS } from '../behaviour.js';
import { type BilledUsage, type Generation, piecesOf, tokensIn } from '../generation.js';
import { generationFor } from '../openai/ask.js';
import { quirkyDialect } from './quirky-dialect.js';

/** Cohere's models see its templates too, and it does not bill them. */
const TEMPLATE_TOKENS = 66;
const MODELS = ['command-a-03-2025', 'embed-v4.0', 'rerank-v3.5'];

const error = (_status: number, message: string): object => ({ id: 'err-1', message });

const compatible = quirkyDialect({
  prefix: '/compatibility/v1',
  serves: ['/v1/chat/completions', '/v1/embeddings'],
  models: MODELS,
  refusesStreamOptions: true,
  streamUsage: 'last',
  usage: (billed) => ({
    prompt_tokens: promptOf(billed),
    completion_tokens: billed.output,
    total_tokens: promptOf(billed) + billed.output,
    prompt_tokens_details: { cached_tokens: billed.cachedInput },
  }),
  error,
  requestIdHeader: 'x-debug-trace-id',
});

/** https://docs.cohere.com/reference/about */
export const cohereDialect: Dialect = {
  ...compatible,
  answer(call) {
    switch (`${call.method} ${call.path}`) {
      case 'POST /v2/chat':
        return chat(call);
      case 'POST /v2/embed':
        return embed(call);
      case 'POST /v2/rerank':
        return rerank(call);
      case 'GET /v1/models':
        return json({ models: [...MODELS, ...SIMULATED_FAULTS].map((name) => ({ name, endpoints: ['chat'] })) }, null);
      default:
        return compatible.answer(call);
    }
  },
};

const promptOf = ({ input, cachedInput }: BilledUsage): number => input + cachedInput;

/** Cached tokens are told, not billed apart. */
const billedWhole = (usage: BilledUsage): BilledUsage => ({ ...usage, input: promptOf(usage), cachedInput: 0 });

function usageOf(usage: BilledUsage): object {
  const input = promptOf(usage);
  return {
    billed_units: { input_tokens: input, output_tokens: usage.output },
    tokens: { input_tokens: input + TEMPLATE_TOKENS, output_tokens: usage.output },
    cached_tokens: usage.cachedInput,
  };
}

function chat(call: Call): Answer {
  const generation = generationFor(call.raw, call.body, call.behaviour);
  if (call.body.stream === true) return streamed(call, generation);
  const content = [{ type: 'text', text: generation.words.join(' ') }];
  const message = { role: 'assistant', content };
  const usage = call.behaviour.hasUsage ? { usage: usageOf(generation.usage) } : {};
  const finish = generation.isCutShort ? 'MAX_TOKENS' : 'COMPLETE';
  return json({ id: generation.id, finish_reason: finish, message, ...usage }, billedWhole(generation.usage));
}

function streamed(call: Call, generation: Generation): Answer {
  const stream = new StreamBuilder(generation);
  const event = (type: string, fields: object): string =>
    `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`;
  const text = (content: object): object => ({ index: 0, delta: { message: { content } } });
  stream.add(event('message-start', { id: generation.id, delta: { message: { role: 'assistant', content: [] } } }));
  stream.add(event('content-start', text({ type: 'text', text: '' })));
  for (const piece of piecesOf(generation.words))
    stream.add(event('content-delta', text({ text: piece })), { tokens: 1 });
  stream.add(event('content-end', { index: 0 }));
  const usage = call.behaviour.hasUsage ? { usage: usageOf(generation.usage) } : {};
  stream.add(event('message-end', { delta: { finish_reason: 'COMPLETE', ...usage } }), {
    ...{ tokens: generation.usage.output, statesUsage: true },
  });
  stream.add('data: [DONE]\n\n', { isTerminal: true });
  return {
    kind: 'stream',
    events: stream.events,
    errorEvent: event('message-end', { delta: { finish_reason: 'ERROR', error: 'The model failed.' } }),
    billed: billedWhole(generation.usage),
  };
}

function embed(call: Call): Answer {
  const texts = Array.isArray(call.body.texts) ? call.body.texts : [];
  const input = tokensIn(JSON.stringify(texts).length);
  const meta = { api_version: { version: '2' }, billed_units: { input_tokens: input } };
  const embeddings = { float: texts.map(() => [0.1, 0.2, 0.3]) };
  const billed = { input, cachedInput: 0, cacheWrite5m: 0, cacheWrite1h: 0, output: 0, reasoning: 0 };
  return json({ id: 'embed-1', embeddings, texts, meta }, billed);
}

function rerank(call: Call): Answer {
  const documents = Array.isArray(call.body.documents) ? call.body.documents : [];
  const results = documents.map((_, index) => ({ index, relevance_score: 1 / (index + 1) }));
  const meta = { api_version: { version: '2' }, billed_units: { search_units: Math.ceil(documents.length / 100) } };
  return json({ id: 'rerank-1', results, meta }, null);
}

function json(body: object, billed: BilledUsage | null): Answer {
  return { kind: 'json', status: 200, body: JSON.stringify(body), billed };
}
