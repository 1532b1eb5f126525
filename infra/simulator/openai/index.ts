import type { Answer, Call, Dialect } from '../answer.js';
import { SIMULATED_FAULTS } from '../behaviour.js';
import { tokensIn } from '../generation.js';
import { chatCompletion } from './chat.js';
import { createResponse } from './responses.js';

const MODELS = ['gpt-5.4', 'gpt-5.4-mini', 'gpt-5-mini', 'gpt-4.1-mini', 'o4-mini', 'text-embedding-3-small'];
const DIMENSIONS = 8;

const TYPES: Readonly<Record<number, string>> = {
  401: 'invalid_request_error',
  404: 'invalid_request_error',
  429: 'requests',
};
const CODES: Readonly<Record<number, string>> = {
  401: 'invalid_api_key',
  404: 'model_not_found',
  429: 'rate_limit_exceeded',
};

export const openaiDialect: Dialect = {
  requestIdHeader: 'x-request-id',
  error(status, message) {
    const type = TYPES[status] ?? (status >= 500 ? 'server_error' : 'invalid_request_error');
    return JSON.stringify({ error: { message, type, param: null, code: CODES[status] ?? null } });
  },
  answer(call) {
    switch (`${call.method} ${call.path}`) {
      case 'POST /v1/chat/completions':
        return chatCompletion(call);
      case 'POST /v1/responses':
        return createResponse(call);
      case 'POST /v1/embeddings':
        return embeddings(call);
      case 'GET /v1/models':
        return { kind: 'json', status: 200, body: modelList(call), billed: null };
      default:
        return null;
    }
  },
};

function modelList(call: Call): string {
  const data = [...MODELS, ...SIMULATED_FAULTS].map((id) => ({
    id,
    object: 'model',
    created: call.createdSeconds,
    owned_by: 'simulator',
  }));
  return JSON.stringify({ object: 'list', data });
}

function embeddings(call: Call): Answer {
  const inputs = Array.isArray(call.body.input) ? call.body.input : [call.body.input];
  const tokens = tokensIn(JSON.stringify(inputs).length);
  const vector = new Float32Array(DIMENSIONS).map((_, index) => (index + 1) / DIMENSIONS);
  // The official SDKs ask for base64 and decode it themselves.
  const isBase64 = call.body.encoding_format === 'base64';
  const embedding = isBase64 ? Buffer.from(vector.buffer).toString('base64') : [...vector];
  const data = inputs.map((_, index) => ({ object: 'embedding', index, embedding }));
  const usage = call.behaviour.hasUsage ? { usage: { prompt_tokens: tokens, total_tokens: tokens } } : {};
  const body = JSON.stringify({ object: 'list', data, model: call.body.model, ...usage });
  const billed = { input: tokens, cachedInput: 0, cacheWrite5m: 0, cacheWrite1h: 0, output: 0, reasoning: 0 };
  return { kind: 'json', status: 200, body, billed };
}
