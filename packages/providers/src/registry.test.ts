import { PROVIDER_TYPES, type ProviderType, REFUSALS, type RefusalCode } from '@weir/contracts';
import { describe, expect, it } from 'vitest';
import { CLIENT_CLOSE } from './client-close/client-close.js';
import { PROVIDER_TYPE_DEFINITIONS, providerTypeOf } from './index.js';

const CODES = Object.keys(REFUSALS) as RefusalCode[];

it('every type of the contract has a definition of its own name', () => {
  expect(PROVIDER_TYPE_DEFINITIONS.map(({ type }) => type).sort()).toEqual([...PROVIDER_TYPES].sort());
  for (const type of PROVIDER_TYPES) expect(providerTypeOf(type).type).toBe(type);
});

describe.each(PROVIDER_TYPES)('%s', (type) => {
  const definition = providerTypeOf(type);

  it('refuses every code in a body its own reader understands', () => {
    for (const code of CODES) {
      const body = definition.refusal(code, 'why "it" failed', 'req-1');
      expect(body).toContain('req-1');
      const reader = definition.usageReader('opaque', { status: REFUSALS[code], contentType: 'application/json' });
      reader.push(Buffer.from(body));
      expect(reader.read().errorCode).toMatch(/^[a-z_]+$/i);
    }
  });

  it('says for itself what becomes of an answer whose client is gone, why, and who says so', () => {
    const { clientClose } = definition;
    // Types made over another's dialect must not take over its bill.
    expect(clientClose).toBe(CLIENT_CLOSE[type]);
    expect(clientClose.because).toMatch(/^[A-Za-z].{40,200}\.$/);
    expect(clientClose.source).toMatch(/^https:\/\//);
  });

  it('keeps every header that can carry a credential from the upstream, and sets its own', () => {
    const [name, value] = definition.credentialFor('s3cret') as [string, string];
    expect(value).toContain('s3cret');
    expect(definition.credentialHeaders).toEqual(expect.arrayContaining([name, 'authorization', 'x-api-key']));
  });

  it('probes an endpoint it knows, with JSON it can read itself', () => {
    const list = definition.probe(null);
    expect(definition.endpointOf(list.method, list.path)).toBe('models');
    const call = definition.probe('model-1');
    const endpoint = definition.endpointOf(call.method, call.path);
    const body: unknown = call.body === null ? undefined : JSON.parse(call.body);
    expect(definition.requestFacts(endpoint, call.path, body)).toMatchObject({ model: 'model-1', stream: false });
  });

  it('reads model lists and takes anything else as none', () => {
    expect(definition.parseModelList('{"data":[{"id":"a"},{"id":"b"},{"id":"a"},{"id":7},null]}')).toEqual(['a', 'b']);
    expect(definition.parseModelList('[{"id":"a"}]')).toEqual(['a']);
    expect(definition.parseModelList('{"models":[{"name":"llama3:8b"}]}')).toEqual(['llama3:8b']);
    for (const body of ['', '<html>', '{}', 'null', '{"data":{}}']) expect(definition.parseModelList(body)).toEqual([]);
  });
});

it('probes embedding models by embedding, and reasoning models with the limit they take', () => {
  const { probe } = providerTypeOf('openai');
  expect(probe('text-embedding-3-small').path).toBe('v1/embeddings');
  expect(probe('gpt-5.4').body).toContain('max_completion_tokens');
  expect(probe('llama-3').body).toContain('"max_tokens"');
});

it('probes each model where its upstream answers it', () => {
  const probed = (type: ProviderType, model: string) => providerTypeOf(type).probe(model).path;
  expect(probed('cohere', 'rerank-v3.5')).toBe('v2/rerank');
  expect(probed('cohere', 'command-a-03-2025')).toBe('v1/chat/completions');
  expect(probed('perplexity', 'openai/gpt-5.2')).toBe('v1/responses');
  expect(probed('perplexity', 'sonar')).toBe('v1/chat/completions');
  expect(probed('replicate', 'black-forest-labs/flux-schnell')).toBe('v1/models/black-forest-labs/flux-schnell');
  expect(probed('azure_openai', 'prod-embeddings')).toBe('openai/v1/embeddings');
  // A deployment's name does not tell which of the two limits its model takes; this one all of them do.
  expect(providerTypeOf('azure_openai').probe('prod-chat').body).toContain('max_completion_tokens');
});

describe('who a request is from', () => {
  const openai = (body: unknown) => providerTypeOf('openai').requestFacts('responses', 'v1/responses', body);
  const anthropic = (userId: unknown) =>
    providerTypeOf('anthropic').requestFacts('messages', 'v1/messages', { metadata: { user_id: userId } });

  it('OpenAI: user or safety identifier, and the conversation', () => {
    expect(openai({ user: 'u', conversation: { id: 'conv_1' }, stream: true, model: 'm' })).toEqual({
      model: 'm',
      stream: true,
      user: 'u',
      conversation: 'conv_1',
    });
    expect(openai({ safety_identifier: 's', stream: 'true' })).toMatchObject({ user: 's', stream: false });
    for (const body of [undefined, null, [], 'x', { model: 1, user: {} }]) {
      expect(openai(body)).toEqual({ model: null, stream: false, user: null, conversation: null });
    }
  });

  it('Anthropic: fifty sessions of one Claude Code user are one user', () => {
    const facts = Array.from({ length: 50 }, (_, i) =>
      anthropic(`user_${'ab'.repeat(32)}_account_11111111-2222-3333-4444-555555555555_session_0000-${i}`),
    );
    expect(new Set(facts.map(({ user }) => user))).toEqual(new Set(['11111111-2222-3333-4444-555555555555']));
    expect(new Set(facts.map(({ conversation }) => conversation)).size).toBe(50);
    expect(anthropic(`user_${'ab'.repeat(32)}_account__session_1-2`).user).toBe('ab'.repeat(32));
    const packed = JSON.stringify({ device_id: 'd', account_uuid: '', session_id: 's-1' });
    expect(anthropic(packed)).toMatchObject({ user: 'd', conversation: 's-1' });
    expect(anthropic('customer-7')).toMatchObject({ user: 'customer-7', conversation: null });
    expect(anthropic('{not json')).toMatchObject({ user: '{not json', conversation: null });
  });
});
