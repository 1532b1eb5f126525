import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { ApiError, FunctionCallingConfigMode, GoogleGenAI } from '@google/genai';
import OpenAI from 'openai';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LedgerEntry, type Simulator, startSimulator } from '../index.js';
import { sha256 } from '../ledger.js';

const KEY = 'AIza-simulated-key';
const SCOPE = 'https://www.googleapis.com/auth/cloud-platform';
const ACCOUNT = 'weir@project-1.iam.gserviceaccount.com';
const contents = 'How does a weir measure a river?';
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

let simulator: Simulator;
let ai: GoogleGenAI;

beforeAll(async () => {
  simulator = await startSimulator({ apiKeys: [KEY] });
  simulator.googleTokens.trust(ACCOUNT, publicKey);
  ai = clientWith(KEY);
});
afterAll(() => simulator.close());

function clientWith(apiKey: string): GoogleGenAI {
  return new GoogleGenAI({ apiKey, httpOptions: { baseUrl: simulator.url } });
}

async function collected<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

async function booked<T>(call: () => Promise<T>): Promise<{ answer: T; entry: LedgerEntry }> {
  const before = simulator.ledger.length;
  const answer = await call();
  await expect.poll(() => simulator.ledger.length).toBe(before + 1);
  return { answer, entry: simulator.ledger.at(-1) as LedgerEntry };
}

describe('the Gemini SDK', () => {
  it('gets a whole answer whose usage is what the ledger bills', async () => {
    const { answer, entry } = await booked(() => ai.models.generateContent({ model: 'gemini-2.5-flash', contents }));
    const { billed } = entry;
    expect(answer.text).toMatch(/^[a-z]+( [a-z]+)+$/);
    expect(answer.usageMetadata).toMatchObject({
      promptTokenCount: billed?.input,
      candidatesTokenCount: (billed?.output ?? 0) - 48,
      thoughtsTokenCount: 48,
      totalTokenCount: (billed?.input ?? 0) + (billed?.output ?? 0),
    });
    expect(entry).toMatchObject({ dialect: 'google', isUsageSent: true, credentialSha256: sha256(KEY) });
  });

  it('gets the same text streamed, with usage as it grows, in both forms', async () => {
    const whole = await ai.models.generateContent({ model: 'gemini-2.5-flash', contents });
    const chunks = await collected(await ai.models.generateContentStream({ model: 'gemini-2.5-flash', contents }));
    expect(chunks.map(({ text }) => text ?? '').join('')).toBe(whole.text);
    expect(chunks.at(-1)?.usageMetadata).toEqual(whole.usageMetadata);
    const totals = chunks.map(({ usageMetadata }) => usageMetadata?.totalTokenCount ?? 0);
    expect(totals).toEqual(totals.toSorted((a, b) => a - b));
    const streamed = async (query: string) => {
      const answer = await request(`${simulator.url}/v1beta/models/gemini-2.5-flash:streamGenerateContent${query}`, {
        method: 'POST',
        headers: { 'x-goog-api-key': KEY },
        body: JSON.stringify({ contents: [{ role: 'user', parts: [{ text: contents }] }] }),
      });
      return answer.body.text();
    };
    const events = (await streamed('?alt=sse')).trim().split('\n\n');
    const elements = JSON.parse(await streamed('')) as unknown[];
    expect(elements).toEqual(events.map((event) => JSON.parse(event.slice('data: '.length)) as unknown));
  });

  it('calls a function, sees an image, caches a long prompt, searches', async () => {
    const parameters = { type: 'OBJECT' as never, properties: { city: { type: 'STRING' as never } } };
    const called = await ai.models.generateContent({
      model: 'gemini-3-flash-preview',
      contents: 'use weather',
      config: {
        tools: [{ functionDeclarations: [{ name: 'weather', parameters }] }],
        toolConfig: { functionCallingConfig: { mode: FunctionCallingConfigMode.ANY } },
      },
    });
    expect(called.functionCalls).toEqual([{ name: 'weather', args: { city: 'river' } }]);
    const inlineData = { mimeType: 'image/png', data: 'iVBORw0KGgo='.repeat(500) };
    const seen = await ai.models.generateContent({
      model: 'gemini-2.5-flash',
      contents: [{ text: 'what?' }, { inlineData }],
    });
    expect(seen.usageMetadata?.promptTokensDetails).toContainEqual({ modality: 'IMAGE', tokenCount: 258 });
    expect(seen.usageMetadata?.promptTokenCount).toBeLessThan(300);
    const long = await booked(() =>
      ai.models.generateContent({ model: 'gemini-2.5-flash', contents: 'level '.repeat(2_000) }),
    );
    expect(long.answer.usageMetadata?.cachedContentTokenCount).toBe(long.entry.billed?.cachedInput);
    expect(long.entry.billed?.cachedInput).toBeGreaterThan(1_000);
    const config = { tools: [{ googleSearch: {} }] };
    const found = await booked(() => ai.models.generateContent({ model: 'gemini-3-flash-preview', contents, config }));
    expect(found.answer.usageMetadata?.toolUsePromptTokenCount).toBe(120);
    expect(found.entry.billed?.input).toBe((found.answer.usageMetadata?.promptTokenCount ?? 0) + 120);
  });

  it('counts, embeds and lists models', async () => {
    expect((await ai.models.countTokens({ model: 'gemini-2.5-flash', contents })).totalTokens).toBeGreaterThan(5);
    const embedded = await ai.models.embedContent({ model: 'gemini-embedding-2', contents: ['a', 'b'] });
    expect(embedded.embeddings?.[0]?.values).toHaveLength(8);
    const models = await collected(await ai.models.list());
    expect(models.map(({ name }) => name)).toContain('models/gemini-2.5-flash');
    expect((await ai.models.get({ model: 'gemini-2.5-pro' })).name).toBe('models/gemini-2.5-pro');
  });

  it('is refused as Google refuses: a wrong key, a limit, another path', async () => {
    const errorOf = (call: Promise<unknown>) => call.then(String, (error: ApiError) => [error.status, error.message]);
    const wrong = clientWith('other').models.generateContent({ model: 'gemini-2.5-flash', contents });
    expect(await errorOf(wrong)).toEqual([400, expect.stringContaining('API key not valid')]);
    const limited = ai.models.generateContent({ model: 'sim-429', contents });
    expect(await errorOf(limited)).toEqual([429, expect.stringContaining('RESOURCE_EXHAUSTED')]);
    await expect(ai.caches.list()).rejects.toThrow(ApiError);
    const broken = async () =>
      collected(await ai.models.generateContentStream({ model: 'sim-error-mid-stream', contents }));
    await expect(broken()).rejects.toThrow('UNAVAILABLE');
  });
});

it('OpenAI’s SDK is served under v1beta/openai, by a bearer key', async () => {
  const openai = new OpenAI({ apiKey: KEY, baseURL: `${simulator.url}/v1beta/openai`, maxRetries: 0 });
  const messages = [{ role: 'user' as const, content: contents }];
  const answer = await openai.chat.completions.create({ model: 'gemini-2.5-flash', messages });
  expect(answer.usage?.total_tokens).toBeGreaterThan(10);
});

describe('Vertex AI', () => {
  const now = Math.floor(Date.now() / 1_000);
  const claims = { iss: ACCOUNT, scope: SCOPE, iat: now, exp: now + 3_600 };

  function assertion(changes: object = {}, key: KeyObject = privateKey): string {
    const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const text = `${encoded({ alg: 'RS256' })}.${encoded({ ...claims, aud: `${simulator.url}/token`, ...changes })}`;
    return `${text}.${createSign('sha256').update(text).sign(key).toString('base64url')}`;
  }

  async function exchange(jwt: string): Promise<Record<string, string>> {
    const grant_type = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
    const body = new URLSearchParams({ grant_type, assertion: jwt }).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    return (await (await request(`${simulator.url}/token`, { method: 'POST', headers, body })).body.json()) as never;
  }

  it.each([
    ['another account', { iss: 'other@project-1.iam.gserviceaccount.com' }, 'account not found'],
    ['another audience', { aud: 'https://oauth2.googleapis.com/token' }, 'audience'],
    ['a long life', { exp: now + 7_200 }, 'short-lived'],
    ['an end in the past', { iat: now - 4_000, exp: now - 400 }, 'short-lived'],
    ['another scope', { scope: 'email' }, 'scope'],
  ])('gives no token for an assertion with %s', async (_what, changes, said) => {
    expect(await exchange(assertion(changes))).toMatchObject({
      error: 'invalid_grant',
      error_description: expect.stringContaining(said),
    });
  });

  it('gives no token for another key’s signature, or none', async () => {
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    for (const jwt of [assertion({}, other), 'x.y.z', '']) {
      expect(await exchange(jwt)).toMatchObject({ error: 'invalid_grant' });
    }
  });

  it('serves Gemini, Claude and OpenAI’s dialect for a token, and not for a key', async () => {
    const { access_token } = await exchange(assertion());
    const post = async (path: string, body: object, token = access_token) => {
      const home = `${simulator.url}/v1/projects/project-1/locations/us-central1`;
      const headers = { authorization: `Bearer ${token}` };
      const answer = await request(`${home}/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
      return { status: answer.statusCode, body: (await answer.body.json()) as Record<string, unknown> };
    };
    const gemini = 'publishers/google/models/gemini-2.5-pro:generateContent';
    const asked = { contents: [{ role: 'user', parts: [{ text: contents }] }] };
    expect((await post(gemini, asked)).body).toMatchObject({ usageMetadata: { trafficType: 'ON_DEMAND' } });
    expect((await post(gemini, asked, KEY)).body).toMatchObject({ error: { code: 401, status: 'UNAUTHENTICATED' } });
    const claude = {
      anthropic_version: 'vertex-2023-10-16',
      max_tokens: 50,
      messages: [{ role: 'user', content: 'x' }],
    };
    expect((await post('publishers/anthropic/models/claude-haiku-4-5@20251001:rawPredict', claude)).body).toMatchObject(
      {
        type: 'message',
        model: 'claude-haiku-4-5@20251001',
      },
    );
    const chat = { model: 'google/gemini-2.5-pro', messages: [{ role: 'user', content: 'x' }] };
    expect((await post('endpoints/openapi/chat/completions', chat)).body).toMatchObject({ object: 'chat.completion' });
    const embedding = { instances: [{ content: 'abcdefgh' }, { content: 'i' }] };
    const embedded = await booked(() => post('publishers/google/models/text-embedding-005:predict', embedding));
    expect(embedded.entry).toMatchObject({ billed: { input: 3 }, model: 'text-embedding-005' });
    simulator.googleTokens.revokeAll();
    expect((await post(gemini, asked)).status).toBe(401);
  });
});
