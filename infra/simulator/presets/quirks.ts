import type { BilledUsage } from '../generation.js';
import { chatUsage } from '../openai/chat.js';

/** How one hosted API departs from OpenAI's dialect. */
export interface Quirks {
  /** Path below which it has OpenAI's endpoints; they are `/v1/…` to OpenAI itself. */
  readonly prefix: string;
  /** Endpoints it has at another address: its own path, then OpenAI's. */
  readonly moved?: Readonly<Record<string, string>>;
  readonly serves: readonly ('/v1/chat/completions' | '/v1/responses' | '/v1/embeddings' | '/v1/models')[];
  readonly models: readonly string[];
  readonly isReasoning?: RegExp;
  /** Answers 422 to a field it does not know. */
  readonly refusesStreamOptions?: boolean;
  /**
   * Where a chat stream states usage: as OpenAI, only when asked; `last`: always, in the chunk that ends the answer;
   * `x_groq`: there, under that name; `every`: in each chunk.
   */
  readonly streamUsage: 'asked' | 'last' | 'x_groq' | 'every';
  readonly hasDone?: boolean;
  readonly usage: (billed: BilledUsage) => object;
  readonly modelList?: (ids: readonly string[]) => object;
  readonly error: (status: number, message: string) => object;
  readonly requestIdHeader: string;
}

const promptOf = ({ input, cachedInput }: BilledUsage): number => input + cachedInput;
const openaiError = (status: number, message: string): object => ({
  error: { message, type: status === 401 ? 'authentication_error' : 'invalid_request_error', code: `http_${status}` },
});
const plain = (billed: BilledUsage): object => ({
  prompt_tokens: promptOf(billed),
  completion_tokens: billed.output,
  total_tokens: promptOf(billed) + billed.output,
});
const CHAT_ONLY = ['/v1/chat/completions', '/v1/models'] as const;

/** USD per call and per token in 10^-10 USD: what such an upstream would state as its own price. */
export const XAI_TICKS = { input: 20_000, cachedInput: 5_000, output: 100_000 } as const;
export const PERPLEXITY_MICRO_USD = { request: 5_000, token: 1 } as const;

export function xaiTicks({ input, cachedInput, output }: BilledUsage): number {
  return input * XAI_TICKS.input + cachedInput * XAI_TICKS.cachedInput + output * XAI_TICKS.output;
}

export function perplexityUsd(billed: BilledUsage): string {
  const micro = PERPLEXITY_MICRO_USD.request + (promptOf(billed) + billed.output) * PERPLEXITY_MICRO_USD.token;
  return `0.${String(micro).padStart(6, '0')}`;
}

export const QUIRKS = {
  mistral: {
    prefix: '/v1',
    serves: ['/v1/chat/completions', '/v1/embeddings', '/v1/models'],
    models: ['mistral-large-latest', 'codestral-latest', 'mistral-embed'],
    refusesStreamOptions: true,
    streamUsage: 'last',
    usage: (billed) => ({ ...plain(billed), num_cached_tokens: billed.cachedInput }),
    error: (status, message) => ({
      object: 'error',
      message,
      type: 'invalid_request_error',
      param: null,
      code: status,
    }),
    requestIdHeader: 'mistral-correlation-id',
  },
  groq: {
    prefix: '/openai/v1',
    serves: ['/v1/chat/completions', '/v1/responses', '/v1/models'],
    models: ['openai/gpt-oss-120b', 'llama-3.3-70b-versatile'],
    streamUsage: 'x_groq',
    usage: (billed) => ({
      ...{ queue_time: 0.01, prompt_time: 0.002, completion_time: 0.04, total_time: 0.042 },
      ...plain(billed),
      prompt_tokens_details: { cached_tokens: billed.cachedInput },
    }),
    error: openaiError,
    requestIdHeader: 'x-request-id',
  },
  deepseek: {
    prefix: '/v1',
    serves: CHAT_ONLY,
    models: ['deepseek-chat', 'deepseek-reasoner'],
    isReasoning: /reasoner/,
    streamUsage: 'asked',
    usage: (billed) => ({
      ...plain(billed),
      prompt_tokens_details: { cached_tokens: billed.cachedInput },
      completion_tokens_details: { reasoning_tokens: billed.reasoning },
      prompt_cache_hit_tokens: billed.cachedInput,
      prompt_cache_miss_tokens: billed.input,
    }),
    error: openaiError,
    requestIdHeader: 'x-ds-trace-id',
  },
  together: {
    prefix: '/v1',
    serves: ['/v1/chat/completions', '/v1/embeddings', '/v1/models'],
    models: ['meta-llama/Llama-3.3-70B-Instruct-Turbo', 'BAAI/bge-large-en-v1.5'],
    streamUsage: 'last',
    usage: (billed) => ({ ...plain(billed), cached_tokens: billed.cachedInput }),
    // The bare list, without an envelope.
    modelList: (ids) => ids.map((id) => ({ id, object: 'model', created: 0, type: 'chat' })),
    error: openaiError,
    requestIdHeader: 'x-request-id',
  },
  perplexity: {
    prefix: '/v1',
    moved: { '/chat/completions': '/v1/chat/completions' },
    serves: ['/v1/responses', '/v1/embeddings', '/v1/models'],
    models: ['sonar', 'sonar-reasoning-pro', 'perplexity/sonar'],
    isReasoning: /reasoning/,
    refusesStreamOptions: true,
    streamUsage: 'every',
    hasDone: false,
    usage: (billed) => ({
      prompt_tokens: promptOf(billed),
      completion_tokens: billed.output - billed.reasoning,
      total_tokens: promptOf(billed) + billed.output - billed.reasoning,
      search_context_size: 'low',
      ...(billed.reasoning > 0 && { reasoning_tokens: billed.reasoning, citation_tokens: 40, num_search_queries: 3 }),
      prompt_tokens_details: { cached_tokens: billed.cachedInput },
      cost: { request_cost: 0.005, total_cost: Number(perplexityUsd(billed)) },
    }),
    error: (status, message) => ({ error: { message, type: 'invalid_request', code: status } }),
    requestIdHeader: 'x-request-id',
  },
  fireworks: {
    prefix: '/inference/v1',
    serves: ['/v1/chat/completions', '/v1/responses', '/v1/embeddings', '/v1/models'],
    models: ['accounts/fireworks/models/deepseek-v3p1'],
    streamUsage: 'last',
    usage: (billed) => ({ ...plain(billed), prompt_tokens_details: { cached_tokens: billed.cachedInput } }),
    error: (status, message) => ({
      error: { object: 'error', type: 'invalid_request_error', code: `HTTP_${status}`, message },
    }),
    requestIdHeader: 'x-request-id',
  },
  ai21: {
    prefix: '/studio/v1',
    serves: CHAT_ONLY,
    models: ['jamba-large', 'jamba-mini'],
    refusesStreamOptions: true,
    streamUsage: 'last',
    usage: (billed) => ({ ...plain(billed), prompt_tokens_details: { cached_tokens: billed.cachedInput } }),
    error: (_status, message) => ({ detail: message }),
    requestIdHeader: 'x-request-id',
  },
  xai: {
    prefix: '/v1',
    serves: ['/v1/chat/completions', '/v1/responses', '/v1/models'],
    models: ['grok-4', 'grok-code-fast-1'],
    isReasoning: /grok-4/,
    streamUsage: 'asked',
    usage: (billed) => ({
      prompt_tokens: promptOf(billed),
      completion_tokens: billed.output - billed.reasoning,
      total_tokens: promptOf(billed) + billed.output,
      prompt_tokens_details: { text_tokens: promptOf(billed), cached_tokens: billed.cachedInput },
      completion_tokens_details: { reasoning_tokens: billed.reasoning },
      num_sources_used: 0,
      cost_in_usd_ticks: xaiTicks(billed),
    }),
    error: (_status, message) => ({ code: 'Client specified an invalid argument', error: message }),
    requestIdHeader: 'x-request-id',
  },
  hugging_face: {
    prefix: '/v1',
    serves: ['/v1/chat/completions', '/v1/responses', '/v1/models'],
    models: ['openai/gpt-oss-120b', 'deepseek-ai/DeepSeek-V3.1'],
    streamUsage: 'asked',
    usage: chatUsage,
    error: openaiError,
    requestIdHeader: 'x-request-id',
  },
} as const satisfies Record<string, Quirks>;
