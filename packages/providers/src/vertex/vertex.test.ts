import { describe, expect, it } from 'vitest';
import { vertex } from './index.js';

const SETTINGS = { project_id: 'my-project-1', location: 'us-east5' };
const HOME = 'projects/my-project-1/locations/us-east5';
const OTHER = 'projects/theirs-123/locations/europe-west1';

it.each([
  ['POST', `v1beta1/${HOME}/publishers/google/models/gemini-2.5-pro:generateContent`, 'generate_content'],
  [
    'POST',
    `v1/${HOME}/publishers/google/models/gemini-2.5-pro:streamGenerateContent?alt=sse`,
    'stream_generate_content',
  ],
  ['POST', `v1/${HOME}/publishers/google/models/gemini-2.5-pro:countTokens`, 'count_tokens'],
  ['POST', `v1/${HOME}/publishers/google/models/text-embedding-005:predict`, 'predict'],
  ['POST', 'v1beta1/publishers/google/models/gemini-2.5-pro:generateContent', 'generate_content'],
  ['POST', `v1/${HOME}/endpoints/42:generateContent`, 'generate_content'],
  ['POST', `v1/${HOME}/publishers/anthropic/models/claude-sonnet-4@20250514:rawPredict`, 'messages'],
  ['POST', `v1/${HOME}/publishers/Anthropic/models/claude-sonnet-4%4020250514:streamRawPredict`, 'messages'],
  ['POST', `v1/${HOME}/publishers/anthropic/models/count-tokens:rawPredict`, 'messages.count_tokens'],
  ['POST', `v1/${HOME}/publishers/mistralai/models/mistral-medium-3:streamRawPredict`, 'raw_predict'],
  ['POST', `v1/${HOME}/endpoints/openapi/chat/completions`, 'chat.completions'],
  ['POST', 'chat/completions', 'chat.completions'],
  ['GET', 'v1beta1/publishers/google/models?pageSize=5', 'models'],
  ['POST', `v1/${HOME}/batchPredictionJobs`, 'opaque'],
  ['POST', `v1/${HOME}/publishers/google/models/veo-3.0:predictLongRunning`, 'opaque'],
  ['GET', `v1/${HOME}/publishers/anthropic/models/claude:rawPredict`, 'opaque'],
])('%s %s is %s', (method, path, endpoint) => {
  expect(vertex.endpointOf(method, path)).toBe(endpoint);
});

describe('upstreamPath', () => {
  const g = 'publishers/google/models/m';
  it.each([
    ['', `v1/${HOME}/${g}:generateContent?alt=sse`, `/v1/${HOME}/${g}:generateContent?alt=sse`],
    ['', `/v1beta1/${OTHER}/${g}:generateContent`, `/v1beta1/${OTHER}/${g}:generateContent`],
    ['', `${OTHER}/${g}:generateContent`, `/v1/${OTHER}/${g}:generateContent`],
    ['', `v1beta1/${g}:streamGenerateContent?alt=sse`, `/v1beta1/${HOME}/${g}:streamGenerateContent?alt=sse`],
    ['', `${g}:generateContent`, `/v1/${HOME}/${g}:generateContent`],
    ['', 'v1beta/models/m:generateContent', `/v1beta1/${HOME}/${g}:generateContent`],
    ['', 'v1/models/m:countTokens', `/v1/${HOME}/${g}:countTokens`],
    ['', 'v1/publishers/anthropic/models/c@1:rawPredict', `/v1/${HOME}/publishers/anthropic/models/c@1:rawPredict`],
    ['', 'chat/completions', `/v1/${HOME}/endpoints/openapi/chat/completions`],
    ['', 'v1/chat/completions?x=1', `/v1/${HOME}/endpoints/openapi/chat/completions?x=1`],
    ['', 'v1beta/openai/chat/completions', `/v1beta1/${HOME}/endpoints/openapi/chat/completions`],
    ['', 'v1/endpoints/openapi/chat/completions', `/v1/${HOME}/endpoints/openapi/chat/completions`],
    ['', 'v1beta1/cachedContents', `/v1beta1/${HOME}/cachedContents`],
    ['', 'v1beta1/publishers/google/models?pageSize=9', '/v1beta1/publishers/google/models?pageSize=9'],
    ['', 'models', '/v1/publishers/google/models'],
    ['/v1beta1', `${g}:generateContent`, `/v1beta1/${HOME}/${g}:generateContent`],
    ['/gateway/v1', `v1beta1/${HOME}/${g}:generateContent`, `/gateway/v1beta1/${HOME}/${g}:generateContent`],
    ['', '', '/'],
  ])('%s + %s = %s', (base, call, joined) => {
    expect(vertex.upstreamPath(base, call, SETTINGS)).toBe(joined);
  });

  it('completes nothing without settings', () => {
    expect(vertex.upstreamPath('', `v1/${g}:generateContent`)).toBe(`/v1/${g}:generateContent`);
  });
});

it.each([
  ['global', 'https://aiplatform.googleapis.com'],
  ['us-central1', 'https://us-central1-aiplatform.googleapis.com'],
  ['northamerica-northeast1', 'https://northamerica-northeast1-aiplatform.googleapis.com'],
  ['eu', 'https://aiplatform.eu.rep.googleapis.com'],
  ['evil.example/', null],
  ['US-central1', null],
])('%s is at %s', (location, url) => {
  expect(vertex.baseUrlFor({ location })).toBe(url);
});

it('asks for project and location as Google writes them', () => {
  const [project, location] = vertex.settings;
  for (const id of ['my-project-1', 'example.com:my-project', '123456789012'])
    expect(id).toMatch(project?.pattern ?? /$^/);
  for (const id of ['My-Project', 'a', 'p/../q', 'my_project', '']) expect(id).not.toMatch(project?.pattern ?? /^/);
  for (const option of location?.options ?? []) expect(option).toMatch(location?.pattern ?? /$^/);
  expect(vertex.baseUrlFor({})).toBeNull();
});

describe('what a request says', () => {
  const facts = (path: string, body: unknown = {}) => vertex.requestFacts(vertex.endpointOf('POST', path), path, body);
  const claude = `v1/${HOME}/publishers/anthropic/models/claude-sonnet-4@20250514`;

  it('the path names the model of every publisher, and whether the answer is streamed', () => {
    expect(facts(`v1/${HOME}/publishers/google/models/gemini-2.5-pro:streamGenerateContent`)).toMatchObject({
      model: 'gemini-2.5-pro',
      stream: true,
      isModelInPath: true,
    });
    const body = { anthropic_version: 'vertex-2023-10-16', metadata: { user_id: 'u-1' }, model: 'another' };
    expect(facts(`${claude}:streamRawPredict`, body)).toMatchObject({
      model: 'claude-sonnet-4@20250514',
      stream: true,
      user: 'u-1',
      isModelInPath: true,
    });
    expect(facts(`${claude}:rawPredict`)).toMatchObject({ model: 'claude-sonnet-4@20250514', stream: false });
    expect(facts('chat/completions', { model: 'google/gemini-2.5-pro', stream: true })).toMatchObject({
      model: 'gemini-2.5-pro',
      stream: true,
      isModelInPath: false,
    });
    expect(facts('chat/completions', { model: 'meta/llama-4' }).model).toBe('meta/llama-4');
  });

  it('Claude’s token counter is no model', () => {
    const path = `v1/${HOME}/publishers/anthropic/models/count-tokens:rawPredict`;
    expect(facts(path, { model: 'claude-haiku-4-5' })).toMatchObject({
      model: 'claude-haiku-4-5',
      isModelInPath: false,
    });
    expect(facts(path).model).toBeNull();
  });
});

it('probes each publisher by its own call', () => {
  expect(vertex.probe('gemini-2.5-pro').path).toBe('v1/publishers/google/models/gemini-2.5-pro:generateContent');
  expect(vertex.probe('text-embedding-005').path).toBe('v1/publishers/google/models/text-embedding-005:predict');
  expect(vertex.probe('gemini-embedding-001').path).toBe('v1/publishers/google/models/gemini-embedding-001:predict');
  expect(vertex.probe('gemini-embedding-2').path).toBe('v1/publishers/google/models/gemini-embedding-2:embedContent');
  expect(vertex.probe('claude-haiku-4-5@20251001').path).toContain('publishers/anthropic/models/claude-haiku-4-5@');
  expect(vertex.probe('meta/llama-4').path).toBe('v1/endpoints/openapi/chat/completions');
  const list =
    '{"publisherModels":[{"name":"publishers/google/models/gemini-2.5-pro"},{"name":"publishers/google/models/gemini-2.5-pro"}]}';
  expect(vertex.parseModelList(list)).toEqual(['gemini-2.5-pro']);
});

it('presents tokens as OAuth wants them', () => {
  expect(vertex.credentialFor('ya29.t')).toEqual(['authorization', 'Bearer ya29.t']);
});

it('an error tells its kind in Google’s shape and in its partners’', () => {
  const codeOf = (body: string) => {
    const reader = vertex.usageReader('messages', { status: 429, contentType: 'application/json' });
    reader.push(Buffer.from(body));
    return reader.read().errorCode;
  };
  expect(codeOf('[{"error":{"code":429,"status":"RESOURCE_EXHAUSTED"}}]')).toBe('RESOURCE_EXHAUSTED');
  expect(codeOf('{"type":"error","error":{"type":"rate_limit_error","message":"x"}}')).toBe('rate_limit_error');
});
