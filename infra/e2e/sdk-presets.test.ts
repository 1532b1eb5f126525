import Anthropic from '@anthropic-ai/sdk';
import Groq from 'groq-sdk';
import { Ollama } from 'ollama';
import OpenAI, { AzureOpenAI } from 'openai';
import Replicate from 'replicate';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LedgerEntry, Simulator } from '../simulator/index.js';
import { PRESETS, type PresetName } from '../simulator/presets/index.js';
import { perplexityUsd, xaiTicks } from '../simulator/presets/quirks.js';
import { KEY, nameOf, type PresetWorld, startPresetWorld, TYPES } from './preset-world.js';
import { collected } from './sdk-clients.js';
import { failureOf } from './sdk-failure.js';

/** Long enough for the upstream to cache a part of it. */
const LONG = 'How high is the river today? '.repeat(300);
const ASKED = { stream_options: { include_usage: true } } as const;

/** A model of each type that writes text through OpenAI's client. */
const CHAT_MODELS: Readonly<Partial<Record<PresetName, string>>> = {
  mistral: 'mistral-large-latest',
  groq: 'llama-3.3-70b-versatile',
  deepseek: 'deepseek-reasoner',
  together: 'meta-llama/Llama-3.3-70B-Instruct-Turbo',
  perplexity: 'sonar-reasoning-pro',
  fireworks: 'accounts/fireworks/models/deepseek-v3p1',
  ai21: 'jamba-large',
  xai: 'grok-4',
  hugging_face: 'deepseek-ai/DeepSeek-V3.1',
  cohere: 'command-a-03-2025',
  ollama: 'llama3.2',
  azure_openai: 'prod-chat',
  azure_foundry: 'prod-chat',
};
const CHATTING = Object.entries(CHAT_MODELS) as [PresetName, string][];
/** They answer 422 to the question; it must not be ours. */
const REFUSING: readonly PresetName[] = ['mistral', 'perplexity', 'ai21', 'cohere'];

let world: PresetWorld;
let token: string;
/** Requests of the control plane and of these tests that went past the proxy. */
const past = new Map<PresetName, number>();

beforeAll(async () => {
  world = await startPresetWorld();
  token = world.token;
});

afterAll(async () => {
  await world?.end();
});

const upstreamOf = (type: PresetName): Simulator => world.upstreamOf(type);
const urlOf = (type: PresetName): string => world.urlOf(type);
const openai = (type: PresetName, below = '/v1') =>
  new OpenAI({ apiKey: token, baseURL: urlOf(type) + below, maxRetries: 0 });
const messages = (content: string) => [{ role: 'user' as const, content }];

describe.each(CHATTING)('%s through OpenAI’s client', (type, model) => {
  it('answers whole, also with a cached prompt', async () => {
    for (const content of ['How high is the water?', LONG]) {
      const answer = await openai(type).chat.completions.create({ model, messages: messages(content) });
      expect(answer.choices[0]?.message.content).toMatch(/^[a-z]+( [a-z]+)+$/);
      expect(answer.usage?.prompt_tokens).toBeGreaterThan(5);
    }
  });

  it('streams without a word more or less than the upstream sends', async () => {
    const body = { model, messages: messages(`${LONG} And in a stream?`), stream: true as const };
    const through = await collected(await openai(type).chat.completions.create(body));
    const words = through.flatMap(({ choices }) => choices[0]?.delta.content ?? []).join('');
    expect(words).toMatch(/^[a-z]+( [a-z]+)+$/);
    const asks = upstreamOf(type).ledger.at(-1);
    expect(asks).toMatchObject({ isStream: true, isUsageSent: true, status: 200 });
    // What we asked for ourselves the application never sees.
    if (['deepseek', 'xai', 'hugging_face', 'ollama', 'azure_openai', 'azure_foundry'].includes(type)) {
      expect(through.every(({ usage }) => usage == null)).toBe(true);
    } else if (type !== 'groq') expect(through.at(-1)?.usage?.total_tokens).toBeGreaterThan(0);
  });

  it('is asked for usage in a stream when the application asks, and says no in its own words', async () => {
    const body = { model, messages: messages('With usage, please.'), stream: true as const, ...ASKED };
    const call = openai(type).chat.completions.create(body);
    if (REFUSING.includes(type)) {
      expect(await failureOf(call)).toMatchObject({ status: 422, message: expect.stringContaining('Extra inputs') });
      return;
    }
    const usages = (await collected(await call)).filter(({ usage }) => usage != null);
    if (type !== 'groq') expect(usages.length).toBe(1);
  });

  it('lists the upstream’s models in the upstream’s own bytes', async () => {
    const path = type.startsWith('azure') ? 'openai/v1/models' : 'v1/models';
    const answer = await raw(`${urlOf(type)}/${path}`, { authorization: `Bearer ${token}` });
    expect(answer.status).toBe(200);
    expect(answer.text).toContain(type.startsWith('azure') ? 'gpt-5.4' : model);
    expect(upstreamOf(type).ledger.at(-1)).toMatchObject({ method: 'GET', status: 200, billed: null });
  });

  it('fails with the upstream’s own error, byte for byte', async () => {
    const limited = openai(type).chat.completions.create({ model: 'sim-429', messages: messages('x') });
    expect(await failureOf(limited)).toBeInstanceOf(OpenAI.RateLimitError);
    const body = JSON.stringify({ model: 'sim-429', messages: messages('x') });
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    const through = await raw(`${urlOf(type)}/v1/chat/completions`, headers, body);
    const { path } = upstreamOf(type).ledger.at(-1) as LedgerEntry;
    const own = PRESETS[type].credential === 'api-key' ? { 'api-key': KEY } : { authorization: `Bearer ${KEY}` };
    const direct = await raw(upstreamOf(type).url + path, { ...headers, ...own }, body);
    past.set(type, (past.get(type) ?? 0) + 1);
    expect([through.status, through.text]).toEqual([direct.status, direct.text]);
    expect(through.headers['x-weir-error']).toBeUndefined();
  });
});

async function raw(url: string, headers: Record<string, string>, body?: string) {
  const answer = await request(url, { method: body === undefined ? 'GET' : 'POST', headers, body: body ?? null });
  return { status: answer.statusCode, headers: answer.headers, text: await answer.body.text() };
}

describe('a connection test in the console', () => {
  interface Tested {
    readonly testConnection: { readonly ok: boolean; readonly summary: string; readonly models: string[] | null };
  }
  const tested = async (type: PresetName, model: string | null) => {
    const before = upstreamOf(type).ledger.length;
    const { testConnection } = await world.system.console.ask<Tested>(
      'mutation($input: TestConnectionInput!) { testConnection(input: $input) { ok summary models } }',
      { input: { provider: nameOf(type), model } },
    );
    past.set(type, (past.get(type) ?? 0) + upstreamOf(type).ledger.length - before);
    return testConnection;
  };

  it.each(TYPES)('%s: finds the upstream’s models, and that one of them answers', async (type) => {
    const model = CHAT_MODELS[type] ?? 'meta/meta-llama-3-70b-instruct';
    const { models, ...listed } = await tested(type, null);
    expect(listed).toMatchObject({ ok: true });
    // Azure lists what could be deployed.
    expect(models).toContain(type.startsWith('azure') ? 'gpt-5.4' : model);
    expect(await tested(type, model)).toMatchObject({ ok: true });
  });

  it('says what to check when a deployment is missing', async () => {
    expect(await tested('azure_openai', 'missing')).toMatchObject({
      ok: false,
      summary: expect.stringMatching(/deployment/i),
    });
  });
});

describe('clients of the upstreams’ own', () => {
  it('Groq’s', async () => {
    const groq = new Groq({ apiKey: token, baseURL: urlOf('groq'), maxRetries: 0 });
    const body = { model: 'llama-3.3-70b-versatile', messages: messages('From your own client?') };
    const whole = await groq.chat.completions.create(body);
    expect(whole.usage?.total_tokens).toBeGreaterThan(5);
    const chunks = await collected(await groq.chat.completions.create({ ...body, stream: true }));
    expect(chunks.at(-1)?.x_groq?.usage?.total_tokens).toBeGreaterThan(5);
    expect((await groq.models.list()).data.length).toBeGreaterThan(1);
  });

  it('Ollama’s', async () => {
    const ollama = new Ollama({ host: urlOf('ollama'), headers: { authorization: `Bearer ${token}` } });
    const body = { model: 'llama3.2', messages: messages('From your own client?') };
    const whole = await ollama.chat(body);
    const lines = await collected(await ollama.chat({ ...body, stream: true }));
    expect(lines.at(-1)).toMatchObject({ done: true, eval_count: lines.length - 1 });
    expect(whole.message.content.split(' ')).toHaveLength(whole.eval_count);
    const generated = await ollama.generate({ model: 'llama3.2', prompt: 'Say it.' });
    expect(generated.eval_count).toBeGreaterThan(5);
    const embedded = await ollama.embed({ model: 'all-minilm', input: ['a', 'b'] });
    expect(embedded.embeddings).toHaveLength(2);
    expect((await ollama.list()).models.map(({ name }) => name)).toContain('qwen3:8b');
    await expect(ollama.chat({ ...body, model: 'sim-500' })).rejects.toThrow('simulated 500');
  });

  it('Replicate’s', async () => {
    const replicate = new Replicate({ auth: token, baseUrl: `${urlOf('replicate')}/v1` });
    const output = await replicate.run('meta/meta-llama-3-70b-instruct', { input: { prompt: 'How high?' } });
    expect((output as string[]).length).toBeGreaterThan(5);
    expect((await replicate.models.list()).results).toHaveLength(2);
    const wrong = new Replicate({ auth: token, baseUrl: `${urlOf('replicate')}/v1` });
    await expect(wrong.request('/nothing', {})).rejects.toThrow('404');
  });

  it('Cohere’s own API', async () => {
    const post = (path: string, body: object) =>
      raw(
        `${urlOf('cohere')}/${path}`,
        { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        JSON.stringify(body),
      );
    const body = { model: 'command-a-03-2025', messages: messages('From your own API?') };
    expect((await post('v2/chat', body)).text).toContain('"billed_units"');
    expect((await post('v2/chat', { ...body, stream: true })).text).toContain('message-end');
    const embed = { model: 'embed-v4.0', texts: ['a', 'b'], input_type: 'search_query', embedding_types: ['float'] };
    expect((await post('v2/embed', embed)).status).toBe(200);
    const rerank = { model: 'rerank-v3.5', query: 'a', documents: ['a', 'b'] };
    expect((await post('v2/rerank', rerank)).text).toContain('search_units');
  });
});

describe('Azure', () => {
  const azure = (apiVersion = '2024-10-21', deployment?: string) =>
    new AzureOpenAI({
      ...{ endpoint: urlOf('azure_openai'), apiKey: token, apiVersion, maxRetries: 0 },
      ...(deployment !== undefined && { deployment }),
    });

  it('answers Azure’s own client in the deployment form', async () => {
    const body = { model: 'prod-chat', messages: messages(`${LONG} In the deployment form?`) };
    const whole = await azure().chat.completions.create(body);
    expect(whole.model).toBe('gpt-4.1-mini-2025-04-14');
    const named = await azure('2024-10-21', 'prod-chat').chat.completions.create({ ...body, model: 'gpt-4o' });
    expect(named.model).toBe('gpt-4.1-mini-2025-04-14');
    const chunks = await collected(await azure().chat.completions.create({ ...body, stream: true }));
    expect(chunks[0]).toMatchObject({ choices: [], prompt_filter_results: [{ prompt_index: 0 }] });
    expect(chunks.every(({ usage }) => usage == null)).toBe(true);
    const embedded = await azure().embeddings.create({ model: 'prod-embed', input: 'a' });
    expect(embedded.usage.prompt_tokens).toBeGreaterThan(0);
  });

  it('is not asked what its older versions refuse', async () => {
    const body = { model: 'prod-chat', messages: messages('In an old version?'), stream: true as const };
    const chunks = await collected(await azure('2024-06-01').chat.completions.create(body));
    expect(chunks.length).toBeGreaterThan(5);
  });

  it('takes a version for calls that name none, in both forms', async () => {
    const body = JSON.stringify({ messages: messages('Without a version?') });
    const headers = { 'api-key': token, 'content-type': 'application/json' };
    const dated = await raw(`${urlOf('azure_openai')}/openai/deployments/prod-chat/chat/completions`, headers, body);
    expect(dated.status).toBe(200);
    const v1 = openai('azure_openai', '/openai/v1');
    const answer = await v1.responses.create({ model: 'prod-chat', input: 'In the v1 form?' });
    expect(answer.output_text.length).toBeGreaterThan(5);
  });

  it('takes a token of Entra in place of a key, minted once for many calls', async () => {
    const client = new AzureOpenAI({
      endpoint: world.azureUrls.entra,
      apiKey: token,
      apiVersion: '2024-10-21',
      maxRetries: 0,
    });
    const ask = (n: number) =>
      client.chat.completions.create({ model: 'prod-chat', messages: messages(`Token ${n}?`) });
    const answers = await Promise.all([1, 2, 3, 4, 5, 6].map(ask));
    expect(answers.every(({ model }) => model === 'gpt-4.1-mini-2025-04-14')).toBe(true);
    // One for each of the proxy's processes at most.
    expect(world.exchanged.length).toBeLessThanOrEqual(2);
    expect(world.exchanged[0]?.get('scope')).toBe('https://cognitiveservices.azure.com/.default');
    const { rawHeaders } = upstreamOf('azure_openai').ledger.at(-1) as LedgerEntry;
    expect(rawHeaders).toContain('authorization');
    expect(rawHeaders).not.toContain('api-key');
  });

  it('holds a call to its deployment, whatever the body calls the model', async () => {
    const client = (deployment: string) =>
      new AzureOpenAI({
        endpoint: world.azureUrls.listed,
        apiKey: token,
        apiVersion: '2024-10-21',
        deployment,
        maxRetries: 0,
      });
    const body = { model: 'gpt-4o', messages: messages('Allowed?') };
    expect((await client('prod-chat').chat.completions.create(body)).model).toBe('gpt-4.1-mini-2025-04-14');
    const failure = await failureOf(client('other').chat.completions.create({ ...body, model: 'prod-chat' }));
    expect(failure).toMatchObject({ status: 403, code: 'model_not_allowed' });
  });

  it('says itself that it has no such deployment', async () => {
    const failure = await failureOf(azure().chat.completions.create({ model: 'missing', messages: messages('x') }));
    expect(failure).toBeInstanceOf(OpenAI.NotFoundError);
    expect(failure).toMatchObject({ status: 404, code: 'DeploymentNotFound' });
  });

  it('Foundry answers in each of its dialects', async () => {
    const url = urlOf('azure_foundry');
    const inference = openai('azure_foundry', '/models');
    const body = { model: 'Mistral-Large-2411', messages: messages('By model inference?') };
    expect((await inference.chat.completions.create(body)).usage?.total_tokens).toBeGreaterThan(5);
    const chunks = await collected(await inference.chat.completions.create({ ...body, stream: true }));
    expect(chunks.at(-1)?.usage?.total_tokens).toBeGreaterThan(5);
    const claude = new Anthropic({ apiKey: token, baseURL: `${url}/anthropic`, maxRetries: 0 });
    const ask = { model: 'claude-sonnet-4-5', max_tokens: 100, messages: messages('By messages?') };
    expect((await claude.messages.create(ask)).usage.output_tokens).toBeGreaterThan(5);
    expect((await claude.messages.stream(ask).finalMessage()).usage.output_tokens).toBeGreaterThan(5);
  });
});

type Billed = NonNullable<LedgerEntry['billed']>;
const TICKS_PER_USD = 1e10;

interface Stored {
  readonly provider: string;
  readonly upstreamRequestId: string | null;
  readonly endpoint: string;
  readonly isStreamed: boolean;
  readonly requestedModel: string | null;
  readonly servedModel: string | null;
  readonly errorCode: string | null;
  readonly usageSource: string;
  readonly input: number | null;
  readonly cached: number | null;
  readonly output: number | null;
  readonly reasoning: number | null;
  readonly statedUsd: string | null;
}

const STORED = `
  SELECT provider, upstream_request_id AS upstreamRequestId, endpoint, streamed AS isStreamed, requested_model AS requestedModel,
    served_model AS servedModel, error_code AS errorCode, usage_source AS usageSource,
    toFloat64(input_tokens) AS input, toFloat64(cached_input_tokens) AS cached, toFloat64(output_tokens) AS output,
    toFloat64(reasoning_tokens) AS reasoning, toString(provider_stated_cost_usd) AS statedUsd
  FROM usage_events_v1`;

describe('the books', () => {
  let events: Stored[];
  const of = (type: PresetName) => events.filter(({ provider }) => provider === nameOf(type));
  const entryOf = (type: PresetName, { upstreamRequestId }: Stored) =>
    upstreamOf(type).ledger.find(({ id }) => id === upstreamRequestId) as LedgerEntry;

  beforeAll(async () => {
    await world.system.settled(false);
    events = await world.system.books.ask<Stored>(STORED);
  });

  it.each(TYPES)('%s: count what the upstream bills, call by call', (type) => {
    const rows = of(type);
    expect(rows.length).toBeGreaterThan(1);
    let metered = 0;
    for (const row of rows) {
      const { billed, isUsageSent, status, path } = entryOf(type, row);
      if (billed === null || status === null || status >= 400 || !isUsageSent) continue;
      metered++;
      const cached = row.cached ?? 0;
      expect([row.usageSource, row.input, cached, row.output], `${path} ${row.requestedModel}`).toEqual([
        ...['reported', billed.input, billed.cachedInput, billed.output],
      ]);
      if (['deepseek', 'xai', 'perplexity'].includes(type) && row.endpoint === 'chat.completions') {
        expect(row.reasoning).toBe(billed.reasoning > 0 ? billed.reasoning : null);
        expect(billed.reasoning).toBeGreaterThan(0);
      }
    }
    expect(metered).toBeGreaterThan(0);
  });

  it('have one event for each call the upstream served through us', () => {
    for (const type of TYPES) {
      const direct = past.get(type) ?? 0;
      const names = type === 'azure_openai' ? ['azure-openai', 'azure-entra', 'azure-listed'] : [nameOf(type)];
      const told = events.filter(
        ({ provider, errorCode }) => names.includes(provider) && errorCode !== 'model_not_allowed',
      );
      expect(told.length, type).toBe(upstreamOf(type).ledger.length - direct);
    }
  });

  it('keep the cost an upstream states, to its last digit', () => {
    const usdOf: Partial<Record<PresetName, (billed: Billed) => number>> = {
      xai: (billed) => xaiTicks(billed) / TICKS_PER_USD,
      perplexity: (billed) => Number(perplexityUsd(billed)),
    };
    for (const type of TYPES) {
      const rows = of(type).filter(
        ({ endpoint, usageSource }) => endpoint === 'chat.completions' && usageSource !== 'none',
      );
      const stated = rows.map((row) => (row.statedUsd === null ? null : Number(row.statedUsd)));
      expect(stated, type).toEqual(rows.map((row) => usdOf[type]?.(entryOf(type, row).billed as Billed) ?? null));
    }
  });

  it('name the deployment as asked for and the model as served', () => {
    const rows = of('azure_openai').filter(({ endpoint, errorCode }) => endpoint === 'chat.completions' && !errorCode);
    const named = rows.filter(({ servedModel }) => servedModel === 'gpt-4.1-mini-2025-04-14');
    expect(named.length).toBeGreaterThan(5);
    expect(new Set(named.map(({ requestedModel }) => requestedModel))).toEqual(new Set(['prod-chat']));
    expect(of('azure_openai').map(({ errorCode }) => errorCode)).toContain('DeploymentNotFound');
  });

  it('the upstream got its key in the header it wants, and no other', () => {
    const carriers = ['authorization', 'api-key', 'x-api-key'];
    for (const type of TYPES) {
      const wanted = PRESETS[type].credential === 'api-key' ? 'api-key' : 'authorization';
      for (const row of of(type)) {
        const { rawHeaders } = entryOf(type, row);
        const names = rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());
        expect(names.filter((name) => carriers.includes(name))).toEqual([wanted]);
      }
    }
  });

  it('read what was asked for in the upstreams’ own APIs', () => {
    const endpoints = (type: PresetName) => new Set(of(type).map(({ endpoint }) => endpoint));
    expect(endpoints('ollama')).toEqual(new Set(['chat.completions', 'models', 'chat', 'generate', 'embed']));
    expect(endpoints('cohere')).toEqual(new Set(['chat.completions', 'models', 'chat', 'embed', 'rerank']));
    const streamed = of('ollama').filter(({ endpoint, isStreamed }) => endpoint === 'chat' && isStreamed);
    expect(streamed).toHaveLength(1);
    expect(endpoints('replicate')).toEqual(new Set(['predictions', 'models', 'opaque']));
    expect(endpoints('azure_foundry')).toContain('messages');
  });
});
