import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { recordingSettings, type SnapshotProvider } from '@weir/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Answer, call } from '../support/client.js';
import {
  type ProviderInput,
  type ProxyOptions,
  provider,
  type RunningProxy,
  snapshotOf,
  startProxy,
  token,
  until,
} from '../support/harness.js';
import { startUpstream, type TestUpstream } from '../support/upstream.js';
import { filesWith, type SpooledCall, spooledCalls } from './spooled.js';

const SECRET = 'sk-proj-canaryKEY7f3a91b2c4d5e6f708192a3b';
const CANARY = 'the-canary-sings-4711';
const USAGE = '"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}';
const ANSWER = `{"model":"m","choices":[{"message":{"role":"assistant","content":"${CANARY} back"}}],${USAGE}}`;
const QUESTION = JSON.stringify({ model: 'm', messages: [{ role: 'user', content: `say ${CANARY}` }] });

const both = { recordInputs: true, recordOutputs: true };
const recording = (settings: Partial<SnapshotProvider['recording']>) => recordingSettings.parse(settings);
const entry = token();

let upstream: TestUpstream;
let proxy: RunningProxy;

/** By name, what is recorded of it. */
const PROVIDERS: Readonly<Record<string, Partial<ProviderInput>>> = {
  off: {},
  on: both,
  messages: { ...both, type: 'anthropic' },
  outputs: { recordOutputs: true },
  sampled: { ...both, recording: recording({ samplePer10k: 5_000 }) },
  short: { ...both, recording: recording({ maxBodyBytes: 1_024 }) },
  cleared: {
    ...both,
    recording: recording({ redactDetectors: ['email'], redactPatterns: [{ name: 'canary', pattern: CANARY }] }),
  },
  'cleared-short': { ...both, recording: recording({ redactDetectors: ['email'], maxBodyBytes: 1_024 }) },
  future: { ...both, recording: recording({ redactDetectors: ['of_the_future'] }) },
};

beforeAll(async () => {
  upstream = await startUpstream();
  proxy = await start();
});
beforeEach(() => {
  upstream.answer = (_req, res) => res.writeHead(200, { 'content-type': 'application/json' }).end(ANSWER);
});
afterAll(async () => {
  await proxy.close();
  await upstream.close();
});

function start(options: ProxyOptions = {}): Promise<RunningProxy> {
  const providers = Object.entries(PROVIDERS).map(([name, settings]) =>
    provider({ name, baseUrl: upstream.origin, secret: SECRET, ...settings }),
  );
  return startProxy({ snapshot: snapshotOf({ providers, tokens: [entry.entry] }), ...options });
}

const authorization = `Bearer ${entry.text}`;
const json = { authorization, 'content-type': 'application/json' };
const url = (name: string, path = 'v1/chat/completions', by = proxy) => `${by.origin}/llm/v1/providers/${name}/${path}`;

function ask(name: string, body: string | Buffer = QUESTION, headers: Record<string, string> = {}): Promise<Answer> {
  return call(url(name), { headers: { ...json, ...headers }, body });
}

const idOf = ({ headers }: Answer): string => headers['x-weir-request-id'] as string;

async function recordedOf(answer: Answer): Promise<SpooledCall> {
  let found: SpooledCall | undefined;
  await until(() => {
    found = spooledCalls(proxy.home).find(({ head }) => head.callId === idOf(answer));
    return found !== undefined;
  }, 'the recorded call');
  return found as SpooledCall;
}

describe('recording that is off', () => {
  it('leaves no byte of a body on the disk, not even beside a call that is recorded', async () => {
    const silent = 'this-canary-is-silent-0815';
    upstream.answer = (_req, res) => res.end(ANSWER.replace(CANARY, silent));
    const answer = await ask('off', QUESTION.replace(CANARY, silent), { 'x-claude-code-session-id': silent });
    expect(answer.body.toString()).toContain(silent);
    await proxy.eventOf(idOf(answer));
    upstream.answer = (_req, res) => res.end(ANSWER);
    // Calls are recorded in their order: this one is written after the other would have been.
    await recordedOf(await ask('on'));
    expect(filesWith(proxy.home, CANARY)).not.toEqual([]);
    expect(filesWith(proxy.home, silent)).toEqual([]);
  });

  it('makes no place for what it does not keep', async () => {
    const home = mkdtempSync(join(tmpdir(), 'weir-quiet-'));
    try {
      const quiet = await start({ home });
      await call(url('off', undefined, quiet), { headers: json, body: QUESTION });
      await quiet.events(1);
      // Stopping hands over what was still to be written.
      await quiet.close();
      expect(existsSync(join(home, 'slot-0'))).toBe(true);
      expect(existsSync(join(home, 'transcripts'))).toBe(false);
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  });

  it('is off for one side where only the other one is recorded', async () => {
    const { head, request, response } = await recordedOf(await ask('outputs'));
    expect([head.request.state, request.length]).toEqual(['off', 0]);
    expect(response.toString()).toBe(ANSWER);
  });

  it('keeps nothing of what is asked about tokens and models, which no model answers', async () => {
    upstream.answer = (_req, res) => res.end('{"input_tokens":4711}');
    const counted = await call(url('messages', 'v1/messages/count_tokens'), { headers: json, body: QUESTION });
    expect(await proxy.eventOf(idOf(counted))).toMatchObject({ endpoint: 'messages.count_tokens', status: 200 });
    const listed = await call(url('on', 'v1/models'), { method: 'GET', headers: json });
    expect(await proxy.eventOf(idOf(listed))).toMatchObject({ endpoint: 'models' });
    await recordedOf(await ask('on'));
    const recorded = new Set(spooledCalls(proxy.home).map(({ head }) => head.callId));
    expect([counted, listed].map((answer) => recorded.has(idOf(answer)))).toEqual([false, false]);
  });

  it('holds for the calls a sample leaves out, whichever attempt of them', async () => {
    const ids = Array.from({ length: 24 }, (_, n) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`);
    for (const id of ids) {
      for (const attempt of ['1', '2'])
        await ask('sampled', QUESTION, { 'x-weir-call': id, 'x-weir-attempt': attempt });
    }
    await recordedOf(await ask('on'));
    const sampled = spooledCalls(proxy.home).filter(({ head }) => head.provider === 'sampled');
    const attempts = ids.map((id) => sampled.filter(({ head }) => head.callId === id).map(({ head }) => head.attempt));
    expect(new Set(attempts.map((each) => each.join()))).toEqual(new Set(['', '1,2']));
  });
});

describe('a recorded call', () => {
  it('has the exact bytes of both sides, and says whose they are', async () => {
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    const answer = await ask('on', QUESTION, {
      'X-Claude-Code-Session-Id': 'session-1',
      'x-weir-user': 'kim',
      baggage: 'userEmail=kim@example.com,gen_ai.conversation.id=c%201',
      'x-internal': 'private',
      traceparent,
    });
    const event = await proxy.eventOf(idOf(answer));
    const { head, request, response } = await recordedOf(answer);
    expect(request.toString()).toBe(QUESTION);
    expect(response.toString()).toBe(ANSWER);
    expect([event.traceId, head.traceId]).toEqual(Array(2).fill('4bf92f3577b34da6a3ce929d0e0e4736'));
    expect(head).toMatchObject({
      ...{ eventId: event.eventId, callId: event.callId, projectId: event.projectId, providerId: event.providerId },
      ...{ endpoint: 'chat.completions', outcome: 'completed', status: 200, user: 'kim', retentionDays: 30 },
      request: { state: 'whole', contentType: 'application/json', bytes: QUESTION.length },
      response: { state: 'whole', bytes: ANSWER.length },
    });
    expect(head.headers).toEqual({
      'x-claude-code-session-id': 'session-1',
      baggage: 'gen_ai.conversation.id=c%201',
      traceparent,
    });
  });

  it('is in files that nobody else can read', async () => {
    await recordedOf(await ask('on'));
    expect(statSync(join(proxy.home, 'transcripts', 'slot-0')).mode & 0o777).toBe(0o700);
    const files = filesWith(proxy.home, CANARY);
    expect(files).not.toEqual([]);
    for (const path of files) expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('has every byte of a stream, the usage we asked for and took out again among them', async () => {
    const events = Array.from({ length: 300 }, (_, n) => `data: {"choices":[{"delta":{"content":"${n} "}}]}\n\n`);
    events.push(`data: {"choices":[],${USAGE}}\n\n`, 'data: [DONE]\n\n');
    const sent = events.join('');
    upstream.answer = (_req, res) => {
      res.writeHead(200, { 'content-type': 'text/event-stream' });
      const next = () => {
        const event = events.shift();
        if (event === undefined) res.end();
        else res.write(event, () => setImmediate(next));
      };
      next();
    };
    const question = JSON.stringify({ model: 'm', stream: true, messages: [{ role: 'user', content: 'count' }] });
    const answer = await ask('on', question);
    const { head, request, response } = await recordedOf(answer);
    expect(answer.body.toString()).not.toContain('prompt_tokens');
    expect(response.toString()).toBe(sent);
    expect(request.toString()).toBe(question);
    expect(head).toMatchObject({ streamed: true, response: { state: 'whole' } });
  });

  it.each([
    ['gzip', gzipSync],
    ['zstd', zstdCompressSync],
    ['br', brotliCompressSync],
  ])('is without its %s, asked or answered', async (coding, encode) => {
    upstream.answer = (_req, res) => {
      const headers = { 'content-type': 'application/json', 'content-encoding': coding };
      res.writeHead(200, headers).end(encode(Buffer.from(ANSWER)));
    };
    const { request, response } = await recordedOf(
      await ask('on', encode(Buffer.from(QUESTION)), { 'content-encoding': coding }),
    );
    expect(request.toString()).toBe(QUESTION);
    expect(response.toString()).toBe(ANSWER);
  });

  it('is marked where its beginning alone is kept', async () => {
    const long = QUESTION.replace('say', 'x'.repeat(5_000));
    const longAnswer = ANSWER.replace('back', 'y'.repeat(5_000));
    upstream.answer = (_req, res) => {
      res.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
      res.end(gzipSync(Buffer.from(longAnswer)));
    };
    const { head, request, response } = await recordedOf(await ask('short', long));
    expect(head.request).toMatchObject({ state: 'truncated', bytes: long.length, keptBytes: 1_024 });
    expect(request.toString()).toBe(long.slice(0, 1_024));
    expect(head.response).toMatchObject({ state: 'truncated', bytes: null, keptBytes: 1_024 });
    expect(response.toString()).toBe(longAnswer.slice(0, 1_024));
  });

  it('is kept as far as it came where the client leaves', async () => {
    upstream.answer = (_req, res) => {
      res.writeHead(200, { 'content-type': 'text/event-stream' });
      res.write(`data: {"choices":[{"delta":{"content":"${CANARY}"}}]}\n\n`);
    };
    const body = QUESTION.replace('{', '{"stream":true,');
    const { head, response } = await recordedOf(
      await call(url('on'), { headers: json, body, agent: false, abortAfterBytes: 1 }),
    );
    expect(head).toMatchObject({ outcome: 'client_closed', response: { state: 'truncated', bytes: null } });
    expect(response.toString()).toContain(CANARY);
  });

  it('is kept with its question where no answer came, and with an error as the upstream worded it', async () => {
    upstream.answer = (_req, res) => res.destroy();
    const unanswered = await recordedOf(await ask('on'));
    expect(unanswered.head).toMatchObject({ outcome: 'upstream_error', response: { state: 'none' } });
    expect(unanswered.request.toString()).toBe(QUESTION);
    upstream.answer = (_req, res) => res.writeHead(429, { 'content-type': 'application/json' }).end('{"error":{}}');
    const limited = await recordedOf(await ask('on'));
    expect(limited.head).toMatchObject({ status: 429, outcome: 'upstream_error' });
    expect(limited.response.toString()).toBe('{"error":{}}');
  });

  it('has an upload that streams through', async () => {
    const part = '--b\r\ncontent-disposition: form-data; name="model"\r\n\r\nm\r\n--b--\r\n';
    const body = `${part}${'z'.repeat(300_000)}`;
    const contentType = 'multipart/form-data; boundary=b';
    const headers = { authorization, 'content-type': contentType };
    const { head, request } = await recordedOf(await call(url('on', 'v1/audio/transcriptions'), { headers, body }));
    expect(request.equals(Buffer.from(body))).toBe(true);
    expect(head.request).toMatchObject({ state: 'whole', contentType });
  });
});

describe('what must not be kept', () => {
  it('our own credential, whoever echoes it, and gateway tokens', async () => {
    upstream.answer = (_req, res) => {
      res.writeHead(401, { 'content-type': 'application/json' });
      res.end(JSON.stringify({ error: { message: `Incorrect key: ${SECRET}` } }));
    };
    const body = QUESTION.replace('say', `my token is ${entry.text}`);
    const { head, request, response } = await recordedOf(await ask('on', body, { 'x-session-id': entry.text }));
    expect(filesWith(proxy.home, SECRET.slice(8, 20))).toEqual([]);
    expect(filesWith(proxy.home, entry.text.slice(5))).toEqual([]);
    expect(response.toString()).toBe('{"error":{"message":"Incorrect key: [credential]"}}');
    expect(request.toString()).toContain('my token is [credential]');
    expect(head.headers).toEqual({ 'x-session-id': '[credential]' });
    expect(head.response).toMatchObject({ state: 'redacted', redactions: { credential: 1 } });
  });

  it('what rules find is replaced, on both sides', async () => {
    const answer = await ask('cleared', QUESTION.replace('say', 'say to kim@cleared.example.com'));
    const { head, request, response } = await recordedOf(answer);
    expect(filesWith(proxy.home, 'kim@cleared.example.com')).toEqual([]);
    expect(JSON.parse(request.toString()).messages[0].content).toBe('say to [REDACTED:email] [REDACTED:canary]');
    expect(response.toString()).toBe(ANSWER.replace(CANARY, '[REDACTED:canary]'));
    expect(head.request).toMatchObject({ state: 'redacted', redactions: { email: 1, canary: 1 } });
  });

  it('a stream that says it in pieces is kept as what it said, cleared', async () => {
    upstream.answer = (_req, res) => {
      res.writeHead(200, { 'content-type': 'text/event-stream' });
      for (const piece of ['the-can', 'ary-sings', '-4711 now']) {
        res.write(`data: {"choices":[{"index":0,"delta":{"role":"assistant","content":"${piece}"}}]}\n\n`);
      }
      res.end('data: [DONE]\n\n');
    };
    const { head, response } = await recordedOf(await ask('cleared', QUESTION.replace('{', '{"stream":true,')));
    expect(head.response).toMatchObject({ state: 'assembled', redactions: { canary: 1 } });
    expect(JSON.parse(response.toString()).outputMessages[0].parts[0].content).toBe('[REDACTED:canary] now');
    expect(response.toString()).not.toContain('ary-sings');
  });

  it.each<[string, string, string, Buffer]>([
    ['rules that are unknown', 'future', 'failed', Buffer.from(QUESTION)],
    ['no text', 'cleared', 'not_text', Buffer.from([0xff, 0xfe, 0x80, 0x81])],
    ['a cut body', 'cleared-short', 'truncated', Buffer.from(QUESTION.repeat(100))],
  ])('nothing is kept where rules meet %s', async (_what, name, reason, body) => {
    const answer = await call(url(name, 'v1/files'), { headers: { authorization }, body });
    const { head, request } = await recordedOf(answer);
    expect(head.request).toMatchObject({ state: 'withheld', reason, keptBytes: 0, compressedBytes: 0 });
    expect(request.length).toBe(0);
  });
});

describe('where there is no room', () => {
  it('calls are dropped and counted, and every call has its answer and its event', async () => {
    const narrow = await start({ transcriptSpoolBytes: 3_000, transcriptMemoryBytes: 600 });
    try {
      const { transcripts } = narrow.metrics.state;
      const send = async (body: string) => (await call(url('on', undefined, narrow), { headers: json, body })).body;
      expect((await send(QUESTION.replace('say', 'x'.repeat(10_000)))).toString()).toBe(ANSWER);
      await until(() => transcripts.dropped.memory === 1, 'the call that no memory was left for');
      for (let n = 1; n <= 12; n++) {
        expect((await send(QUESTION)).toString()).toBe(ANSWER);
        const settled = () => transcripts.recorded + (transcripts.dropped.spool_full ?? 0);
        // Its memory has been given back, or the next one would have none.
        await until(() => settled() === n, 'the call to be settled');
      }
      expect(await narrow.events(13)).toHaveLength(13);
      expect(transcripts.recorded).toBeGreaterThan(0);
      expect(transcripts.dropped).toEqual({ memory: 1, spool_full: 12 - transcripts.recorded });
      expect(transcripts.recorded).toBeLessThan(12);
      expect(spooledCalls(narrow.home)).toHaveLength(transcripts.recorded);
    } finally {
      await narrow.close();
    }
  });

  it.each([
    ['dies', 'process.exit(3)', 'thread'],
    ['does nothing', 'setInterval(() => undefined, 60_000)', 'queue'],
  ] as const)('a thread that %s holds up no call, and what it cannot take is counted', async (_how, code, reason) => {
    const recordThread = new URL(`data:text/javascript,${code}`);
    const alone = await start({ recordThread, maxWaitingRecordings: 2 });
    try {
      const { dropped } = alone.metrics.state.transcripts;
      for (let n = 0; n < 4; n++) {
        const answer = await call(url('on', undefined, alone), { headers: json, body: QUESTION });
        expect(answer.body.toString()).toBe(ANSWER);
      }
      expect(await alone.events(4)).toHaveLength(4);
      await until(() => (dropped[reason] ?? 0) >= 2, 'calls to be counted as dropped');
    } finally {
      await alone.close();
    }
  });
});
