import { randomBytes } from 'node:crypto';
import { ApiError } from '@google/genai';
import OpenAI from 'openai';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { LedgerEntry, Simulator } from '../simulator/index.js';
import { PriceList, picoUsd, totalOf } from './bill.js';
import { type GoogleClients, googleCalls } from './google-calls.js';
import { type GoogleWorld, type ProxyUrls, startGoogleWorld, VERTEX_HOME } from './google-world.js';
import type { System } from './system.js';

const calls = googleCalls(randomBytes(4).toString('hex'));
const contents = 'How high is the water?';

let world: GoogleWorld;
let system: System;
let bare: Simulator;
let token: string;
let urls: ProxyUrls;

beforeAll(async () => {
  // Else Google's client looks for a metadata server before each call.
  vi.stubEnv('METADATA_SERVER_DETECTION', 'none');
  world = await startGoogleWorld();
  ({ system, bare, token, urls } = world);
});

afterAll(async () => {
  await world?.end();
  vi.unstubAllEnvs();
});

async function failureOf(call: Promise<unknown>): Promise<ApiError> {
  const error = await call.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ApiError);
  return error as ApiError;
}

describe('the official clients', () => {
  it.each(calls)('get through the proxy what they get from the upstream itself: $kind', async (call) => {
    const wanted = JSON.stringify(await call.run(world.direct(), true));
    expect(JSON.stringify(await call.run(world.proxied(), false))).toBe(wanted);
    expect(wanted.length).toBeGreaterThan(10);
  });

  it('raise the upstream’s own errors', async () => {
    for (const model of ['sim-429', 'sim-500', 'sim-503', 'sim-400', 'sim-html-502']) {
      const wanted = await failureOf(world.direct().gemini.models.generateContent({ model, contents }));
      const got = await failureOf(world.proxied().gemini.models.generateContent({ model, contents }));
      expect([got.status, got.message]).toEqual([wanted.status, wanted.message]);
    }
    const broken = async ({ gemini }: GoogleClients, model: string) => {
      let text = '';
      try {
        for await (const chunk of await gemini.models.generateContentStream({ model, contents })) text += chunk.text;
      } catch (error) {
        return { text, message: (error as Error).message };
      }
      return { text, message: null };
    };
    for (const model of ['sim-error-mid-stream', 'sim-split-bytes-101', 'sim-crlf']) {
      expect(await broken(world.proxied(), model)).toEqual(await broken(world.direct(), model));
    }
    const cut = await broken(world.proxied(), 'sim-cut-mid-stream');
    expect([cut.text.length > 0, cut.message !== null]).toEqual([true, true]);
  });

  it('hear of the provider’s wrong key in the upstream’s own words', async () => {
    const { gemini } = world.proxied(token, { gemini: urls.wrong });
    const error = await failureOf(gemini.models.generateContent({ model: 'gemini-2.5-flash', contents }));
    expect(error.status).toBe(400);
    expect(error.message).toContain('API key not valid');
  });

  it('hear of their own wrong token in Google’s shape', async () => {
    const wrong = `weir_${'0'.repeat(43)}`;
    for (const client of [world.proxied(wrong).gemini, world.proxied(wrong).express]) {
      const error = await failureOf(client.models.generateContent({ model: 'gemini-2.5-flash', contents }));
      expect(error.status).toBe(401);
      expect(JSON.parse(error.message)).toMatchObject({ error: { code: 401, status: 'UNAUTHENTICATED' } });
    }
    const chat = { model: 'gemini-2.5-flash', messages: [{ role: 'user' as const, content: 'x' }] };
    await expect(world.proxied(wrong).openai.google.chat.completions.create(chat)).rejects.toBeInstanceOf(
      OpenAI.AuthenticationError,
    );
  });
});

describe('a list of models', () => {
  it('holds every spelling of a model', async () => {
    const { gemini, openai } = world.proxied(token, { gemini: urls.listed });
    const messages = [{ role: 'user' as const, content: 'x' }];
    for (const model of ['gemini-2.5-flash', 'models/gemini-2.5-flash']) {
      expect((await gemini.models.generateContent({ model, contents })).text).toBeTruthy();
      expect((await openai.bare.chat.completions.create({ model, messages })).choices).toHaveLength(1);
    }
    const refused = await failureOf(gemini.models.generateContent({ model: 'gemini-2.5-pro', contents }));
    expect([refused.status, refused.message]).toEqual([403, expect.stringContaining('MODEL_NOT_ALLOWED')]);
    const other = openai.google.chat.completions.create({ model: 'models/gemini-2.5-pro', messages });
    await expect(other).rejects.toMatchObject({ status: 403 });
  });
});

describe('a key in the query', () => {
  it('is refused with a word on where it goes, and neither reaches the upstream nor is kept', async () => {
    const served = system.simulator.ledger.length;
    for (const name of ['key', 'KEY', 'k%65y', 'access_token']) {
      const answer = await request(`${urls.gemini}/v1beta/models/gemini-2.5-flash:generateContent?${name}=${token}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ contents: [{ parts: [{ text: 'x' }] }] }),
      });
      expect([answer.statusCode, answer.headers['x-weir-error']]).toEqual([400, 'request_invalid']);
      expect(await answer.body.json()).toMatchObject({
        error: { status: 'INVALID_ARGUMENT', message: expect.stringContaining('send the gateway token in a header') },
      });
    }
    expect(system.simulator.ledger).toHaveLength(served);
  });
});

describe('byte for byte', () => {
  const body = JSON.stringify({ contents: [{ role: 'user', parts: [{ text: contents }] }] });
  const google = 'publishers/google/models';
  it.each([
    ['gemini', 'v1beta/models/gemini-2.5-flash:generateContent', body],
    ['gemini', 'v1/models/gemini-2.5-flash:streamGenerateContent?alt=sse', body],
    ['gemini', 'v1beta/models/gemini-2.5-flash:streamGenerateContent', body],
    ['gemini', 'v1beta/models/sim-split-bytes-61:streamGenerateContent', body],
    ['gemini', 'v1beta/models/sim-error-mid-stream:streamGenerateContent', body],
    ['gemini', 'v1beta/models/sim-gzip:streamGenerateContent?alt=sse', body],
    ['gemini', 'v1beta/models/sim-no-usage:generateContent', body],
    ['gemini', 'v1beta/models/gemini-2.5-flash:countTokens', body],
    ['gemini', 'v1beta/models/gemini-2.5-flash:generateContent', '{"contents":'],
    ['gemini', 'v1beta/cachedContents', body],
    ['vertex', `${VERTEX_HOME}/${google}/gemini-2.5-flash:streamGenerateContent`, body],
    [
      'vertex',
      `${VERTEX_HOME}/${google}/text-embedding-005:predict`,
      '{"instances":[{"content":"a"},{"content":"bcdef"}]}',
    ],
    ['vertex', `${VERTEX_HOME}/publishers/anthropic/models/claude-haiku-4-5@20251001:rawPredict`, claude(false)],
    ['vertex', `${VERTEX_HOME}/publishers/anthropic/models/claude-haiku-4-5@20251001:streamRawPredict`, claude(true)],
    ['vertex', `v1/projects/theirs/locations/europe-west1/${google}/gemini-2.5-flash:generateContent`, body],
  ] as const)('%s %s passes as it is', async (provider, path, text) => {
    const fetched = async (base: string) => {
      const answer = await request(`${base}/${path}`, {
        method: 'POST',
        headers: { 'x-goog-api-key': token, 'content-type': 'application/json' },
        body: text,
      });
      const bytes = Buffer.from(await answer.body.arrayBuffer()).toString('latin1');
      return [answer.statusCode, answer.headers['content-type'], answer.headers['content-encoding'], bytes];
    };
    expect(await fetched(urls[provider])).toEqual(await fetched(bare.url));
  });

  function claude(stream: boolean): string {
    const messages = [{ role: 'user', content: contents }];
    return JSON.stringify({ anthropic_version: 'vertex-2023-10-16', max_tokens: 200, stream, messages });
  }
});

describe('Google Cloud’s credentials', () => {
  const vertexOn = (url: string) => world.proxied(token, { vertex: url }).express.models;

  it('an account’s key is exchanged once for many calls', async () => {
    const { googleTokens } = system.simulator;
    const before = googleTokens.minted;
    await Promise.all(
      Array.from({ length: 20 }, () => vertexOn(urls.vertex).generateContent({ model: 'gemini-2.5-flash', contents })),
    );
    // Each of the proxy's processes has its own.
    expect(googleTokens.minted - before).toBeLessThanOrEqual(2);
  });

  it('the machine’s own are found and exchanged', async () => {
    const answer = await vertexOn(urls.adc).generateContent({ model: 'gemini-2.5-flash', contents });
    expect(answer.text).toBeTruthy();
  });

  it('an unknown account is told by name, without a call to the upstream', async () => {
    const served = system.simulator.ledger.length;
    const error = await failureOf(vertexOn(urls.stranger).generateContent({ model: 'gemini-2.5-flash', contents }));
    expect(error.status).toBe(503);
    expect(error.message).toContain('stranger@');
    expect(error.message).toContain('CREDENTIAL_UNAVAILABLE');
    expect(system.simulator.ledger).toHaveLength(served);
  });
});

interface StoredCall {
  readonly id: string | null;
  readonly conversation: string | null;
  readonly provider: string;
  readonly endpoint: string;
  readonly requested: string | null;
  readonly served: string | null;
  readonly tier: string | null;
  readonly outcome: string;
  readonly source: string;
  readonly input: number | null;
  readonly cached: number | null;
  readonly output: number | null;
  readonly reasoning: number | null;
  readonly toolUse: number | null;
  readonly image: number | null;
  readonly searches: number;
  readonly spend: string | null;
}

const STORED = `
  SELECT upstream_request_id AS id, conversation, provider, endpoint, requested_model AS requested,
    served_model AS served, service_tier AS tier, outcome, usage_source AS source,
    toFloat64(input_tokens) AS input, toFloat64(cached_input_tokens) AS cached, toFloat64(output_tokens) AS output,
    toFloat64(reasoning_tokens) AS reasoning, toFloat64(tool_use_input_tokens) AS toolUse,
    toFloat64(image_input_tokens) AS image, toFloat64(other_meters['webSearches']) AS searches,
    toString(r.total) AS spend
  FROM usage_events_v1 AS e LEFT JOIN ratings_v1 AS r ON r.event_id = e.event_id`;

describe('the books', () => {
  let events: ReadonlyMap<string, StoredCall>;
  const ledger = () => system.simulator.ledger;
  const ofCall = (kind: string) => {
    const { nonce } = calls.find((call) => call.kind === kind) ?? {};
    return [...events.values()].filter(({ conversation }) => conversation === nonce);
  };

  beforeAll(async () => {
    await vi.waitUntil(async () => (await system.books.totals()).events >= ledger().length, {
      timeout: 30_000,
      interval: 200,
    });
    await system.settled();
    const stored = await system.books.ask<StoredCall>(STORED);
    events = new Map(stored.filter(({ id }) => id !== null).map((event) => [event.id as string, event]));
  });

  it('have one event for each request the upstream served', () => {
    expect([...events.keys()].sort()).toEqual(
      ledger()
        .map(({ id }) => id)
        .sort(),
    );
  });

  it('count every token the upstream bills, and nothing else', () => {
    const stated = ledger().filter(({ isUsageSent, ended }) => isUsageSent && ended === 'completed');
    expect(stated.length).toBeGreaterThan(calls.length);
    for (const entry of stated) {
      const { billed } = entry;
      const { input, cached, output, reasoning } = events.get(entry.id) as StoredCall;
      expect([input, cached ?? 0, output, reasoning ?? 0], `${entry.id} ${entry.path}`).toEqual([
        billed?.input,
        billed?.cachedInput,
        billed?.output,
        // Claude bills its thinking as output and does not say how much of it was thinking.
        entry.dialect === 'anthropic' ? 0 : billed?.reasoning,
      ]);
    }
    for (const entry of ledger().filter(({ isUsageSent }) => !isUsageSent)) {
      const { source, input, output } = events.get(entry.id) as StoredCall;
      expect([source, input, output], `${entry.id} ${entry.path}`).toEqual(['none', null, null]);
    }
  });

  it('know the model, however the call named it, and the tier', () => {
    for (const entry of ledger().filter(isGenerated)) {
      const event = events.get(entry.id) as StoredCall;
      expect([event.requested, event.served], entry.path).toEqual([entry.model, entry.model]);
      expect(event.tier).toBe('standard');
    }
    const [chat] = ofCall('Vertex AI in OpenAI’s dialect');
    expect(chat).toMatchObject({ requested: 'gemini-2.5-flash', served: 'gemini-2.5-flash' });
  });

  it('tell thoughts, tool results, images, searches and long contexts', () => {
    expect(ofCall('generated')[0]).toMatchObject({ endpoint: 'generate_content', reasoning: 48, source: 'reported' });
    expect(ofCall('streamed')[0]).toMatchObject({ endpoint: 'stream_generate_content', reasoning: 48 });
    for (const kind of ['an interaction', 'an interaction, streamed']) {
      expect(ofCall(kind)[0]).toMatchObject({ endpoint: 'interactions', reasoning: 48, source: 'reported' });
    }
    expect(ofCall('an image')[0]).toMatchObject({ image: 258 });
    // Gemini 3 bills each different query, those before it the prompt.
    expect(ofCall('searched the web')[0]).toMatchObject({ toolUse: 120, searches: 2 });
    expect(ofCall('searched the web, streamed')[0]).toMatchObject({ toolUse: 120, searches: 1 });
    const [long] = ofCall('above 200,000 tokens, streamed');
    expect((long?.input ?? 0) + (long?.cached ?? 0)).toBeGreaterThan(200_000);
    expect(ofCall('a function called and answered')).toHaveLength(2);
    expect(ofCall('embedded without usage')[0]).toMatchObject({ source: 'none', input: null });
    expect(ofCall('tokens counted')[0]).toMatchObject({ endpoint: 'count_tokens', source: 'none', spend: '0' });
  });

  it('price what has a price to the last 10^-12 dollar', async () => {
    const prices = await PriceList.published(system.console, ['google', 'vertex']);
    let priced = 0;
    for (const entry of ledger().filter(isGenerated)) {
      const event = events.get(entry.id) as StoredCall;
      const providerType = event.provider === 'vertex' || event.provider === 'adc' ? 'vertex' : 'google';
      const { billed } = entry;
      const bill =
        billed && event.searches === 0 ? prices.bill(providerType, event.served ?? '', 'default', billed) : null;
      if (bill === null) continue;
      expect(picoUsd(event.spend ?? ''), entry.path).toBe(totalOf(bill));
      priced++;
    }
    expect(priced).toBeGreaterThan(20);
  });

  it('agree with the live meter and with one another', async () => {
    expect(await system.books.unevenBatches()).toEqual([]);
    expect(await system.books.quarantined()).toBe(0);
  });
});

/** After the books: its calls are in the upstream's ledger, but are no application's. */
describe('Test connection', () => {
  interface Tested {
    readonly ok: boolean;
    readonly status: number | null;
    readonly models: string[] | null;
    readonly summary: string;
    readonly upstreamError: string | null;
  }
  const tested = async (provider: string, model?: string): Promise<Tested> => {
    const { testConnection } = await system.console.ask<{ testConnection: Tested }>(
      'mutation($input: TestConnectionInput!) { testConnection(input: $input) { ok status models summary upstreamError } }',
      { input: { provider, model } },
    );
    return testConnection;
  };

  it('lists the models of either API and calls one of each kind', async () => {
    for (const provider of ['gemini', 'vertex']) {
      const listed = await tested(provider);
      expect(listed).toMatchObject({ ok: true, models: expect.arrayContaining(['gemini-2.5-flash']) });
      for (const model of ['gemini-2.5-flash', 'gemini-embedding-2']) {
        expect(await tested(provider, model), model).toMatchObject({ ok: true, status: 200 });
      }
    }
    expect(await tested('vertex', 'claude-haiku-4-5@20251001')).toMatchObject({ ok: true, status: 200 });
    expect(await tested('adc', 'gemini-2.5-flash')).toMatchObject({ ok: true });
  });

  it('says what is wrong in the upstream’s own words', async () => {
    const wrong = await tested('wrong');
    expect([wrong.ok, wrong.status]).toEqual([false, 400]);
    expect(wrong.upstreamError).toContain('API key not valid');
    const stranger = await tested('stranger');
    expect([stranger.ok, stranger.summary]).toEqual([false, expect.stringContaining('stranger@')]);
  });
});

/** Answered by Gemini's own generation to its end, usage and all. */
function isGenerated({ path, isUsageSent, ended, model, dialect }: LedgerEntry): boolean {
  const isWhole = isUsageSent && ended === 'completed' && !model?.startsWith('sim-');
  return dialect === 'google' && isWhole && /:(?:streamG|g)enerateContent$/.test(path);
}
