import type { Dialect } from '../answer.js';
import { SIMULATED_FAULTS } from '../behaviour.js';
import { tokensIn } from '../generation.js';
import { promptOf } from './ask.js';
import { createMessage } from './messages.js';

const MODELS = ['claude-opus-4-6', 'claude-sonnet-4-6', 'claude-sonnet-4-5', 'claude-haiku-4-5'];
const CREATED_AT = '2025-10-01T00:00:00Z';

/** https://docs.anthropic.com/en/api/errors */
const TYPES: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  529: 'overloaded_error',
};

export const anthropicDialect: Dialect = {
  requestIdHeader: 'request-id',
  error: (status, message) => JSON.stringify({ type: 'error', error: { type: TYPES[status] ?? 'api_error', message } }),
  answer(call) {
    switch (`${call.method} ${call.path}`) {
      case 'POST /v1/messages':
        return createMessage(call);
      case 'POST /v1/messages/count_tokens': {
        const body = JSON.stringify({ input_tokens: tokensIn(promptOf(call.body).length) });
        return { kind: 'json', status: 200, body, billed: null };
      }
      case 'GET /v1/models':
        return { kind: 'json', status: 200, body: modelList(), billed: null };
      default:
        return null;
    }
  },
};

function modelList(): string {
  const data = [...MODELS, ...SIMULATED_FAULTS].map((id) => ({
    type: 'model',
    id,
    display_name: id,
    created_at: CREATED_AT,
  }));
  return JSON.stringify({ data, has_more: false, first_id: data[0]?.id, last_id: data.at(-1)?.id });
}
