import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LedgerEntry, type Simulator, startSimulator } from './index.js';
import { sha256 } from './ledger.js';

const KEY = 'sk-simulated-key';
const ASK = [{ role: 'user' as const, content: 'How does a weir measure a river?' }];
const TOOL = { type: 'object' as const, properties: { city: { type: 'string' }, days: { type: 'integer' } } };

let home: string;
let simulator: Simulator;
let openai: OpenAI;
let anthropic: Anthropic;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'weir-simulator-'));
  simulator = await startSimulator({ apiKeys: [KEY], ledgerFile: join(home, 'ledger.jsonl') });
  openai = new OpenAI({ apiKey: KEY, baseURL: `${simulator.url}/v1`, maxRetries: 0 });
  anthropic = new Anthropic({ apiKey: KEY, baseURL: simulator.url, maxRetries: 0 });
});

afterAll(async () => {
  await simulator.close();
  await rm(home, { recursive: true });
});

async function entryAfter(seq: number): Promise<LedgerEntry> {
  return expect
    .poll(() => simulator.ledger.find((entry) => entry.seq > seq), { timeout: 5_000 })
    .toBeDefined()
    .then(() => simulator.ledger.find((entry) => entry.seq > seq) as LedgerEntry);
}

async function collected<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

const lastSeq = (): number => simulator.ledger.at(-1)?.seq ?? 0;

describe('OpenAI SDK', () => {
  it('gets a whole answer whose usage is what the ledger bills', async () => {
    const before = lastSeq();
    const answer = await openai.chat.completions.create({ model: 'gpt-5.4-mini', messages: ASK });
    const { billed, credentialSha256, isUsageSent } = await entryAfter(before);
    expect(answer.choices[0]?.message.content).toMatch(/^[a-z]+( [a-z]+)+$/);
    expect(answer.usage?.completion_tokens).toBe(billed?.output);
    expect(answer.usage?.prompt_tokens).toBe((billed?.input ?? 0) + (billed?.cachedInput ?? 0));
    expect(answer.usage?.completion_tokens_details?.reasoning_tokens).toBe(48);
    expect({ credentialSha256, isUsageSent }).toEqual({ credentialSha256: sha256(KEY), isUsageSent: true });
  });

  it('streams the same usage only when asked', async () => {
    const ask = { model: 'gpt-4.1-mini', messages: ASK, stream: true as const };
    const plain = await collected(await openai.chat.completions.create(ask));
    expect(plain.every((chunk) => chunk.usage === undefined && chunk.choices.length === 1)).toBe(true);
    const asked = await collected(
      await openai.chat.completions.create({ ...ask, stream_options: { include_usage: true } }),
    );
    expect(asked.at(-1)).toMatchObject({ choices: [], usage: { completion_tokens: asked.length - 3 } });
  });

  it('answers responses whole and streamed, and calls a tool that is named', async () => {
    const whole = await openai.responses.create({ model: 'gpt-4.1-mini', input: 'hello' });
    expect(whole.output_text.split(' ')).toHaveLength(whole.usage?.output_tokens ?? 0);
    const stream = openai.responses.stream({ model: 'gpt-4.1-mini', input: 'hello' });
    expect((await stream.finalResponse()).status).toBe('completed');
    const tools = [{ type: 'function' as const, name: 'weather', parameters: TOOL, strict: false }];
    const called = await openai.responses.create({ model: 'gpt-5.4', input: 'use weather', tools });
    expect(called.output[0]).toMatchObject({ type: 'function_call', arguments: '{"city":"river","days":7}' });
  });

  it('embeds and lists models', async () => {
    const embedded = await openai.embeddings.create({ model: 'text-embedding-3-small', input: ['a', 'b'] });
    expect(embedded.data.map(({ embedding }) => embedding.length)).toEqual([8, 8]);
    const models = await collected(openai.models.list());
    expect(models.map(({ id }) => id)).toContain('gpt-5.4-mini');
  });

  it('raises the SDK errors of a wrong key, a rate limit and an unknown path', async () => {
    const wrong = new OpenAI({ apiKey: 'sk-other', baseURL: `${simulator.url}/v1`, maxRetries: 0 });
    await expect(wrong.models.list()).rejects.toBeInstanceOf(OpenAI.AuthenticationError);
    const limited = openai.chat.completions.create({ model: 'sim-429', messages: ASK });
    await expect(limited).rejects.toBeInstanceOf(OpenAI.RateLimitError);
    await expect(openai.files.list()).rejects.toBeInstanceOf(OpenAI.NotFoundError);
  });
});

describe('Anthropic SDK', () => {
  const ask = { model: 'claude-sonnet-4-6', max_tokens: 200, messages: ASK };

  it('gets the same message whole and streamed, whatever the request repeats', async () => {
    const whole = await anthropic.messages.create(ask);
    const again = await anthropic.messages.create(ask);
    expect(again).toEqual(whole);
    const streamed = await anthropic.messages.stream(ask).finalMessage();
    expect(streamed.usage.output_tokens).toBe((streamed.content[0] as { text: string }).text.split(' ').length);
  });

  it('counts what is written to the cache apart, by its time to live', async () => {
    const system = [
      {
        type: 'text' as const,
        text: 'x '.repeat(2_000),
        cache_control: { type: 'ephemeral' as const, ttl: '1h' as const },
      },
    ];
    const message = await anthropic.messages.create({ ...ask, system });
    expect(message.usage.cache_creation?.ephemeral_1h_input_tokens).toBeGreaterThan(900);
    expect(message.usage.input_tokens).toBeLessThan(100);
  });

  it('thinks, calls a tool, counts tokens and lists models', async () => {
    const thinking = { type: 'enabled' as const, budget_tokens: 1_024 };
    const thought = await anthropic.messages.create({ ...ask, max_tokens: 2_000, thinking });
    expect(thought.content.map(({ type }) => type)).toEqual(['thinking', 'text']);
    const tools = [{ name: 'weather', input_schema: TOOL }];
    const messages = [{ role: 'user' as const, content: 'use weather' }];
    const called = await anthropic.messages.stream({ ...ask, messages, tools }).finalMessage();
    expect(called.content[0]).toMatchObject({ type: 'tool_use', input: { city: 'river', days: 7 } });
    expect((await anthropic.messages.countTokens({ model: ask.model, messages })).input_tokens).toBeGreaterThan(5);
    expect((await anthropic.models.list()).data.length).toBeGreaterThan(3);
  });

  it('raises the SDK error of a wrong key', async () => {
    const wrong = new Anthropic({ apiKey: 'other', baseURL: simulator.url, maxRetries: 0 });
    await expect(wrong.messages.create(ask)).rejects.toBeInstanceOf(Anthropic.AuthenticationError);
  });
});

describe('faults', () => {
  const post = (model: string, extra: object = {}) =>
    request(`${simulator.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model, messages: ASK, ...extra }),
    });

  it('a cut stream breaks the connection and is booked as cut', async () => {
    const before = lastSeq();
    const { body } = await post('sim-cut-mid-stream', { stream: true });
    await expect(body.text()).rejects.toThrow();
    const entry = await entryAfter(before);
    expect(entry).toMatchObject({ ended: 'cut', status: 200, isUsageSent: false });
    expect(entry.billed?.output).toBeGreaterThan(0);
  });

  it('a client that goes away is booked with what it had got', async () => {
    const before = lastSeq();
    const { body } = await post('sim-stream-20', { stream: true });
    for await (const _chunk of body) break;
    expect(await entryAfter(before)).toMatchObject({ ended: 'client_closed', isUsageSent: false });
  });

  it('resets, html, redirects, gzip and broken JSON are what they say', async () => {
    await expect(post('sim-reset')).rejects.toThrow();
    const html = await post('sim-html');
    expect([html.statusCode, html.headers['content-type']]).toEqual([502, 'text/html; charset=utf-8']);
    await html.body.dump();
    const redirect = await post('sim-redirect');
    expect(redirect.statusCode).toBe(302);
    await redirect.body.dump();
    const gzip = await post('sim-gzip', { stream: true });
    expect(gzip.headers['content-encoding']).toBe('gzip');
    await gzip.body.dump();
    const broken = await (await post('sim-broken-json')).body.text();
    expect(() => JSON.parse(broken)).toThrow(SyntaxError);
  });

  it('the ledger file holds every request and no credential', async () => {
    const text = await readFile(join(home, 'ledger.jsonl'), 'utf8');
    expect(text.trim().split('\n')).toHaveLength(simulator.ledger.length);
    expect(text).not.toContain(KEY);
    const listed = await request(`${simulator.url}/__ledger?after=2`);
    const { served, entries } = (await listed.body.json()) as { served: number; entries: LedgerEntry[] };
    expect(served).toBe(simulator.ledger.length);
    expect(entries[0]?.seq).toBe(3);
  });
});
