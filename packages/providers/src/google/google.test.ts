import { describe, expect, it } from 'vitest';
import { google } from './index.js';
import { billedSearches, withQueries } from './searches.js';
import { metersOf } from './usage.js';

it.each([
  ['POST', 'v1beta/models/gemini-2.5-flash:generateContent', 'generate_content'],
  ['POST', 'v1/models/gemini-2.5-flash:generateContent?alt=json', 'generate_content'],
  ['POST', 'v1alpha/tunedModels/mine-7:generateContent', 'generate_content'],
  ['POST', 'models/gemini-2.5-flash:streamGenerateContent?alt=sse', 'stream_generate_content'],
  ['POST', 'v1beta//Models/gemini-2.5-flash%3Astreamgeneratecontent/', 'stream_generate_content'],
  ['POST', 'v1beta/models/gemini-2.5-flash:countTokens', 'count_tokens'],
  ['POST', 'v1beta/models/gemini-embedding-001:embedContent', 'embed_content'],
  ['POST', 'v1beta/models/gemini-embedding-001:batchEmbedContents', 'batch_embed_contents'],
  ['POST', 'v1beta/models/imagen-4.0-generate-001:predict', 'predict'],
  ['POST', 'v1beta/models/veo-3.0-generate-001:predictLongRunning', 'opaque'],
  ['POST', 'v1beta/models/gemini-2.5-flash:batchGenerateContent', 'opaque'],
  ['GET', 'v1beta/models/gemini-2.5-flash:generateContent', 'opaque'],
  ['GET', 'v1beta/models', 'models'],
  ['GET', 'v1/models?pageSize=5', 'models'],
  ['GET', 'v1beta/models/gemini-2.5-flash', 'models'],
  ['GET', 'v1beta/tunedModels/mine-7', 'models'],
  ['GET', 'v1beta/openai/models', 'models'],
  ['POST', 'v1beta/cachedContents', 'opaque'],
  ['POST', 'v1beta/interactions', 'interactions'],
  ['GET', 'v1beta/interactions/int_1', 'opaque'],
  ['POST', 'v1beta/interactions/int_1/cancel', 'opaque'],
  ['POST', 'upload/v1beta/files', 'opaque'],
  ['POST', 'v1beta/openai/chat/completions', 'chat.completions'],
  ['POST', 'v1beta/openai/embeddings', 'embeddings'],
  ['POST', 'v1/chat/completions', 'chat.completions'],
  ['POST', 'chat/completions', 'chat.completions'],
  ['POST', 'v1beta/models/%zz:generateContent', 'opaque'],
])('%s %s is %s', (method, path, endpoint) => {
  expect(google.endpointOf(method, path)).toBe(endpoint);
});

it.each([
  ['', 'v1beta/models/m:generateContent', '/v1beta/models/m:generateContent'],
  ['/', '/v1/models/m:streamGenerateContent?alt=sse', '/v1/models/m:streamGenerateContent?alt=sse'],
  ['', 'v1alpha/models', '/v1alpha/models'],
  ['', 'models/m:generateContent', '/v1beta/models/m:generateContent'],
  ['', 'tunedModels/m:generateContent', '/v1beta/tunedModels/m:generateContent'],
  ['', 'chat/completions', '/v1beta/openai/chat/completions'],
  ['', 'v1/chat/completions?x=1', '/v1beta/openai/chat/completions?x=1'],
  ['', 'v1/embeddings', '/v1beta/openai/embeddings'],
  ['', 'models', '/v1beta/openai/models'],
  ['', 'v1beta/openai/chat/completions', '/v1beta/openai/chat/completions'],
  ['', 'openai/chat/completions', '/v1beta/openai/chat/completions'],
  ['', 'upload/v1beta/files', '/upload/v1beta/files'],
  ['', 'v1beta/files/a%20b', '/v1beta/files/a%20b'],
  ['/v1beta', 'v1/models/m:countTokens', '/v1/models/m:countTokens'],
  ['/v1alpha', 'models/m:countTokens', '/v1alpha/models/m:countTokens'],
  ['/v1beta/openai/', 'chat/completions', '/v1beta/openai/chat/completions'],
  ['/v1beta/openai', 'v1beta/models/m:generateContent', '/v1beta/models/m:generateContent'],
  ['/gateway/v1', 'v1/chat/completions', '/gateway/v1beta/openai/chat/completions'],
  ['', '', '/'],
])('%s + %s = %s', (base, call, joined) => {
  expect(google.upstreamPath(base, call)).toBe(joined);
});

it('presents its key as each of the two dialects takes it', () => {
  expect(google.isCredentialByPath).toBe(true);
  expect(google.credentialFor('k', '/v1beta/models/m:generateContent')).toEqual(['x-goog-api-key', 'k']);
  expect(google.credentialFor('k', '/v1beta/models/openai:generateContent')).toEqual(['x-goog-api-key', 'k']);
  expect(google.credentialFor('k', '/v1beta/x?y=/openai/')).toEqual(['x-goog-api-key', 'k']);
  expect(google.credentialFor('k', '/v1beta/openai/chat/completions')).toEqual(['authorization', 'Bearer k']);
  expect(google.credentialFor('k', '/gateway/v1beta/openai/models?x=1')).toEqual(['authorization', 'Bearer k']);
});

describe('what a request says', () => {
  const facts = (path: string, body: unknown = {}) => google.requestFacts(google.endpointOf('POST', path), path, body);

  it('the path names the model and whether the answer is streamed', () => {
    expect(facts('v1beta/models/gemini-2.5-Flash:generateContent')).toMatchObject({
      model: 'gemini-2.5-Flash',
      stream: false,
    });
    expect(
      facts('v1/models/gemini-2.5-flash%3AstreamGenerateContent?alt=sse', { model: 'models/other' }),
    ).toMatchObject({
      model: 'gemini-2.5-flash',
      stream: true,
    });
    expect(facts('v1beta/tunedModels/mine:generateContent').model).toBe('tunedModels/mine');
    expect(facts('v1beta/cachedContents', { model: 'models/gemini-2.5-pro' }).model).toBe('gemini-2.5-pro');
  });

  it('in OpenAI’s dialect the body does', () => {
    const body = { model: 'models/gemini-2.5-flash', stream: true, user: 'u' };
    expect(facts('chat/completions', body)).toEqual({
      model: 'gemini-2.5-flash',
      stream: true,
      user: 'u',
      conversation: null,
      isModelInPath: false,
    });
  });

  it('only OpenAI’s dialect is asked for usage', () => {
    const body = Buffer.from('{"stream":true}');
    expect(google.requestUsage('stream_generate_content', body, { stream: true })).toBeNull();
    expect(google.requestUsage('chat.completions', body, { stream: true })?.toString()).toContain('include_usage');
  });
});

it('reads the tier from the head where the usage does not name it', () => {
  const header = (name: string) => (name === 'x-gemini-service-tier' ? 'flex' : null);
  const tierIn = (usage: string) => {
    const reader = google.usageReader('generate_content', { status: 200, contentType: '', header });
    reader.push(Buffer.from(`{"usageMetadata":{"promptTokenCount":1${usage}}}`));
    return reader.read().serviceTier;
  };
  expect(tierIn('')).toBe('flex');
  expect(tierIn(',"serviceTier":"unspecified"')).toBe('flex');
  expect(tierIn(',"serviceTier":"PRIORITY"')).toBe('priority');
});

it('an image of megabytes in an event hides neither its usage nor its end', () => {
  const part = `{"inlineData":{"mimeType":"image/png","data":"${'iVBORw0KGgo'.repeat(300_000)}"}}`;
  const usage = '{"promptTokenCount":5,"candidatesTokenCount":1290,"totalTokenCount":1295}';
  const event = `{"candidates":[{"content":{"parts":[${part}]},"finishReason":"STOP"}],"usageMetadata":${usage},"modelVersion":"m"}`;
  for (const text of [event, `data: ${event}\r\n\r\n`, `[${event}]`]) {
    const bytes = Buffer.from(text);
    const reader = google.usageReader('stream_generate_content', { status: 200, contentType: '' });
    for (let at = 0; at < bytes.length; at += 16_384) reader.push(bytes.subarray(at, at + 16_384));
    expect(reader.read()).toMatchObject({
      servedModel: 'm',
      meters: { input: 5, output: 1290 },
      usageSource: 'reported',
      finished: true,
    });
    expect(reader.sawToken).toBe(text !== event);
  }
});

it('takes an array that is no JSON as far as it goes', () => {
  const reader = google.usageReader('stream_generate_content', { status: 200, contentType: '' });
  reader.push(Buffer.from('[}{"modelVersion":"m"}}:}, {"usageMetadata":{"promptTokenCount":3}} ,,]'));
  expect(reader.read()).toMatchObject({ servedModel: 'm', meters: { input: 3 }, finished: true });
});

it('a stream of empty parts has no token yet', () => {
  const sawToken = (parts: string) => {
    const reader = google.usageReader('stream_generate_content', { status: 200, contentType: 'text/event-stream' });
    reader.push(Buffer.from(`data: {"candidates":[{"content":{"parts":${parts}}}]}\r\n\r\n`));
    return reader.sawToken;
  };
  for (const parts of ['[]', '[{}]', '[{"text":""}]', '[ { "text" : "" } ]', 'null']) {
    expect(sawToken(parts), parts).toBe(false);
  }
  for (const parts of ['[{"text":"a"}]', '[{"functionCall":{"name":"f"}}]', '[{"text":""},{"text":"b"}]']) {
    expect(sawToken(parts), parts).toBe(true);
  }
});

it('bills searches by query from Gemini 3 on, by prompt before it', () => {
  const queries = withQueries(withQueries([], [['a', ' ', 'b'], null]), [['b', 'c', 7], 'd']);
  expect(queries).toEqual(['a', 'b', 'c', 'd']);
  expect(billedSearches(queries, 'gemini-2.5-pro')).toBe(1);
  expect(billedSearches(queries, 'gemini-3.1-pro-preview')).toBe(4);
  expect(billedSearches(queries, 'gemini-12-pro')).toBe(4);
  expect(billedSearches(queries, null)).toBe(4);
  expect(billedSearches([], 'gemini-3-pro')).toBeUndefined();
});

it('every way the counts may include one another ends in the upstream’s own total', () => {
  const numbers = [0, 3, 50, 700];
  for (const prompt of numbers)
    for (const cached of [undefined, ...numbers])
      for (const toolUse of [undefined, ...numbers])
        for (const candidates of numbers)
          for (const thoughts of [undefined, ...numbers]) {
            const parts = { prompt, candidates, ...(cached !== undefined && { cached }) };
            const counts = {
              ...parts,
              ...(toolUse !== undefined && { toolUse }),
              ...(thoughts !== undefined && { thoughts }),
            };
            const total = prompt + (toolUse ?? 0) + candidates + (thoughts ?? 0);
            const { meters, isSound } = metersOf({ ...counts, total });
            for (const meter of Object.values(meters)) expect(meter).toBeGreaterThanOrEqual(0);
            const { input = 0, output = 0 } = meters;
            if ((cached ?? 0) <= prompt + (toolUse ?? 0)) {
              expect(input + (cached ?? 0) + output, JSON.stringify(counts)).toBe(total);
              expect(isSound).toBe(true);
            }
          }
});

it('a total that leaves no room for what was cached does not make the parts add up', () => {
  const counts = { prompt: 5, cached: 6, toolUse: 1, candidates: 10, thoughts: 12 };
  expect(metersOf({ ...counts, total: 27 })).toMatchObject({ isSound: false });
  expect(metersOf({ ...counts, total: 28 })).toMatchObject({ isSound: true, meters: { cachedInput: 6, output: 22 } });
});

it('lists models without the prefix, and probes what a model can do', () => {
  const list = '{"models":[{"name":"models/gemini-2.5-flash"},{"name":"tunedModels/mine"}],"nextPageToken":"x"}';
  expect(google.parseModelList(list)).toEqual(['gemini-2.5-flash', 'tunedModels/mine']);
  expect(google.parseModelList('{"object":"list","data":[{"id":"models/gemini-2.5-flash"}]}')).toEqual([
    'gemini-2.5-flash',
  ]);
  expect(google.probe('gemini-embedding-001').path).toBe('v1beta/models/gemini-embedding-001:embedContent');
  expect(google.probe('tunedModels/mine').path).toBe('v1beta/tunedModels/mine:generateContent');
  expect(google.probe('gemini-2.5-flash').body).toContain('"maxOutputTokens":16');
});

it('refuses in Google’s shape', () => {
  expect(JSON.parse(google.refusal('token_invalid', 'No.', 'req-1'))).toEqual({
    error: {
      code: 401,
      message: 'No.',
      status: 'UNAUTHENTICATED',
      details: [
        {
          '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
          reason: 'TOKEN_INVALID',
          domain: 'weir',
          metadata: { requestId: 'req-1' },
        },
      ],
    },
  });
});
