import { once } from 'node:events';
import type { Snapshot, UsageEvent } from '@weir/contracts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { provider, type RunningProxy, snapshotOf, startProxy, token, until } from './support/harness.js';
import { type RealtimeUpstream, startRealtimeUpstream } from './support/realtime.js';
import { openTalk } from './support/talk.js';

const app = token();
const MAX_DRAINS = 1;
let upstream: RealtimeUpstream;
let proxy: RunningProxy;
let main: Snapshot['providers'][number];
let listed: Snapshot['providers'][number];

beforeEach(async () => {
  upstream = await startRealtimeUpstream();
  const common = { baseUrl: `${upstream.origin}/v1`, secret: 'sk-upstream-0001', drainMs: 5_000 };
  main = provider({ name: 'main', ...common, onClientClose: 'drain' });
  listed = provider({ name: 'listed', ...common, models: ['gpt-realtime', 'gpt-4o-transcribe', 'gpt-5.2'] });
  proxy = await startProxy({
    maxDrains: MAX_DRAINS,
    snapshot: snapshotOf({ providers: [main, listed], tokens: [app.entry] }),
  });
});

afterEach(async () => {
  await proxy.close();
  await upstream.close();
});

const talk = (name = 'main', path = 'v1/realtime?model=gpt-realtime') =>
  openTalk(`ws://127.0.0.1:${proxy.port}/llm/v1/providers/${name}/${path}`, app.text);
const of = (events: UsageEvent[], endpoint: string) => events.filter((event) => event.endpoint === endpoint);
const HOLD = { type: 'response.create', response: { instructions: 'hold' } };

describe('a provider that exposes some models', () => {
  const transcriber = (model: unknown) => ({
    type: 'session.update',
    session: { audio: { input: { transcription: { model } } } },
  });
  const MESSAGES: [string, string | Buffer | object][] = [
    ['the session’s', { type: 'session.update', session: { model: 'gpt-4o-realtime' } }],
    ['a transcript’s', transcriber('whisper-1')],
    [
      'a transcript’s, as it used to be written',
      { type: 'transcription_session.update', session: { input_audio_transcription: { model: 'whisper-1' } } },
    ],
    ['behind one that is exposed', '{"type":"session.update","session":{"model":"gpt-realtime","model":"other"}}'],
    ['in front of one', '{"session":{"model":"other"},"session":{"model":"gpt-realtime"},"type":"session.update"}'],
    ['in another case', '{"type":"session.update","session":{"Model":"other"}}'],
    ['with an escaped key', '{"type":"session.update","session":{"mod\\u0065l":"other"}}'],
    ['as bytes', Buffer.from('{"type":"session.update","session":{"model":"other"}}')],
    ['as no name at all', transcriber({ id: 'whisper-1' })],
    ['after a megabyte', { type: 'session.update', pad: 'x'.repeat(1_000_000), session: { model: 'other' } }],
  ];

  it.each(MESSAGES)('ends a session that chooses another: %s', async (_what, message) => {
    const session = await talk('listed');
    await session.until('session.created');
    session.say(message);
    const code = _what === 'as no name at all' ? 'request_invalid' : 'model_not_allowed';
    expect(await session.untilClosed()).toEqual([1008, code]);
    expect(session.heard.at(-1)).toMatchObject({ type: 'error', error: { code } });
    expect(upstream.received).toEqual([]);
    expect(await proxy.events(1)).toMatchObject([{ outcome: 'interrupted', errorCode: code, endpoint: 'realtime' }]);
  });

  it('lets everything else through', async () => {
    const session = await talk('listed');
    session.say(transcriber('gpt-4o-transcribe'));
    session.say(transcriber(null));
    session.say({ type: 'response.create', response: { instructions: 'what is "model": "other"?' } });
    await session.until('response.done');
    expect(upstream.received).toHaveLength(3);
    session.ws.close();
    await session.untilClosed();
  });

  it('holds a session to it in pieces of any size', async () => {
    const session = await talk('listed');
    const text = JSON.stringify({ type: 'session.update', session: { model: 'other' } });
    for (const letter of text.slice(0, -1)) session.ws.send(letter, { fin: false });
    session.ws.send('}', { fin: true });
    expect(await session.untilClosed()).toEqual([1008, 'model_not_allowed']);
    expect(upstream.received).toEqual([]);
  });

  it('takes a Responses session without a model, whose answers name theirs', async () => {
    const session = await talk('listed', 'v1/responses');
    session.say({ type: 'response.create', model: 'gpt-5.2', input: 'hi' });
    await session.until('response.done');
    session.say({ type: 'response.create', input: 'hi' });
    expect(await session.untilClosed()).toEqual([1008, 'model_not_allowed']);
    expect(upstream.received).toHaveLength(1);
  });

  it('ends sessions opened for a model it no longer exposes', async () => {
    const session = await talk('listed');
    await session.until('session.created');
    proxy.publish(snapshotOf({ providers: [{ ...listed, models: ['gpt-5.2'] }], tokens: [app.entry] }));
    expect(await session.untilClosed()).toEqual([1008, 'model_not_allowed']);
  });
});

describe('a session whose permission ends', () => {
  const CHANGES: [string, () => Snapshot, string][] = [
    [
      'its provider is paused',
      () => snapshotOf({ providers: [{ ...main, enabled: false }], tokens: [app.entry] }),
      'provider_disabled',
    ],
    ['its provider is deleted', () => snapshotOf({ providers: [listed], tokens: [app.entry] }), 'provider_unknown'],
    [
      'its provider is replaced by another of the same name',
      () => snapshotOf({ providers: [provider({ name: 'main', baseUrl: main.baseUrl })], tokens: [app.entry] }),
      'provider_unknown',
    ],
    ['its token is revoked', () => snapshotOf({ providers: [main], tokens: [] }), 'token_invalid'],
    [
      'its token expires',
      () => snapshotOf({ providers: [main], tokens: [{ ...app.entry, expiresAt: Date.now() - 1 }] }),
      'token_expired',
    ],
    [
      'its token may no longer call the provider',
      () => snapshotOf({ providers: [main], tokens: [{ ...app.entry, providers: ['listed'] }] }),
      'scope_denied',
    ],
  ];

  it.each(CHANGES)('because %s is closed, the reason said', async (_what, change, code) => {
    const session = await talk();
    await session.until('session.created');
    proxy.publish(change());
    expect(await session.untilClosed()).toEqual([1008, code]);
    expect(session.heard.at(-1)).toMatchObject({ type: 'error', error: { code } });
    await until(() => upstream.closed.length === 1, 'the upstream to be told');
    expect(upstream.closed).toEqual([1001]);
    expect(await proxy.events(1)).toMatchObject([{ outcome: 'interrupted', errorCode: code }]);
  });

  it('comes to the end of its turn first, and asks for nothing more', async () => {
    const session = await talk();
    session.say(HOLD);
    await session.until('response.output_audio.delta');
    proxy.publish(snapshotOf({ providers: [], tokens: [app.entry] }));
    // Whether the change has arrived shows at the door.
    await until(() => proxy.gateway.sessions.retiring === 1, 'the session to be ending');
    session.say({ type: 'response.create' });
    upstream.release();
    expect(await session.untilClosed()).toEqual([1008, 'provider_unknown']);
    await session.until('response.done');
    expect(upstream.received).toHaveLength(1);
    expect(of(await proxy.events(2), 'realtime.response')).toMatchObject([
      { outcome: 'completed', usageSource: 'reported', meters: { output: 121 } },
    ]);
  });
});

describe('a proxy that is told to stop', () => {
  it('closes idle sessions as going away, and those in a turn after it', async () => {
    const idle = await talk();
    await idle.until('session.created');
    const busy = await talk();
    busy.say(HOLD);
    await busy.until('response.output_audio.delta');
    const stopped = proxy.drain(0, () => Number.POSITIVE_INFINITY);
    expect(await idle.untilClosed()).toEqual([1001, 'proxy_stopped']);
    expect(busy.closed).toBeNull();
    upstream.release();
    expect(await busy.untilClosed()).toEqual([1001, 'proxy_stopped']);
    await stopped;
    expect(of(await proxy.events(3), 'realtime.response')).toMatchObject([
      { outcome: 'completed', usageSource: 'reported' },
    ]);
  });

  it('first hears out a turn whose app is gone', async () => {
    const session = await talk();
    session.say(HOLD);
    await session.until('response.output_audio.delta');
    session.ws.terminate();
    await until(() => proxy.gateway.drains === 1, 'the turn to be read on');
    const stopped = proxy.drain(0, () => Number.POSITIVE_INFINITY);
    await until(() => !proxy.isListening(), 'it to take no more connections');
    upstream.release();
    await stopped;
    expect(of(await proxy.events(2), 'realtime.response')).toMatchObject([
      { outcome: 'client_closed', abortAction: 'drained', usageSource: 'reported' },
    ]);
  });
});

describe('a turn that is read on for nobody', () => {
  async function leave() {
    const session = await talk();
    session.say(HOLD);
    await session.until('response.output_audio.delta');
    session.ws.terminate();
    await once(session.ws, 'close');
  }

  it('counts among the answers that are, and beyond their number is broken off', async () => {
    await leave();
    await until(() => proxy.gateway.drains === MAX_DRAINS, 'the first to be read on');
    await leave();
    const broken = of(await proxy.events(2), 'realtime.response');
    expect(broken).toMatchObject([{ outcome: 'client_closed', abortAction: 'cancelled', usageSource: 'none' }]);
    upstream.release();
    const events = of(await proxy.events(4), 'realtime.response');
    expect(events.map(({ abortAction }) => abortAction)).toEqual(['cancelled', 'drained']);
    expect(proxy.gateway.drains).toBe(0);
  });

  it('keeps the session alive by answering its pings', async () => {
    await leave();
    await until(() => proxy.gateway.drains === 1, 'the turn to be read on');
    upstream.ping();
    await until(() => upstream.pongs.length === 1, 'the answer');
    expect(upstream.pongs).toEqual(['still there?']);
    upstream.release();
    await proxy.events(2);
  });

  it('that the upstream breaks off is not called drained', async () => {
    await leave();
    await until(() => proxy.gateway.drains === 1, 'the turn to be read on');
    upstream.reset();
    expect(of(await proxy.events(2), 'realtime.response')).toMatchObject([
      { outcome: 'client_closed', abortAction: 'drain_cut', usageSource: 'none', meters: {} },
    ]);
  });
});

describe('an upstream', () => {
  it.each([1000, 1011, 3000, 4008])('that closes with %i is heard by the app as it is', async (code) => {
    const session = await talk();
    await session.until('session.created');
    upstream.sayGoodbye(code, 'for a reason');
    expect(await session.untilClosed()).toEqual([code, 'for a reason']);
    expect(await proxy.events(1)).toMatchObject([{ endpoint: 'realtime', outcome: 'completed' }]);
  });

  it('that says goodbye in the middle of a turn leaves it as ended by the upstream', async () => {
    const session = await talk();
    session.say(HOLD);
    await session.until('response.output_audio.delta');
    upstream.sayGoodbye(1011, 'overloaded');
    expect(await session.untilClosed()).toEqual([1011, 'overloaded']);
    expect(of(await proxy.events(2), 'realtime.response')).toMatchObject([
      { outcome: 'upstream_error', errorCode: 'session_ended', abortAction: null, usageSource: 'none' },
    ]);
  });

  it('that says twice that a turn is done is believed once', async () => {
    const session = await talk();
    session.say({ type: 'response.create', response: { instructions: 'twice' } });
    await session.until('response.done', 2);
    session.ws.close();
    await session.untilClosed();
    // The session's own event is the last one.
    await vi.waitFor(async () => expect(of(await proxy.events(1), 'realtime')).toHaveLength(1), { timeout: 10_000 });
    expect(of(await proxy.events(2), 'realtime.response')).toHaveLength(1);
  });

  it('and an app reach each other with pings and messages of megabytes', async () => {
    const session = await talk();
    session.ws.ping('are you there?');
    const [answer] = (await once(session.ws, 'pong')) as [Buffer];
    expect(String(answer)).toBe('are you there?');
    const audio = 'A'.repeat(8 * 1024 * 1024);
    session.say({ type: 'input_audio_buffer.append', audio });
    await until(() => upstream.received.length === 1, 'the message');
    expect(JSON.parse(upstream.received[0] as string)).toEqual({ type: 'input_audio_buffer.append', audio });
    session.ws.close();
  });
});
