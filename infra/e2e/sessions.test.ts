import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import OpenAI from 'openai';
import { OpenAIRealtimeWS } from 'openai/realtime/ws';
import { ResponsesWS } from 'openai/resources/responses/ws';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { CanaryScanner } from './canary-scanner.js';
import { surfacesOf } from './canary-surfaces.js';
import { type SessionUpstream, startSessionUpstream } from './session-upstream.js';
import { type System, startSystem } from './system.js';

const KEY = 'sk-session-upstream-000000001';
/** Said to providers that record nothing, and to the one that does. */
const SILENT = `canary-${randomBytes(12).toString('hex')}`;
const NOTED = `canary-${randomBytes(12).toString('hex')}`;
const WAIT = { timeout: 60_000, interval: 50 };
let system: System;
let upstream: SessionUpstream;
let token: string;
const urls = new Map<string, string>();

beforeAll(async () => {
  upstream = await startSessionUpstream(KEY);
  system = await startSystem({ queue: 'redis', allowedHosts: [`127.0.0.1:${upstream.port}`] });
  const { console } = system;
  await console.setUp(system.setupLink);
  const create = async (name: string, more: Record<string, unknown> = {}) => {
    const address = `http://127.0.0.1:${upstream.port}/v1`;
    const secret = { secretId: `${name.toUpperCase()}_KEY`, secretValue: KEY };
    const common = { name, displayName: name, type: 'openai', baseUrl: address, ...secret };
    urls.set(name, `${await console.createProvider({ ...common, ...more })}/v1`);
  };
  await create('live', { onClientClose: 'DRAIN', drainSeconds: 60 });
  await create('hasty', { onClientClose: 'CANCEL' });
  await create('listed', { models: ['gpt-realtime'] });
  await create('paused');
  await create('noted', { recordInputs: true, recordOutputs: true });
  await create('wrong', { secretId: 'WRONG_KEY', secretValue: 'sk-another-key-000000000001' });
  token = await console.createToken(await console.createApp('voice'));
  await system.configured();
});

afterAll(async () => {
  await system?.end();
  await upstream?.close();
});

const clientOf = (provider: string, apiKey = token) => new OpenAI({ apiKey, baseURL: urls.get(provider) as string });

/** The SDK speaks TLS to any Realtime address; here, as behind a balancer that ends it, the proxy is reached without. */
const plain = (provider: string) => {
  const { hostname, port } = new URL(urls.get(provider) as string);
  return { createConnection: (() => connect(Number(port), hostname)) as typeof connect };
};

interface Heard {
  readonly type: string;
  readonly [member: string]: unknown;
}

async function realtime(provider: string, model = 'gpt-realtime') {
  const session = new OpenAIRealtimeWS({ model, options: plain(provider) }, clientOf(provider));
  const heard: Heard[] = [];
  const errors: string[] = [];
  session.on('event', (event) => heard.push(event as unknown as Heard));
  session.on('error', (error) => errors.push(error.error?.code ?? error.message));
  await once(session.socket, 'open');
  const until = (type: string, times = 1) =>
    vi.waitFor(() => expect(heard.filter((event) => event.type === type).length).toBeGreaterThanOrEqual(times), WAIT);
  const ask = (usage: unknown, instructions = SILENT) =>
    session.send({ type: 'response.create', response: { instructions, metadata: { usage: JSON.stringify(usage) } } });
  return { session, heard, errors, until, ask };
}

const closeOf = async (socket: { once: OpenAIRealtimeWS['socket']['once'] }): Promise<readonly [number, string]> =>
  new Promise((resolve) => socket.once('close', (code: number, reason: Buffer) => resolve([code, String(reason)])));

/** What a turn used, as the API states it. */
function usageOf(parts: {
  text?: number;
  audio?: number;
  cachedText?: number;
  cachedAudio?: number;
  out?: number;
  outAudio?: number;
}) {
  const { text = 0, audio = 0, cachedText = 0, cachedAudio = 0, out = 0, outAudio = 0 } = parts;
  const input = text + audio + cachedText + cachedAudio;
  return {
    ...{ total_tokens: input + out + outAudio, input_tokens: input, output_tokens: out + outAudio },
    input_token_details: {
      ...{ text_tokens: text + cachedText, audio_tokens: audio + cachedAudio, image_tokens: 0 },
      cached_tokens: cachedText + cachedAudio,
      cached_tokens_details: { text_tokens: cachedText, audio_tokens: cachedAudio, image_tokens: 0 },
    },
    output_token_details: { text_tokens: out, audio_tokens: outAudio },
  };
}

interface Row {
  readonly endpoint: string;
  readonly model: string;
  readonly outcome: string;
  readonly errorCode: string | null;
  readonly abortAction: string | null;
  readonly usageSource: string;
  readonly rawUsage: string | null;
  readonly status: string;
  readonly cost: string | null;
  readonly conversation: string | null;
}

/** Events with their ratings, as stored. */
const stored = (provider: string, endpoint: string) =>
  system.books.ask<Row>(`
    SELECT e.endpoint AS endpoint, ifNull(e.served_model, e.requested_model) AS model, e.outcome AS outcome,
           e.error_code AS errorCode, e.abort_action AS abortAction, e.usage_source AS usageSource,
           e.raw_usage AS rawUsage, r.status AS status, toString(r.total) AS cost, e.conversation AS conversation
    FROM usage_events_v1 AS e INNER JOIN ratings_v1 AS r ON r.event_id = e.event_id
    WHERE e.provider = '${provider}' AND e.endpoint = '${endpoint}' ORDER BY e.started_at, e.event_id`);

/** @returns once as many are stored and rated. */
async function rows(provider: string, endpoint: string, count: number): Promise<Row[]> {
  return vi.waitFor(async () => {
    const found = await stored(provider, endpoint);
    expect(found).toHaveLength(count);
    return found;
  }, WAIT);
}

describe('a Realtime session by the official SDK', { retry: 0 }, () => {
  it('carries the provider’s key, meters each turn, and prices a million cached tokens of audio as such', async () => {
    for (const model of ['gpt-realtime', 'gpt-realtime-mini']) {
      const { session, until, ask, errors } = await realtime('live', model);
      await until('session.created');
      ask(usageOf({ cachedAudio: 1_000_000 }));
      await until('response.done');
      ask(usageOf({ text: 1_000, audio: 2_000, cachedText: 3_000, cachedAudio: 4_000, out: 5_000, outAudio: 6_000 }));
      await until('response.done', 2);
      session.close();
      await closeOf(session.socket);
      expect(errors).toEqual([]);
    }
    expect(new Set(upstream.keys)).toEqual(new Set([KEY]));
    const turns = await rows('live', 'realtime.response', 4);
    expect(turns.map(({ cost, model, status }) => ({ cost: Number(cost), model, status }))).toEqual([
      { model: 'gpt-realtime', status: 'computed', cost: 0.4 },
      {
        ...{ model: 'gpt-realtime', status: 'computed' },
        cost: (1_000 * 4 + 2_000 * 32 + 3_000 * 0.4 + 4_000 * 0.4 + 5_000 * 16 + 6_000 * 64) / 1e6,
      },
      { model: 'gpt-realtime-mini', status: 'computed', cost: 0.3 },
      {
        ...{ model: 'gpt-realtime-mini', status: 'computed' },
        cost: (1_000 * 0.6 + 2_000 * 10 + 3_000 * 0.06 + 4_000 * 0.3 + 5_000 * 2.4 + 6_000 * 20) / 1e6,
      },
    ]);
    expect(new Set(turns.map(({ conversation }) => conversation)).size).toBe(2);
    // The session itself is a call that costs nothing, and not one of unknown cost.
    const sessions = await rows('live', 'realtime', 2);
    expect(sessions.map(({ status, outcome }) => [status, outcome])).toEqual([
      ['free', 'completed'],
      ['free', 'completed'],
    ]);
  });

  it('meters transcripts by the model that wrote them', async () => {
    const { session, until } = await realtime('live');
    const transcription = { model: 'gpt-4o-transcribe' };
    session.send({ type: 'session.update', session: { type: 'realtime', audio: { input: { transcription } } } });
    await until('session.updated');
    session.send({ type: 'input_audio_buffer.commit' });
    await until('conversation.item.input_audio_transcription.completed');
    session.close();
    expect(await rows('live', 'realtime.transcription', 1)).toMatchObject([
      { model: 'gpt-4o-transcribe', usageSource: 'reported', outcome: 'completed' },
    ]);
  });

  it('left in the middle of turns is billed what the upstream billed under drain, and says so under cancel', async () => {
    const before = (await stored('live', 'realtime.response')).length;
    const billedBefore = upstream.ledger.length;
    const LEFT = 20;
    await Promise.all(
      Array.from({ length: LEFT }, async (_, at) => {
        const { session, until, ask } = await realtime('live');
        ask(usageOf({ audio: 100 + at, outAudio: 200 + at }), 'hold');
        await until('response.output_audio.delta');
        if (at % 2 === 0) session.socket.terminate();
        else session.close();
      }),
    );
    const hasty = await realtime('hasty');
    hasty.ask(usageOf({ audio: 1 }), 'hold');
    await hasty.until('response.output_audio.delta');
    hasty.session.socket.terminate();
    await rows('hasty', 'realtime.response', 1);
    await vi.waitFor(async () => {
      upstream.release();
      expect(await stored('live', 'realtime.response')).toHaveLength(before + LEFT);
    }, WAIT);
    const left = (await stored('live', 'realtime.response')).filter(({ abortAction }) => abortAction !== null);
    expect(left).toHaveLength(LEFT);
    expect(new Set(left.map(({ abortAction, usageSource }) => `${abortAction} ${usageSource}`))).toEqual(
      new Set(['drained reported']),
    );
    const billed = upstream.ledger.slice(billedBefore).map(({ usage }) => JSON.stringify(usage));
    const counted = left.map(({ rawUsage }) => rawUsage);
    expect(counted.sort()).toEqual(billed.filter((usage) => usage !== JSON.stringify(usageOf({ audio: 1 }))).sort());
    expect(await stored('hasty', 'realtime.response')).toMatchObject([
      { outcome: 'client_closed', abortAction: 'cancelled', usageSource: 'none', cost: null, status: 'unpriced' },
    ]);
  });

  it('ends with words its SDK raises when it chooses a model the provider does not expose', async () => {
    const { session, until, errors } = await realtime('listed');
    await until('session.created');
    const closing = closeOf(session.socket);
    const received = upstream.received.length;
    const transcription = { model: 'whisper-1' };
    session.send({ type: 'session.update', session: { type: 'realtime', audio: { input: { transcription } } } });
    expect(await closing).toEqual([1008, 'model_not_allowed']);
    expect(errors).toContain('model_not_allowed');
    expect(upstream.received).toHaveLength(received);
  });

  it('is closed when its provider is paused in the console, after the turn under way', async () => {
    const { session, until, ask, errors } = await realtime('paused');
    ask(usageOf({ audio: 7, outAudio: 9 }), 'hold');
    await until('response.output_audio.delta');
    await system.console.ask('mutation { setProviderEnabled(name: "paused", enabled: false) { id } }');
    await system.configured();
    const closing = closeOf(session.socket);
    upstream.release();
    expect(await closing).toEqual([1008, 'provider_disabled']);
    expect(errors).toContain('provider_disabled');
    expect(await rows('paused', 'realtime.response', 1)).toMatchObject([
      { outcome: 'completed', usageSource: 'reported', status: 'computed' },
    ]);
  });

  it('is refused before anything is switched, by us or in the upstream’s own words', async () => {
    const refusal = async (provider: string, apiKey: string) => {
      const session = new OpenAIRealtimeWS(
        { model: 'gpt-realtime', options: plain(provider) },
        clientOf(provider, apiKey),
      );
      return new Promise<string>((resolve) => session.on('error', ({ message }) => resolve(message)));
    };
    const handshakes = upstream.keys.length;
    expect(await refusal('live', `${token.slice(0, -4)}0000`)).toContain('401');
    expect(upstream.keys).toHaveLength(handshakes);
    expect(await refusal('wrong', token)).toContain('401');
    expect(await rows('wrong', 'realtime', 1)).toMatchObject([
      { outcome: 'upstream_error', errorCode: 'invalid_api_key', usageSource: 'none', status: 'free' },
    ]);
  });
});

describe('a Responses session by the official SDK', { retry: 0 }, () => {
  it('is metered answer by answer', async () => {
    const session = new ResponsesWS(clientOf('live'));
    const done: unknown[] = [];
    session.on('response.completed', (event) => done.push(event));
    await vi.waitFor(() => expect(session.socket.readyState).toBe(1), WAIT);
    const usage = {
      ...{ input_tokens: 1_000, output_tokens: 50, total_tokens: 1_050 },
      input_tokens_details: { cached_tokens: 600 },
      output_tokens_details: { reasoning_tokens: 20 },
    };
    for (let turn = 1; turn <= 2; turn++) {
      session.send({
        type: 'response.create',
        model: 'gpt-5.4',
        input: SILENT,
        metadata: { usage: JSON.stringify(usage) },
      });
      await vi.waitFor(() => expect(done).toHaveLength(turn), WAIT);
    }
    session.close();
    const turns = await rows('live', 'responses', 2);
    expect(turns).toMatchObject([
      { model: 'gpt-5.4', usageSource: 'reported', status: 'computed', rawUsage: JSON.stringify(usage) },
      { model: 'gpt-5.4', usageSource: 'reported', status: 'computed' },
    ]);
    expect(await rows('live', 'responses.session', 1)).toMatchObject([{ status: 'free' }]);
  });
});

interface Turn {
  readonly conversation: string;
  readonly inferredBy: string | null;
  readonly relation: string;
}

/** Recorded turns, as stored. */
const turnsOf = (endpoint: string) =>
  system.books.ask<Turn>(`
    SELECT toString(conversation_id) AS conversation, inferred_by AS inferredBy, relation
    FROM transcript_turns_v1 WHERE provider = 'noted' AND endpoint = '${endpoint}' ORDER BY started_at, event_id`);

describe('a session of a provider that records', { retry: 0 }, () => {
  const usage = usageOf({ text: 10, out: 5 });

  it('of Codex, which sends what is new alone, is one conversation', async () => {
    const session = new ResponsesWS(clientOf('noted'));
    const done: { readonly response: { readonly id: string } }[] = [];
    session.on('response.completed', (event) => done.push(event));
    await vi.waitFor(() => expect(session.socket.readyState).toBe(1), WAIT);
    const inputs = [
      [{ type: 'message' as const, role: 'user' as const, content: `${NOTED} list the files` }],
      [{ type: 'function_call_output' as const, call_id: 'call_1', output: 'README.md' }],
      [{ type: 'message' as const, role: 'user' as const, content: 'Thanks.' }],
    ];
    for (const [at, input] of inputs.entries()) {
      const before = done.at(-1)?.response.id;
      session.send({
        ...{ type: 'response.create', model: 'gpt-5.4', instructions: 'You are a coding agent.', input },
        ...(before !== undefined && { previous_response_id: before }),
        metadata: { usage: JSON.stringify(usage) },
      });
      await vi.waitFor(() => expect(done).toHaveLength(at + 1), WAIT);
    }
    session.close();
    const turns = await vi.waitFor(async () => {
      const found = await turnsOf('responses');
      expect(found).toHaveLength(inputs.length);
      return found;
    }, WAIT);
    expect(new Set(turns.map(({ conversation }) => conversation)).size).toBe(1);
    expect(turns.map(({ relation, inferredBy }) => [relation, inferredBy])).toEqual([
      ['starts', null],
      ['continues', 'provider_id'],
      ['continues', 'provider_id'],
    ]);
  });

  it('of Realtime is a conversation of its own, however many there are', async () => {
    for (let each = 0; each < 2; each++) {
      const { session, until, ask } = await realtime('noted');
      await until('session.created');
      for (let turn = 1; turn <= 2; turn++) {
        const content = [{ type: 'input_text' as const, text: NOTED }];
        session.send({ type: 'conversation.item.create', item: { type: 'message', role: 'user', content } });
        ask(usage, 'Be brief.');
        await until('response.done', turn);
      }
      session.close();
    }
    const turns = await vi.waitFor(async () => {
      const found = await turnsOf('realtime.response');
      expect(found).toHaveLength(4);
      return found;
    }, WAIT);
    expect(new Set(turns.map(({ conversation }) => conversation)).size).toBe(2);
    expect(turns.map(({ relation, inferredBy }) => [relation, inferredBy])).toEqual([
      ['starts', 'provider_id'],
      ['continues', 'provider_id'],
      ['starts', 'provider_id'],
      ['continues', 'provider_id'],
    ]);
  });

  it('is the only one of which a word is found anywhere', async () => {
    await system.settled();
    const scanner = new CanaryScanner({ silent: SILENT, noted: NOTED });
    const found = [...(await surfacesOf(system, []))].flatMap(([name, bytes]) =>
      scanner.scan(bytes).map((finding) => `${name}: ${finding}`),
    );
    expect(found.filter((finding) => finding.includes('silent'))).toEqual([]);
    expect(found.filter((finding) => finding.includes('noted'))).not.toEqual([]);
  });
});

it('everything that was billed in sessions is stored once', async () => {
  await system.settled();
  const all = await system.books.ask<{ rawUsage: string }>(
    "SELECT raw_usage AS rawUsage FROM usage_events_v1 WHERE raw_usage IS NOT NULL AND endpoint IN ('realtime.response', 'realtime.transcription', 'responses')",
  );
  const unknown = JSON.stringify(usageOf({ audio: 1 }));
  const billed = upstream.ledger.map(({ usage }) => JSON.stringify(usage)).filter((usage) => usage !== unknown);
  expect(all.map(({ rawUsage }) => rawUsage).sort()).toEqual(billed.sort());
});
