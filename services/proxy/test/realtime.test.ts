import { once } from 'node:events';
import type { UsageEvent } from '@weir/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { provider, type RunningProxy, snapshotOf, startProxy, token, until } from './support/harness.js';
import { type RealtimeUpstream, startRealtimeUpstream, USAGE } from './support/realtime.js';
import { openTalk, type TalkOptions } from './support/talk.js';

const app = token();
let upstream: RealtimeUpstream;
let proxy: RunningProxy;

beforeEach(async () => {
  upstream = await startRealtimeUpstream();
  const common = { baseUrl: `${upstream.origin}/v1`, secret: 'sk-upstream-0001' };
  proxy = await startProxy({
    snapshot: snapshotOf({
      providers: [
        provider({ name: 'drain', ...common, onClientClose: 'drain', drainMs: 5_000 }),
        provider({ name: 'brief', ...common, onClientClose: 'drain', drainMs: 50 }),
        provider({ name: 'cancel', ...common, onClientClose: 'cancel' }),
        provider({ name: 'listed', ...common, models: ['gpt-realtime'] }),
        provider({ name: 'nowhere', ...common, baseUrl: 'http://127.0.0.1:9/v1' }),
      ],
      tokens: [app.entry],
    }),
  });
});

afterEach(async () => {
  await proxy.close();
  await upstream.close();
});

const talk = (name: string, options: TalkOptions = {}) =>
  openTalk(`ws://127.0.0.1:${proxy.port}/llm/v1/providers/${name}/v1/realtime?model=gpt-realtime`, app.text, options);

async function refused(name: string, path = 'v1/realtime?model=gpt-realtime', headers = {}) {
  const ws = new WebSocket(`ws://127.0.0.1:${proxy.port}/llm/v1/providers/${name}/${path}`, {
    headers: { authorization: `Bearer ${app.text}`, ...headers },
  });
  ws.on('error', () => undefined);
  const [, answer] = (await once(ws, 'unexpected-response')) as [unknown, import('node:http').IncomingMessage];
  let body = '';
  for await (const chunk of answer) body += String(chunk);
  ws.terminate();
  return { status: answer.statusCode, code: answer.headers['x-weir-error'], body };
}

const of = (events: UsageEvent[], endpoint: string) => events.filter((event) => event.endpoint === endpoint);
const METERS = { input: 68, cachedInput: 64, cachedAudioInput: 4, output: 121, audioInput: 9, audioOutput: 91 };

describe('a session', () => {
  it('passes messages through as they are, and each answer in it is one metered call', async () => {
    const session = await talk('drain');
    await session.until('session.created');
    session.say({ type: 'response.create', response: { instructions: 'be brief' } });
    session.say({ type: 'response.create', response: { instructions: 'again' } });
    await session.until('response.done', 2);
    session.ws.close(1000, 'bye');
    await once(session.ws, 'close');
    const events = await proxy.events(3);
    expect(events).toHaveLength(3);
    for (const event of of(events, 'realtime.response')) {
      expect(event).toMatchObject({
        ...{
          outcome: 'completed',
          usageSource: 'reported',
          conversation: 'sess_1',
          provider: 'drain',
          abortAction: null,
        },
        ...{ requestedModel: 'gpt-realtime', servedModel: 'gpt-realtime-2025-08-28', rawUsage: JSON.stringify(USAGE) },
      });
      expect(event.meters).toMatchObject(METERS);
      expect(event.firstTokenMs).not.toBeNull();
    }
    expect(of(events, 'realtime.response')).toHaveLength(2);
    expect(of(events, 'realtime')).toMatchObject([
      { outcome: 'completed', status: 101, usageSource: 'none', meters: {}, streamed: true, conversation: 'sess_1' },
    ]);
    expect(new Set(events.map(({ callId }) => callId)).size).toBe(3);
    expect(upstream.received).toHaveLength(2);
    expect(upstream.closed).toEqual([1000]);
  });

  it('carries the provider’s key and never the token, also where a browser sends it among the protocols', async () => {
    const session = await talk('drain', {
      protocols: ['realtime', `openai-insecure-api-key.${app.text}`],
      headers: {},
    });
    await session.until('session.created');
    const [handshake] = upstream.handshakes;
    expect(handshake?.headers.authorization).toBe('Bearer sk-upstream-0001');
    expect(handshake?.headers['sec-websocket-protocol']).toBe('realtime');
    expect(handshake?.headers['sec-websocket-extensions']).toBeUndefined();
    expect(JSON.stringify(handshake?.rawHeaders)).not.toContain('weir_');
    session.ws.close();
    const [event] = await proxy.events(1);
    expect(event?.alterations).toEqual(['credential_replaced', 'compression_declined']);
  });

  it('records a transcript as a call of the model that wrote it', async () => {
    const session = await talk('drain');
    session.say({
      type: 'session.update',
      session: { audio: { input: { transcription: { model: 'gpt-4o-transcribe' } } } },
    });
    await session.until('session.updated');
    session.say({ type: 'input_audio_buffer.commit' });
    await session.until('conversation.item.input_audio_transcription.completed');
    session.ws.close();
    const events = await proxy.events(2);
    expect(of(events, 'realtime.transcription')).toMatchObject([
      { servedModel: 'gpt-4o-transcribe', meters: { input: 13, audioInput: 13, output: 9 }, usageSource: 'reported' },
    ]);
  });
});

describe('an app that hangs up in the middle of an answer', () => {
  async function hangUp(name: string, how: 'terminate' | 'close') {
    const session = await talk(name);
    session.say({ type: 'response.create', response: { instructions: 'hold' } });
    await session.until('response.output_audio.delta');
    session.ws[how]();
    if (how === 'terminate') await once(session.ws, 'close');
    else await until(() => session.ws.readyState === WebSocket.CLOSING, 'the closing');
    return session;
  }

  it.each(['terminate', 'close'] as const)(
    'by %s is billed what the upstream bills when the answer is drained',
    async (how) => {
      await hangUp('drain', how);
      await until(() => proxy.gateway.drains === 1, 'the turn to be read on');
      upstream.release();
      const events = await proxy.events(2);
      expect(of(events, 'realtime.response')).toMatchObject([
        { outcome: 'client_closed', abortAction: 'drained', usageSource: 'reported', meters: METERS },
      ]);
      expect(upstream.billed).toHaveLength(1);
      await until(() => upstream.closed.length === 1, 'the upstream to be let go of');
    },
  );

  it('is cut at the bound, and what it used stays unknown', async () => {
    await hangUp('brief', 'terminate');
    const events = await proxy.events(2);
    expect(of(events, 'realtime.response')).toMatchObject([
      { outcome: 'client_closed', abortAction: 'drain_cut', usageSource: 'none', meters: {} },
    ]);
  });

  it('is broken off at once where the policy says so', async () => {
    await hangUp('cancel', 'terminate');
    const events = await proxy.events(2);
    expect(of(events, 'realtime.response')).toMatchObject([
      { outcome: 'client_closed', abortAction: 'cancelled', usageSource: 'none', meters: {} },
    ]);
    await until(() => upstream.closed.length === 1, 'the upstream to be let go of');
  });

  it('right after asking is drained too, before the answer has begun', async () => {
    const session = await talk('drain');
    await session.until('session.created');
    session.say({ type: 'response.create', response: {} });
    session.ws.terminate();
    const events = await proxy.events(2);
    expect(of(events, 'realtime.response')).toMatchObject([{ abortAction: 'drained', meters: METERS }]);
  });
});

describe('when something fails', () => {
  it('an upstream that breaks off leaves the turn as failed', async () => {
    const session = await talk('drain');
    session.say({ type: 'response.create', response: { instructions: 'hold' } });
    await session.until('response.output_audio.delta');
    upstream.reset();
    await once(session.ws, 'close');
    const events = await proxy.events(2);
    expect(of(events, 'realtime.response')).toMatchObject([
      { outcome: 'upstream_error', errorCode: 'upstream_reset', usageSource: 'none' },
    ]);
  });

  it('a handshake the upstream turns down is answered in its own words', async () => {
    const body = JSON.stringify({
      error: { message: 'no such model', type: 'invalid_request_error', code: 'model_not_found' },
    });
    upstream.refuseNext(404, body);
    const answer = await refused('drain');
    expect(answer).toEqual({ status: 404, code: undefined, body });
    const [event] = await proxy.events(1);
    expect(event).toMatchObject({
      outcome: 'upstream_error',
      errorCode: 'model_not_found',
      upstreamRequestId: 'req_no',
    });
  });

  it.each([
    ['an unlisted model', 'listed', 'v1/realtime?model=gpt-4o-realtime', {}, 403, 'model_not_allowed'],
    ['no model where models are listed', 'listed', 'v1/realtime?intent=transcription', {}, 403, 'model_not_allowed'],
    ['a wrong token', 'drain', 'v1/realtime?model=m', { authorization: 'Bearer weir_x' }, 401, 'token_invalid'],
    ['an unknown provider', 'unknown', 'v1/realtime?model=m', {}, 404, 'provider_unknown'],
    ['an upstream that is not there', 'nowhere', 'v1/realtime?model=m', {}, 502, 'upstream_unreachable'],
  ])('%s is refused before anything is opened', async (_what, name, path, headers, status, code) => {
    expect(await refused(name, path, headers)).toMatchObject({ status, code });
    expect(upstream.handshakes).toHaveLength(0);
    if (code !== 'token_invalid') await proxy.events(1);
  });

  it('a proxy that stops writes down the open turn as interrupted', async () => {
    const session = await talk('drain');
    session.say({ type: 'response.create', response: { instructions: 'hold' } });
    await session.until('response.output_audio.delta');
    await proxy.drain(0, () => 0);
    const events = await proxy.events(2);
    expect(events.map(({ outcome, errorCode }) => [outcome, errorCode])).toEqual([
      ['interrupted', 'proxy_stopped'],
      ['interrupted', 'proxy_stopped'],
    ]);
  });
});

describe('1,000 hang-ups', () => {
  it('leave one event for each turn that was begun, with all that was billed, and nothing pending', async () => {
    const sessions = 1_000;
    const one = async () => {
      const session = await talk('drain');
      session.say({ type: 'response.create', response: {} });
      await session.until('response.created');
      session.ws.terminate();
    };
    for (let at = 0; at < sessions; at += 50) await Promise.all(Array.from({ length: 50 }, one));
    const events = await proxy.events(2 * sessions);
    const turns = of(events, 'realtime.response');
    expect(turns).toHaveLength(upstream.billed.length);
    expect(turns.every(({ meters }) => meters.output === 121 && meters.audioOutput === 91)).toBe(true);
    await until(() => proxy.metrics.inFlight === 0, 'no session to be left');
  });
});
