import { createHash } from 'node:crypto';
import { recordingSettings, type SnapshotProvider } from '@weir/contracts';
import { readReply, readRequest } from '@weir/transcripts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type ProviderInput,
  provider,
  type RunningProxy,
  snapshotOf,
  startProxy,
  token,
  until,
} from '../support/harness.js';
import { type ScriptedSessions, startScriptedSessions } from '../support/scripted-sessions.js';
import { openTalk, type Talk, type TalkEvent } from '../support/talk.js';
import { filesWith, type SpooledCall, spooledCalls } from './spooled.js';

const SECRET = 'sk-proj-sessionKEY7f3a91b2c4d5e6f708192a3b';
const both = { recordInputs: true, recordOutputs: true };
const recording = (settings: Partial<SnapshotProvider['recording']>) => recordingSettings.parse(settings);
const entry = token();
const MEMORY_BYTES = 512 * 1024;

let upstream: ScriptedSessions;
let proxy: RunningProxy;

const PROVIDERS: Readonly<Record<string, Partial<ProviderInput>>> = {
  off: {},
  on: both,
  outputs: { recordOutputs: true },
  short: { ...both, recording: recording({ maxBodyBytes: 1_024 }) },
  cleared: { ...both, recording: recording({ redactDetectors: ['email'] }) },
};

const snapshotWith = (more: Partial<ProviderInput> = {}) =>
  snapshotOf({
    providers: Object.entries(PROVIDERS).map(([name, settings]) =>
      provider({ name, baseUrl: `${upstream.origin}/v1`, secret: SECRET, id: idOf(name), ...settings, ...more }),
    ),
    tokens: [entry.entry],
  });

/** A provider that is changed stays the same one. */
const idOf = (name: string) =>
  `00000000-0000-7000-8000-${createHash('sha256').update(name).digest('hex').slice(0, 12)}`;

beforeAll(async () => {
  upstream = await startScriptedSessions();
  proxy = await startProxy({ snapshot: snapshotWith(), transcriptMemoryBytes: MEMORY_BYTES });
  // The thread that records starts with the first turn, which takes a busy machine long.
  responses('Ready.');
  const session = await talk('on', 'responses');
  session.say({ type: 'response.create', model: 'm', input: 'Are you there?' });
  await turnsOf('on', 1, 'responses', 90_000);
  session.ws.close();
}, 100_000);
beforeEach(() => {
  upstream.greet = () => undefined;
});
afterAll(async () => {
  await proxy.close();
  await upstream.close();
});

const talk = (name: string, path: string): Promise<Talk> =>
  openTalk(`ws://127.0.0.1:${proxy.port}/llm/v1/providers/${name}/v1/${path}`, entry.text);

/** Turns of a session, in their order, once there are so many. */
async function turnsOf(name: string, count: number, endpoint = '', withinMs = 30_000): Promise<SpooledCall[]> {
  let found: SpooledCall[] = [];
  const look = () => {
    found = spooledCalls(proxy.home).filter(
      ({ head }) => head.provider === name && head.endpoint.startsWith(endpoint) && !seen.has(head.eventId),
    );
    return found.length >= count;
  };
  await until(look, `${count} turns of ${name}`, withinMs);
  for (const { head } of found) seen.add(head.eventId);
  return found.sort((a, b) => a.head.startedAt - b.head.startedAt || (a.head.eventId < b.head.eventId ? -1 : 1));
}
const seen = new Set<string>();

const USAGE = { total_tokens: 3, input_tokens: 1, output_tokens: 2 };
const TOOL = { type: 'function', name: 'level', description: 'Of a river', parameters: { type: 'object' } };
let answers = 0;

/** An upstream of OpenAI's Realtime: it says `words`, in pieces of three letters, or calls the tool, or makes a sound. */
function realtime(output: { words?: string; call?: object; sound?: Buffer; hold?: boolean }) {
  upstream.greet = (say) =>
    say({ type: 'session.created', session: { id: `sess_${++answers}`, model: 'gpt-realtime' } });
  upstream.answer = (message, say) => {
    if (!message.startsWith('{')) return;
    const event = JSON.parse(message) as { type: string; session?: object };
    if (event.type === 'session.update') {
      say({ type: 'session.updated', session: { id: `sess_${answers}`, model: 'gpt-realtime', ...event.session } });
    }
    if (event.type === 'input_audio_buffer.commit') {
      say({ type: 'input_audio_buffer.committed', item_id: 'item_heard' });
      const completed = 'conversation.item.input_audio_transcription.completed';
      say({ type: completed, item_id: 'item_heard', content_index: 0, transcript: 'How high is it?', usage: null });
    }
    if (event.type !== 'response.create') return;
    const id = `resp_rt_${++answers}`;
    const about = { response_id: id, item_id: `item_${id}`, output_index: 0, content_index: 0 };
    const item = { id: `item_${id}`, type: 'message', role: 'assistant', content: [] as object[] };
    say({ type: 'response.created', response: { id, object: 'realtime.response', status: 'in_progress', output: [] } });
    say({ type: 'response.output_item.added', ...about, item: { ...item, status: 'in_progress' } });
    for (const delta of output.words?.match(/.{1,3}/gs) ?? [])
      say({ type: 'response.output_text.delta', ...about, delta });
    if (output.words) item.content.push({ type: 'output_text', text: output.words });
    if (output.sound) {
      for (const half of [output.sound.subarray(0, 3_000), output.sound.subarray(3_000)]) {
        say({ type: 'response.output_audio.delta', ...about, delta: half.toString('base64') });
      }
      say({ type: 'response.output_audio_transcript.done', ...about, transcript: 'Two metres.' });
      say({ type: 'response.output_audio.done', ...about });
      item.content.push({ type: 'output_audio', transcript: 'Two metres.' });
    }
    if (output.hold) return;
    const said = output.call ? [output.call] : [{ ...item, status: 'completed' }];
    say({
      type: 'response.done',
      response: { id, object: 'realtime.response', status: 'completed', output: said, usage: USAGE },
    });
  };
}

const ask = (text: string) => [
  {
    type: 'conversation.item.create',
    item: { type: 'message', role: 'user', content: [{ type: 'input_text', text }] },
  },
  { type: 'response.create' },
];

describe('a Realtime session', () => {
  it('is recorded turn by turn, each with the session as it stood, its tools, and what the app said since', async () => {
    const call = {
      id: 'item_c',
      type: 'function_call',
      call_id: 'call_1',
      name: 'level',
      arguments: '{"river":"Aare"}',
    };
    realtime({ call });
    const session = await talk('on', 'realtime?model=gpt-realtime');
    session.say({ type: 'session.update', session: { type: 'realtime', instructions: 'Be brief.', tools: [TOOL] } });
    for (const event of ask('How high is the Aare?')) session.say(event);
    await session.until('response.done');
    realtime({ words: 'Two metres.' });
    session.say({
      type: 'conversation.item.create',
      item: { type: 'function_call_output', call_id: 'call_1', output: '{"metres":2}' },
    });
    session.say({ type: 'response.create' });
    await session.until('response.done', 2);
    session.ws.close();
    const [first, second] = (await turnsOf('on', 2, 'realtime')) as [SpooledCall, SpooledCall];
    const given = [first, second].map(({ head, request }) => readRequest(head.endpoint, request));
    const said = [first, second].map(({ response }) => readReply(response));
    for (const { systemInstructions, toolDefinitions } of given) {
      expect(systemInstructions).toEqual([{ type: 'text', content: 'Be brief.' }]);
      expect(toolDefinitions).toEqual([TOOL]);
    }
    expect(given.map(({ inputMessages }) => inputMessages)).toEqual([
      [{ role: 'user', parts: [{ type: 'text', content: 'How high is the Aare?' }] }],
      [{ role: 'tool', parts: [{ type: 'tool_call_response', id: 'call_1', response: '{"metres":2}' }] }],
    ]);
    expect(said[0]?.outputMessages[0]?.parts).toEqual([
      { type: 'tool_call', id: 'call_1', name: 'level', arguments: { river: 'Aare' } },
    ]);
    expect(said[1]).toMatchObject({
      complete: true,
      outputMessages: [{ role: 'assistant', parts: [{ type: 'text', content: 'Two metres.' }], finish_reason: 'stop' }],
    });
    expect(JSON.parse(second.request.toString())).toMatchObject({ previous_response_id: said[0]?.responseId });
    const sessions = [first, second].map(({ head }) => head.session);
    expect(sessions[0]).toMatch(/^sess_/);
    expect(sessions[1]).toBe(sessions[0]);
    for (const { head } of [first, second]) {
      expect(head).toMatchObject({ request: { state: 'whole' }, response: { state: 'whole' }, outcome: 'completed' });
      expect((await proxy.eventOf(head.callId)).eventId).toBe(head.eventId);
    }
  });

  it('has sound by its size and hash, wherever it stands, and what was heard as words', async () => {
    const heard = Buffer.from(Array.from({ length: 6_000 }, (_, n) => (n * 7) % 256));
    const spoken = Buffer.from(Array.from({ length: 5_000 }, (_, n) => (n * 11) % 256));
    const inline = Buffer.from(Array.from({ length: 900 }, (_, n) => (n * 13) % 256));
    realtime({ sound: spoken });
    const session = await talk('on', 'realtime?model=gpt-realtime');
    const transcription = { model: 'gpt-4o-transcribe' };
    session.say({ type: 'session.update', session: { audio: { input: { transcription } } } });
    await session.until('session.updated');
    const content = [{ type: 'input_audio', audio: inline.toString('base64') }];
    session.say({ type: 'conversation.item.create', item: { type: 'message', role: 'user', content } });
    for (const half of [heard.subarray(0, 3_000), heard.subarray(3_000)]) {
      session.say({ type: 'input_audio_buffer.append', audio: half.toString('base64') });
    }
    session.say({ type: 'input_audio_buffer.commit' });
    session.say({ type: 'response.create' });
    await session.until('response.done');
    session.ws.close();
    const turns = await turnsOf('on', 2, 'realtime');
    const blob = (bytes: Buffer, transcript?: string) => ({
      ...{ type: 'blob', modality: 'audio', mime_type: null, size_bytes: bytes.length },
      ...{ sha256: createHash('sha256').update(bytes).digest('hex'), ...(transcript && { transcript }) },
    });
    const [written] = turns.filter(({ head }) => head.endpoint === 'realtime.transcription') as [SpooledCall];
    expect(readRequest('realtime.transcription', written.request).inputMessages[0]?.parts).toEqual([blob(heard)]);
    expect(readReply(written.response).outputMessages[0]?.parts).toEqual([
      { type: 'text', content: 'How high is it?' },
    ]);
    const [answered] = turns.filter(({ head }) => head.endpoint === 'realtime.response') as [SpooledCall];
    expect(readRequest('realtime.response', answered.request).inputMessages).toEqual([
      { role: 'user', parts: [blob(inline)] },
      { role: 'user', parts: [blob(heard, 'How high is it?')] },
    ]);
    expect(readReply(answered.response).outputMessages[0]?.parts).toEqual([blob(spoken, 'Two metres.')]);
    for (const bytes of [heard, spoken, inline]) {
      expect(filesWith(proxy.home, bytes.toString('base64', 300, 360))).toEqual([]);
    }
  });

  it('keeps what an answer that was turned down was asked with for the next one', async () => {
    realtime({ words: 'Yes.' });
    const { answer } = upstream;
    let isDown = true;
    upstream.answer = (message, say, ws) => {
      if (isDown && message.includes('response.create')) {
        isDown = false;
        say({ type: 'error', error: { code: 'conversation_already_has_active_response' } });
      } else answer(message, say, ws);
    };
    const session = await talk('on', 'realtime?model=gpt-realtime');
    for (const event of ask('Is it open?')) session.say(event);
    await session.until('error');
    session.say('no JSON at all');
    for (const event of ask('And now?')) session.say(event);
    await session.until('response.done');
    session.ws.close();
    const [turn] = (await turnsOf('on', 1, 'realtime')) as [SpooledCall];
    const { inputMessages } = readRequest('realtime.response', turn.request);
    const texts = inputMessages.flatMap(({ parts }) => parts.map((part) => part.type === 'text' && part.content));
    expect(texts).toEqual(['Is it open?', 'And now?']);
    expect(JSON.parse(turn.request.toString()).events).toContainEqual({ type: 'weir.unread', bytes: 14 });
  });

  it('that breaks off leaves its answer as far as it came', async () => {
    realtime({ words: 'Two met', hold: true });
    const session = await talk('on', 'realtime?model=gpt-realtime');
    for (const event of ask('How high?')) session.say(event);
    await session.until('response.output_text.delta', 3);
    session.ws.terminate();
    const [turn] = (await turnsOf('on', 1, 'realtime')) as [SpooledCall];
    expect(turn.head).toMatchObject({ outcome: 'client_closed', response: { state: 'truncated', bytes: null } });
    const { complete, outputMessages } = readReply(turn.response);
    expect([complete, outputMessages[0]?.parts]).toEqual([false, [{ type: 'text', content: 'Two met' }]]);
  });
});

/** An upstream of Responses over a WebSocket: one answer after the other. */
function responses(words: string) {
  upstream.answer = (message, say) => {
    const { type } = JSON.parse(message) as { type: string };
    if (type !== 'response.create') return;
    const id = `resp_ws_${++answers}`;
    const response = { id, object: 'response', model: 'gpt-5.4', status: 'in_progress', output: [] };
    const content = [{ type: 'output_text', text: words }];
    const item = { id: 'msg', type: 'message', role: 'assistant', status: 'completed', content };
    say({ type: 'response.created', response });
    for (const delta of words.match(/.{1,3}/gs) ?? []) {
      say({ type: 'response.output_text.delta', item_id: 'msg', output_index: 0, content_index: 0, delta });
    }
    say({ type: 'response.completed', response: { ...response, status: 'completed', output: [item], usage: USAGE } });
  };
}

describe('a Responses session', () => {
  it('has each request byte for byte, and each answer with every event of it', async () => {
    responses('Two metres.');
    const session = await talk('on', 'responses');
    const first = `{"type":"response.create", "model":"gpt-5.4","instructions":"Be brief.","input":"How high?","tools":[${JSON.stringify(TOOL)}]}`;
    session.say(first);
    await session.until('response.completed');
    const { id } = (session.heard[0] as TalkEvent).response as { id: string };
    session.say({ type: 'response.processed', response_id: id });
    const next = { type: 'response.create', model: 'gpt-5.4', previous_response_id: id, input: 'And now?' };
    session.say(next);
    await session.until('response.completed', 2);
    session.ws.close();
    const turns = await turnsOf('on', 2, 'responses');
    expect(turns.map(({ request }) => request.toString())).toEqual([first, JSON.stringify(next)]);
    const heard = session.heard.map((event) => JSON.stringify(event));
    const half = heard.length / 2;
    expect(turns.map(({ response }) => response.toString())).toEqual(
      [heard.slice(0, half), heard.slice(half)].map((events) => `[${events.join(',\n')}]`),
    );
    const [{ head }] = turns as [SpooledCall];
    expect(readRequest(head.endpoint, Buffer.from(first))).toMatchObject({
      systemInstructions: [{ type: 'text', content: 'Be brief.' }],
      toolDefinitions: [TOOL],
    });
    expect(readReply((turns[0] as SpooledCall).response)).toMatchObject({
      ...{ responseId: id, complete: true },
      outputMessages: [{ parts: [{ type: 'text', content: 'Two metres.' }] }],
    });
  });

  it('is marked where its beginning alone is kept', async () => {
    responses('y'.repeat(3_000));
    const session = await talk('short', 'responses');
    const asked = JSON.stringify({ type: 'response.create', model: 'gpt-5.4', input: 'x'.repeat(5_000) });
    session.say(asked);
    await session.until('response.completed');
    session.ws.close();
    const [{ head, request }] = (await turnsOf('short', 1)) as [SpooledCall];
    expect(request.toString()).toBe(asked.slice(0, 1_024));
    expect(head.request).toMatchObject({ state: 'truncated', bytes: asked.length, keptBytes: 1_024 });
    expect(head.response).toMatchObject({ state: 'truncated', keptBytes: 1_024 });
  });
});

describe('what must not be kept of a session', () => {
  it('is nothing at all where recording is off, also when it is switched off while the session runs', async () => {
    const silent = 'this-canary-is-silent-1213';
    responses(`${silent} back`);
    for (const path of ['responses', 'realtime?model=m']) {
      const session = await talk('off', path);
      session.say({ type: 'response.create', model: 'm', input: silent });
      await session.until('response.completed');
      session.ws.close();
    }
    const running = await talk('on', 'responses');
    responses('loud');
    running.say({ type: 'response.create', model: 'm', input: 'loud' });
    await running.until('response.completed');
    await turnsOf('on', 1);
    proxy.publish(snapshotWith({ recordInputs: false, recordOutputs: false }));
    proxy.gateway.tick(performance.now());
    responses(`${silent} back`);
    running.say({ type: 'response.create', model: 'm', input: silent });
    await running.until('response.completed', 2);
    proxy.publish(snapshotWith());
    proxy.gateway.tick(performance.now());
    responses('loud');
    running.say({ type: 'response.create', model: 'm', input: 'loud again' });
    await running.until('response.completed', 3);
    running.ws.close();
    // Turns are recorded in their order: this one is written after the others would have been.
    const [last] = (await turnsOf('on', 1)) as [SpooledCall];
    expect(last.request.toString()).toContain('loud again');
    expect(filesWith(proxy.home, silent)).toEqual([]);
  });

  it('is one side where the other alone is recorded', async () => {
    responses('out loud');
    const session = await talk('outputs', 'responses');
    session.say({ type: 'response.create', model: 'm', input: 'said-in-confidence-0815' });
    await session.until('response.completed');
    session.ws.close();
    const [{ head, response }] = (await turnsOf('outputs', 1)) as [SpooledCall];
    expect([head.request.state, head.response.state]).toEqual(['off', 'whole']);
    expect(response.toString()).toContain('response.completed');
    expect(filesWith(proxy.home, 'said-in-confidence-0815')).toEqual([]);
  });

  it('is what rules find, also where an answer comes in pieces, and the provider’s key', async () => {
    realtime({ words: 'Write to kim@cleared.example.com.' });
    const session = await talk('cleared', 'realtime?model=gpt-realtime');
    session.say({ type: 'session.update', session: { instructions: 'You are jo@cleared.example.com.' } });
    for (const event of ask(`lee@cleared.example.com and ${SECRET}`)) session.say(event);
    await session.until('response.done');
    session.ws.close();
    const [{ head, request, response }] = (await turnsOf('cleared', 1, 'realtime')) as [SpooledCall];
    expect(head.request).toMatchObject({ state: 'redacted', redactions: { credential: 1 } });
    expect(head.response).toMatchObject({ state: 'assembled', redactions: { email: 1 } });
    const { systemInstructions, inputMessages } = readRequest(head.endpoint, request);
    expect(systemInstructions).toEqual([{ type: 'text', content: 'You are [REDACTED:email].' }]);
    expect(inputMessages[0]?.parts).toEqual([{ type: 'text', content: '[REDACTED:email] and [credential]' }]);
    expect(response.toString()).toContain('Write to [REDACTED:email].');
    expect(filesWith(proxy.home, 'cleared.example.com')).toEqual([]);
    expect(filesWith(proxy.home, SECRET.slice(8, 20))).toEqual([]);
  });

  it('is what passes in a protocol that is not known, and the turn says so', async () => {
    upstream.answer = (_message, say) => say({ serverContent: { modelTurn: { parts: [{ text: 'live-canary-42' }] } } });
    const session = await talk('on', 'unknown/protocol');
    session.say({ setup: { model: 'models/gemini-live' } });
    await until(() => session.heard.length > 0, 'the answer');
    session.ws.close();
    const [{ head, request, response }] = (await turnsOf('on', 1)) as [SpooledCall];
    const unread = { state: 'withheld', reason: 'session_unread', bytes: null };
    expect(head).toMatchObject({ endpoint: 'opaque', request: unread, response: unread });
    expect([request.length, response.length]).toEqual([0, 0]);
    expect(filesWith(proxy.home, 'live-canary-42')).toEqual([]);
  });
});

it('a session that holds more than there is memory for passes as ever, and what is not recorded is counted', async () => {
  responses('fine');
  const session = await talk('on', 'responses');
  session.say({ type: 'response.create', model: 'm', input: 'x'.repeat(MEMORY_BYTES) });
  await session.until('response.completed');
  session.say({ type: 'response.create', model: 'm', input: 'short' });
  await session.until('response.completed', 2);
  session.ws.close();
  const [turn] = await turnsOf('on', 1);
  expect(turn?.request.toString()).toContain('short');
  expect(proxy.metrics.state.transcripts.dropped).toMatchObject({ memory: 1 });
});
