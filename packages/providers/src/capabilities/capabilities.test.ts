import { PROVIDER_TYPES, type ProviderType } from '@weir/contracts';
import { describe, expect, it } from 'vitest';
import { availabilityOf, CAPABILITIES, type Capability, capabilitiesOf, providerTypeOf } from '../index.js';

const scope = (type: ProviderType, models: readonly string[] = []) =>
  ({ type, models, credentialKind: null, passthrough: false }) as const;

const only = (type: ProviderType, capability: Capability, models: readonly string[] = []) =>
  availabilityOf(scope(type, models)).filter((row) => row.capability === capability);

describe.each(PROVIDER_TYPES)('%s', (type) => {
  const rows = availabilityOf(scope(type));

  it('says of every capability whether it is served, and why not', () => {
    expect(new Set(rows.map(({ capability }) => capability))).toEqual(new Set(CAPABILITIES));
    for (const { isServed, reason } of rows) {
      if (!isServed) expect(reason).toMatch(/^\S.+\.$/);
      else if (reason !== null) expect(reason).toMatch(/^\S.+\.$/);
    }
    expect(capabilitiesOf(type)).toEqual(
      CAPABILITIES.filter((name) => rows.some(({ capability, isServed }) => capability === name && isServed)),
    );
  });

  it('names each endpoint as its dialect does', () => {
    const { endpointOf } = providerTypeOf(type);
    for (const { method, path, endpoint } of rows) {
      if (method !== null && path !== null)
        expect(endpointOf(method, path.replace('{model}', type === 'replicate' ? 'owner/name' : 'm')), path).toBe(
          endpoint,
        );
    }
  });

  it('serves nothing with a credential it does not take', () => {
    const { credentialForms } = providerTypeOf(type);
    const kind = credentialForms.some((form) => form.kind === 'google_adc') ? 'aws_default_chain' : 'google_adc';
    const refused = availabilityOf({ ...scope(type), credentialKind: kind });
    expect(refused.filter(({ isServed }) => isServed)).toEqual([]);
    const first = credentialForms[0]?.kind ?? null;
    expect(availabilityOf({ ...scope(type), credentialKind: first })).toEqual(rows);
  });
});

describe('an allow-list', () => {
  it('serves what its models are made for', () => {
    const reason = 'None of the listed models is made for it: gpt-5.4, gpt-4.1.';
    expect(only('openai', 'embeddings', ['gpt-5.4', 'gpt-4.1'])).toMatchObject([{ isServed: false, reason }]);
    expect(only('openai', 'embeddings', ['gpt-5.4', 'text-embedding-3-small'])).toMatchObject([{ isServed: true }]);
    expect(only('openai', 'chat', ['text-embedding-3-small'])).toMatchObject([{ isServed: false }]);
    expect(only('cohere', 'rerank', ['rerank-v3.5'])).toMatchObject([{ isServed: true, endpoint: 'rerank' }]);
    expect(only('together', 'embeddings', ['BAAI/bge-large-en-v1.5'])).toMatchObject([{ isServed: true }]);
    expect(only('openai', 'images', ['gpt-image-1'])).toMatchObject([{ isServed: true, isMetered: true }]);
    const audio = only('openai', 'audio').map(({ endpoint, isMetered }) => [endpoint, isMetered]);
    expect(audio).toEqual([
      ['audio.speech', false],
      ['audio.transcriptions', true],
    ]);
    expect(only('groq', 'audio', ['whisper-large-v3']).every(({ isServed }) => isServed)).toBe(true);
    expect(only('openai', 'models', ['gpt-5.4'])).toMatchObject([{ isServed: true, isMetered: false }]);
  });
});

it('a type that lacks something says so in words of its own', () => {
  expect(only('perplexity', 'rerank')).toMatchObject([
    { isServed: false, reason: 'Perplexity has no rerank endpoint.' },
  ]);
  expect(only('groq', 'embeddings')).toMatchObject([{ isServed: false, reason: 'Groq has no embeddings endpoint.' }]);
  expect(only('anthropic', 'chat')[0]?.reason).toContain('Messages API');
});

it('a type that needs a credential serves nobody without one, unless callers bring their own', () => {
  const bare = { type: 'groq', models: [], credentialKind: 'none' } as const;
  expect(availabilityOf({ ...bare, passthrough: false }).some(({ isServed }) => isServed)).toBe(false);
  expect(availabilityOf({ ...bare, passthrough: true }).some(({ isServed }) => isServed)).toBe(true);
  expect(availabilityOf({ ...bare, type: 'ollama', passthrough: false }).some(({ isServed }) => isServed)).toBe(true);
});
