import type { ProviderType } from '@weir/contracts';
import { expect, it } from 'vitest';
import { providerTypeOf } from '../index.js';

const isAsked = (type: ProviderType, callPath: string, request: object) => {
  const { endpointOf, requestUsage } = providerTypeOf(type);
  const body = Buffer.from(JSON.stringify(request));
  return requestUsage(endpointOf('POST', callPath), body, request, callPath) !== null;
};

const CHAT = { model: 'm', stream: true, messages: [] };
const DEPLOYMENT = 'openai/deployments/d/chat/completions';

it.each<[ProviderType, string, object, boolean]>([
  ['mistral', 'v1/chat/completions', CHAT, false],
  ['groq', 'v1/chat/completions', CHAT, false],
  ['perplexity', 'chat/completions', CHAT, false],
  ['perplexity', 'router/v1/chat/completions', CHAT, true],
  ['ai21', 'v1/chat/completions', CHAT, false],
  ['cohere', 'v1/chat/completions', CHAT, false],
  ['cohere', 'v2/chat', CHAT, false],
  ['deepseek', 'v1/chat/completions', CHAT, true],
  ['deepseek', 'anthropic/v1/messages', CHAT, false],
  ['together', 'v1/chat/completions', CHAT, true],
  ['fireworks', 'v1/chat/completions', CHAT, true],
  ['xai', 'v1/chat/completions', CHAT, true],
  ['hugging_face', 'v1/chat/completions', CHAT, true],
  ['ollama', 'v1/chat/completions', CHAT, true],
  ['ollama', 'api/chat', CHAT, false],
  ['replicate', 'v1/predictions', CHAT, false],
  ['azure_openai', 'openai/v1/chat/completions', CHAT, true],
  ['azure_openai', `${DEPLOYMENT}?api-version=2024-10-21`, CHAT, true],
  ['azure_openai', DEPLOYMENT, CHAT, true],
  ['azure_openai', `${DEPLOYMENT}?api-version=2024-06-01`, CHAT, false],
  ['azure_openai', `${DEPLOYMENT}?api%2Dversion=2024-06-01`, CHAT, false],
  ['azure_openai', `${DEPLOYMENT}?api-version=2024-10-21`, { ...CHAT, data_sources: [{}] }, false],
  ['azure_foundry', 'models/chat/completions', CHAT, false],
  ['azure_foundry', 'openai/v1/chat/completions', CHAT, true],
  ['azure_foundry', 'openai/v1/chat/completions', { ...CHAT, model: 'Mistral-Large-2411' }, false],
  ['azure_foundry', 'anthropic/v1/messages', CHAT, false],
])('%s %s: a stream is asked for usage only where that is understood', (type, callPath, request, wanted) => {
  expect(isAsked(type, callPath, request)).toBe(wanted);
});
