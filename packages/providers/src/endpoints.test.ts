import type { ProviderType } from '@weir/contracts';
import { expect, it } from 'vitest';
import { providerTypeOf } from './index.js';

it.each<[ProviderType, string, string, string]>([
  ['openai', 'POST', 'v1/chat/completions', 'chat.completions'],
  ['openai', 'POST', 'chat/completions', 'chat.completions'],
  ['openai', 'POST', 'v1/ch%61t//completions/?x=1', 'chat.completions'],
  ['openai', 'GET', 'v1/chat/completions', 'opaque'],
  ['openai', 'POST', 'v1/completions', 'completions'],
  ['openai', 'POST', 'v1/responses', 'responses'],
  ['openai', 'GET', 'v1/responses/resp_1?stream=true', 'opaque'],
  ['openai', 'POST', 'v1/responses/resp_1/cancel', 'opaque'],
  ['openai', 'POST', 'v1/responses/input_tokens', 'opaque'],
  ['openai', 'POST', 'v1/embeddings', 'embeddings'],
  ['openai', 'GET', 'v1/models', 'models'],
  ['openai', 'GET', 'v1/models/gpt-5', 'models'],
  ['openai', 'DELETE', 'v1/models/ft:gpt', 'opaque'],
  ['openai', 'POST', 'v1/mychat/completionsx', 'opaque'],
  ['openai', 'GET', 'v1/files/%', 'opaque'],
  ['openai_compatible', 'POST', 'openai/deployments/prod-chat/chat/completions?api-version=1', 'chat.completions'],
  ['openai_compatible', 'POST', 'api/v1/chat/completions', 'chat.completions'],
  ['anthropic', 'POST', 'v1/messages?beta=true', 'messages'],
  ['anthropic', 'POST', 'messages', 'messages'],
  ['anthropic', 'POST', 'v1/messages/count_tokens', 'messages.count_tokens'],
  ['anthropic', 'POST', 'v1/messages/batches', 'opaque'],
  ['anthropic', 'GET', 'v1/messages', 'opaque'],
  ['anthropic', 'GET', 'v1/models', 'models'],
  ['anthropic', 'POST', 'v1/chat/completions', 'opaque'],
])('%s %s %s is %s', (type, method, path, endpoint) => {
  expect(providerTypeOf(type).endpointOf(method, path)).toBe(endpoint);
});
