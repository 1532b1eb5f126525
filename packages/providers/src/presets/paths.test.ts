import type { ProviderType } from '@weir/contracts';
import { describe, expect, it } from 'vitest';
import { providerTypeOf } from '../index.js';

const pathOf = (type: ProviderType, callPath: string, base?: string) => {
  const { baseUrlFor, upstreamPath } = providerTypeOf(type);
  return upstreamPath(new URL(base ?? baseUrlFor({}) ?? 'https://r.openai.azure.com').pathname, callPath, {});
};

describe('a call reaches the upstream’s own address', () => {
  it.each<[ProviderType, string, string]>([
    ['mistral', 'v1/chat/completions', '/v1/chat/completions'],
    ['mistral', 'v1/fim/completions', '/v1/fim/completions'],
    ['groq', 'v1/chat/completions', '/openai/v1/chat/completions'],
    ['groq', 'chat/completions', '/openai/v1/chat/completions'],
    ['groq', 'openai/v1/chat/completions', '/openai/v1/chat/completions'],
    ['fireworks', 'v1/messages', '/inference/v1/messages'],
    ['fireworks', 'inference/v1/chat/completions?x=1', '/inference/v1/chat/completions?x=1'],
    ['ai21', 'studio/v1/chat/completions', '/studio/v1/chat/completions'],
    ['together', 'v1/rerank', '/v1/rerank'],
    ['xai', 'v1/responses', '/v1/responses'],
    ['deepseek', 'v1/chat/completions', '/v1/chat/completions'],
    ['deepseek', 'chat/completions', '/v1/chat/completions'],
    ['deepseek', 'beta/completions', '/beta/completions'],
    ['deepseek', 'anthropic/v1/messages', '/anthropic/v1/messages'],
    ['hugging_face', 'chat/completions', '/v1/chat/completions'],
    ['hugging_face', 'v1/models', '/v1/models'],
    [
      'hugging_face',
      'hf-inference/models/BAAI/bge-m3/pipeline/feature-extraction',
      '/hf-inference/models/BAAI/bge-m3/pipeline/feature-extraction',
    ],
    ['perplexity', 'v1/chat/completions', '/chat/completions'],
    ['perplexity', 'chat/completions?x=1', '/chat/completions?x=1'],
    ['perplexity', 'responses', '/v1/responses'],
    ['perplexity', 'v1/agent', '/v1/agent'],
    ['perplexity', 'router/v1/chat/completions', '/router/v1/chat/completions'],
    ['perplexity', 'models', '/v1/models'],
    ['cohere', 'v1/chat/completions', '/compatibility/v1/chat/completions'],
    ['cohere', 'embeddings', '/compatibility/v1/embeddings'],
    ['cohere', 'compatibility/v1/chat/completions', '/compatibility/v1/chat/completions'],
    ['cohere', 'v2/chat', '/v2/chat'],
    ['cohere', 'v1/models?page_size=1', '/v1/models?page_size=1'],
    ['cohere', 'models', '/v1/models'],
    ['replicate', 'v1/models/a/b/predictions', '/v1/models/a/b/predictions'],
    ['replicate', 'predictions', '/v1/predictions'],
    ['ollama', 'v1/chat/completions', '/v1/chat/completions'],
    ['ollama', 'chat/completions', '/v1/chat/completions'],
    ['ollama', 'api/chat', '/api/chat'],
    ['azure_openai', 'openai/v1/responses', '/openai/v1/responses'],
    ['azure_openai', 'v1/chat/completions', '/openai/v1/chat/completions'],
    ['azure_openai', 'embeddings', '/openai/v1/embeddings'],
    [
      'azure_openai',
      'openai/deployments/d/embeddings?api-version=2025-01-01',
      '/openai/deployments/d/embeddings?api-version=2025-01-01',
    ],
    ['azure_openai', 'openai/deployments/d/embeddings', '/openai/deployments/d/embeddings?api-version=2024-10-21'],
    ['azure_openai', 'openai/deployments/d/embeddings?', '/openai/deployments/d/embeddings?api-version=2024-10-21'],
    [
      'azure_openai',
      'openai/deployments/d/embeddings?api-version=&a=b',
      '/openai/deployments/d/embeddings?api-version=&a=b&api-version=2024-10-21',
    ],
    ['azure_openai', 'openai/models', '/openai/models?api-version=2024-10-21'],
    ['azure_foundry', 'models/chat/completions', '/models/chat/completions?api-version=2024-05-01-preview'],
    ['azure_foundry', 'models/embeddings?api-version=2025-04-01', '/models/embeddings?api-version=2025-04-01'],
    ['azure_foundry', 'anthropic/v1/messages', '/anthropic/v1/messages'],
    ['azure_foundry', 'v1/chat/completions', '/openai/v1/chat/completions'],
  ])('%s %s', (type, callPath, wanted) => {
    expect(pathOf(type, callPath)).toBe(wanted);
  });

  it.each<[ProviderType, string, string, string]>([
    ['ollama', 'http://ollama.internal:11434/v1', 'api/chat', '/api/chat'],
    ['ollama', 'http://ollama.internal:11434/v1/', 'v1/embeddings', '/v1/embeddings'],
    ['cohere', 'https://api.cohere.ai/compatibility/v1', 'v1/chat/completions', '/compatibility/v1/chat/completions'],
    [
      'azure_openai',
      'https://r.openai.azure.com/openai/v1',
      'openai/deployments/d/chat/completions',
      '/openai/deployments/d/chat/completions?api-version=2024-10-21',
    ],
    ['azure_openai', 'https://r.openai.azure.com/openai/', 'openai/v1/models', '/openai/v1/models'],
    ['azure_openai', 'https://gate.example/team-a', 'v1/chat/completions', '/team-a/openai/v1/chat/completions'],
    [
      'azure_foundry',
      'https://r.services.ai.azure.com/models',
      'models/chat/completions',
      '/models/chat/completions?api-version=2024-05-01-preview',
    ],
    ['perplexity', 'https://gate.example/pplx', 'v1/chat/completions', '/pplx/v1/chat/completions'],
    ['deepseek', 'https://gate.example/v1', 'chat/completions', '/v1/chat/completions'],
  ])('%s at %s: %s', (type, base, callPath, wanted) => {
    expect(pathOf(type, callPath, base)).toBe(wanted);
  });

  it('a provider’s own API version goes with calls that name none', () => {
    const { upstreamPath } = providerTypeOf('azure_openai');
    const settings = { api_version: '2025-04-01-preview' };
    const call = 'openai/deployments/d/chat/completions';
    expect(upstreamPath('/', call, settings)).toBe(`/${call}?api-version=2025-04-01-preview`);
    expect(upstreamPath('/', `${call}?api-version=2024-10-21`, settings)).toBe(`/${call}?api-version=2024-10-21`);
    expect(upstreamPath('/', 'openai/v1/chat/completions', settings)).toBe('/openai/v1/chat/completions');
  });
});

describe('which model is called', () => {
  const factsOf = (type: ProviderType, method: string, callPath: string, body: unknown) => {
    const { endpointOf, requestFacts } = providerTypeOf(type);
    return requestFacts(endpointOf(method, callPath), callPath, body);
  };

  it.each<[ProviderType, string, object, string | null, boolean | undefined]>([
    [
      'azure_openai',
      'openai/deployments/prod-chat/chat/completions?api-version=1',
      { model: 'gpt-4o' },
      'prod-chat',
      true,
    ],
    ['azure_openai', 'openai/d%65ployments/prod%2Dchat/chat/completions', { model: 'gpt-4o' }, 'prod-chat', true],
    ['azure_openai', 'openai/Deployments/d/images/generations', {}, 'd', true],
    // Azure reads the body's model wherever the path's is no deployment-scoped operation.
    ['azure_openai', 'openai/deployments/d/responses', { model: 'gpt-4o' }, 'gpt-4o', undefined],
    ['azure_openai', 'openai/v1/chat/completions', { model: 'prod-chat' }, 'prod-chat', undefined],
    ['azure_foundry', 'models/chat/completions', { model: 'Mistral-large' }, 'Mistral-large', undefined],
    ['azure_foundry', 'anthropic/v1/messages', { model: 'claude-sonnet-4-5' }, 'claude-sonnet-4-5', undefined],
    ['replicate', 'v1/models/Owner/name/predictions', { input: {} }, 'Owner/name', true],
    ['replicate', 'v1/predictions', { version: 'owner/name:5c7d5dc6', input: {} }, 'owner/name', undefined],
    ['replicate', 'v1/predictions', { version: '5c7d5dc6' }, '5c7d5dc6', undefined],
    ['cohere', 'v2/chat', { model: 'command-a-03-2025', stream: true }, 'command-a-03-2025', undefined],
  ])('%s %s', (type, callPath, body, model, isModelInPath) => {
    const facts = factsOf(type, 'POST', callPath, body);
    expect([facts.model, facts.isModelInPath]).toEqual([model, isModelInPath]);
  });

  it('Ollama’s own calls stream unless told not to', () => {
    for (const path of ['api/chat', 'api/generate']) {
      expect(factsOf('ollama', 'POST', path, { model: 'm' }).stream).toBe(true);
      expect(factsOf('ollama', 'POST', path, { model: 'm', stream: false }).stream).toBe(false);
    }
    expect(factsOf('ollama', 'POST', 'v1/chat/completions', { model: 'm' }).stream).toBe(false);
    expect(factsOf('ollama', 'POST', 'api/embed', { model: 'm' }).stream).toBe(false);
  });
});
