import { once } from 'node:events';
import { type ClientRequest, request } from 'node:http';
import { connect } from 'node:net';
import type { SnapshotProvider } from '@weir/contracts';
import { afterEach, describe, expect, it } from 'vitest';
import { provider, type RunningProxy, snapshotOf, startProxy, token, until } from '../support/harness.js';
import { connectHttp2, reply } from '../support/http2-client.js';
import { startUpstream, type TestUpstream } from '../support/upstream.js';
import { ANSWERS, sse, type UpstreamAnswer } from './answers.js';
import { type SteppedAnswer, type SteppedUpstream, steppedUpstream } from './stepped-upstream.js';

const app = token();
const headers = { authorization: `Bearer ${app.text}`, 'content-type': 'application/json', 'accept-encoding': 'gzip' };
const [CHAT] = ANSWERS as [UpstreamAnswer];
const GEMINI: UpstreamAnswer = {
  ...(ANSWERS[4] as UpstreamAnswer),
  path: 'v1beta/models/gemini-3-pro:streamGenerateContent?alt=sse',
  headers: CHAT.headers,
};
/** Of a stream, before its reader takes anything (RFC 9113 section 6.9.2). */
const HTTP2_WINDOW_BYTES = 65_535;
const WORD = { model: 'gpt-5.4', choices: [{ index: 0, delta: { content: 'river' } }] };
const USAGE = { model: 'gpt-5.4', choices: [], usage: { prompt_tokens: 21, completion_tokens: 6, total_tokens: 27 } };
const candidate = (index: number, candidatesTokenCount: number) => ({
  candidates: [{ index, content: { role: 'model', parts: [{ text: 'river' }] }, finishReason: 'STOP' }],
  usageMetadata: { promptTokenCount: 21, candidatesTokenCount, totalTokenCount: 21 + candidatesTokenCount },
  modelVersion: 'g',
});
const opened: { close(): Promise<void> }[] = [];
let proxy: RunningProxy;

afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
});

async function serve(upstream: TestUpstream, input: Partial<SnapshotProvider>, maxDrains = 1_000): Promise<void> {
  proxy = await startProxy({
    maxDrains,
    snapshot: snapshotOf({
      providers: [provider({ name: 'main', baseUrl: upstream.origin, secret: 'sk', ...input })],
      tokens: [app.entry],
    }),
  });
  opened.push(proxy, upstream);
}

async function start(answer: UpstreamAnswer, input: Partial<SnapshotProvider>, maxDrains?: number) {
  const upstream = await steppedUpstream(answer);
  await serve(upstream, { type: answer.type, ...input }, maxDrains);
  return upstream;
}

/** A client on a connection of its own; what it gets is counted. */
function ask({ path, ask: body }: UpstreamAnswer): { readonly req: ClientRequest; received: number } {
  const client = {
    req: request(`${proxy.origin}/llm/v1/providers/main/${path}`, { method: 'POST', headers, agent: false }),
    received: 0,
  };
  client.req.on('error', () => undefined);
  client.req.on('response', (res) => {
    res.on('data', (chunk: Buffer) => {
      client.received += chunk.length;
    });
    res.on('error', () => undefined);
  });
  client.req.end(body);
  return client;
}

const answerOf = async (upstream: SteppedUpstream, index = 0): Promise<SteppedAnswer> => {
  await until(() => upstream.answers.length > index, 'the upstream to be asked');
  return upstream.answers[index] as SteppedAnswer;
};

/** The pieces that have come by the time the client leaves. */
const MOMENTS: readonly [string, (pieces: number) => number][] = [
  ['before the first byte', () => -1],
  ['with the head alone', () => 0],
  ['after the first piece', () => 1],
  ['just before the last piece', (pieces) => pieces - 1],
];

describe.each(ANSWERS)('a client leaves $name', (answer) => {
  const bytesOf = (pieces: number) =>
    answer.pieces.slice(0, Math.max(0, pieces)).reduce((sum, { length }) => sum + length, 0);

  /** Lets a client leave at a moment and returns once the proxy knows. */
  async function leaveAt(upstream: SteppedUpstream, pieces: number): Promise<void> {
    const client = ask(answer);
    const stepped = await answerOf(upstream);
    if (pieces >= 0) {
      const answered = once(client.req, 'response');
      stepped.send(pieces);
      await answered;
      await until(() => client.received === bytesOf(pieces), 'the client to have what was sent');
    }
    client.req.destroy();
  }

  it.each(MOMENTS)('drain, %s: the answer is read to its end and counted as for one who stays', async (_moment, at) => {
    const upstream = await start(answer, { onClientClose: 'drain' });
    const pieces = at(answer.pieces.length);
    await leaveAt(upstream, pieces);
    await until(() => proxy.gateway.drains === 1, 'the answer to be read on');
    expect(proxy.metrics.inFlight).toBe(1);
    (await answerOf(upstream)).finish();
    const [event] = await proxy.events(1);
    expect(event).toMatchObject({
      outcome: 'client_closed',
      abortAction: 'drained',
      usageSource: 'reported',
      meters: answer.meters,
      upstreamStatus: 200,
      status: pieces < 0 ? null : 200,
      responseBytes: bytesOf(pieces),
      errorCode: null,
    });
    expect(upstream.cancelled.count).toBe(0);
    expect([proxy.gateway.drains, proxy.metrics.inFlight]).toEqual([0, 0]);
  });

  it.each(MOMENTS)('cancel, %s: the upstream is let go at once and the event says so', async (_moment, at) => {
    const upstream = await start(answer, { onClientClose: 'cancel' });
    await leaveAt(upstream, at(answer.pieces.length));
    await until(() => upstream.cancelled.count === 1, 'the upstream to see that it is cancelled');
    const [event] = await proxy.events(1);
    expect(event).toMatchObject({ outcome: 'client_closed', abortAction: 'cancelled' });
    expect(event?.usageSource).not.toBe('reported');
    expect(event?.meters.output).toBeUndefined();
  });
});

/** Under a coding, the end may not be decoded yet when the client leaves. */
const STREAMS = ANSWERS.filter(({ name, headers }) => name !== 'a whole JSON body' && !('content-encoding' in headers));

describe('a client leaves with the last of a stream', () => {
  const whole = { outcome: 'completed', abortAction: null, status: 200, usageSource: 'reported', errorCode: null };

  /** Lets a client leave once it has all of an answer whose upstream has not ended it yet. */
  async function leaveAtEnd(answer: UpstreamAnswer, upstream: SteppedUpstream): Promise<SteppedAnswer> {
    const client = ask(answer);
    const stepped = await answerOf(upstream);
    stepped.send(answer.pieces.length);
    const [relay] = proxy.gateway.relays;
    await until(() => {
      relay?.refresh();
      return relay?.event.usageSource === 'reported' && client.received === relay.event.responseBytes;
    }, 'the client to have all of it');
    client.req.destroy();
    return stepped;
  }

  it.each(STREAMS)('$name: it is complete, and read on to its end under either policy', async (answer) => {
    for (const onClientClose of ['drain', 'cancel'] as const) {
      const upstream = await start(answer, { onClientClose });
      const stepped = await leaveAtEnd(answer, upstream);
      await until(() => proxy.gateway.drains === 1, 'the answer to be read on');
      stepped.finish();
      const [event] = await proxy.events(1);
      expect(event).toMatchObject({ ...whole, meters: answer.meters });
      expect(upstream.cancelled.count).toBe(0);
    }
  });

  it('an upstream that then leaves its answer open is let go at the bound', async () => {
    const upstream = await start(CHAT, { onClientClose: 'cancel', drainMs: 150 });
    await leaveAtEnd(CHAT, upstream);
    expect((await proxy.events(1))[0]).toMatchObject({ ...whole, meters: CHAT.meters });
    await until(() => upstream.cancelled.count === 1, 'the upstream to be let go');
  });

  it('it is complete, too, where no more answers may be read on', async () => {
    const upstream = await start(CHAT, { onClientClose: 'drain' }, 0);
    await leaveAtEnd(CHAT, upstream);
    expect((await proxy.events(1))[0]).toMatchObject({ ...whole, meters: CHAT.meters });
    await until(() => upstream.cancelled.count === 1, 'the upstream to be let go');
  });

  it('an error that ended it is its outcome', async () => {
    const error = { code: 'server_error', message: 'no' };
    const failed = { type: 'response.failed', response: { model: 'gpt-5.4', error, usage: null } };
    const answer = { ...CHAT, path: 'v1/responses', pieces: [sse(failed)] };
    const upstream = await start(answer, { onClientClose: 'cancel' });
    const client = ask(answer);
    const stepped = await answerOf(upstream);
    stepped.send(1);
    await until(() => client.received > 0, 'the error');
    client.req.destroy();
    await until(() => proxy.gateway.drains === 1, 'the answer to be read on');
    stepped.finish();
    expect((await proxy.events(1))[0]).toMatchObject({
      ...{ outcome: 'upstream_error', errorCode: 'server_error', abortAction: null },
    });
  });

  it.each<[string, UpstreamAnswer, unknown]>([
    [
      'one candidate of two',
      { ...GEMINI, pieces: [sse(candidate(0, 6)), sse(candidate(1, 9))] },
      { input: 21, output: 9 },
    ],
    [
      'all but a usage that comes behind the mark',
      { ...CHAT, pieces: [sse(WORD), sse('[DONE]'), sse(USAGE)] },
      CHAT.meters,
    ],
  ])('who had %s has left early, and what is stated then is counted', async (_what, answer, meters) => {
    for (const onClientClose of ['drain', 'cancel'] as const) {
      const upstream = await start(answer, { onClientClose });
      const client = ask(answer);
      const stepped = await answerOf(upstream);
      const early = answer.pieces.slice(0, -1);
      stepped.send(early.length);
      await until(() => client.received === Buffer.concat(early).length, 'all but the last');
      client.req.destroy();
      await until(() => proxy.gateway.drains === 1, 'the answer to be read on');
      stepped.finish();
      expect((await proxy.events(1))[0]).toMatchObject({
        ...{ outcome: 'client_closed', abortAction: 'drained', usageSource: 'reported', meters },
      });
    }
  });

  it('but whose connection has not taken the last of it', async () => {
    const filler = Buffer.from(`: ${'x'.repeat(HTTP2_WINDOW_BYTES - 4)}\n\n`);
    const answer = { ...CHAT, pieces: [filler, Buffer.concat(CHAT.pieces)] };
    const upstream = await start(answer, { onClientClose: 'drain' });
    const session = await connectHttp2(proxy.origin);
    const stream = session.request({
      ':method': 'POST',
      ':path': `/llm/v1/providers/main/${answer.path}`,
      authorization: `Bearer ${app.text}`,
      'content-type': 'application/json',
    });
    stream.on('error', () => undefined).end(answer.ask);
    (await answerOf(upstream)).send(2);
    const [relay] = proxy.gateway.relays;
    await until(() => {
      relay?.refresh();
      return relay?.event.usageSource === 'reported';
    }, 'all of it to be on its way');
    expect(relay?.event.responseBytes).toBeGreaterThan(HTTP2_WINDOW_BYTES);
    stream.close(8);
    await until(() => proxy.gateway.drains === 1, 'the answer to be read on');
    upstream.answers[0]?.finish();
    expect((await proxy.events(1))[0]).toMatchObject({
      ...{ outcome: 'client_closed', abortAction: 'drained', meters: CHAT.meters },
    });
    session.destroy();
  });
});

describe('reading on', () => {
  it('ends at the bound, with what was known by then', async () => {
    const upstream = await start(ANSWERS[3] as UpstreamAnswer, { onClientClose: 'drain', drainMs: 200 });
    const client = ask(ANSWERS[3] as UpstreamAnswer);
    (await answerOf(upstream)).send(3);
    await until(() => client.received > 0, 'the first piece');
    client.req.destroy();
    const [event] = await proxy.events(1);
    expect(event).toMatchObject({
      outcome: 'client_closed',
      abortAction: 'drain_cut',
      usageSource: 'partial',
      meters: { input: 21 },
      errorCode: null,
    });
    await until(() => upstream.cancelled.count === 1, 'the upstream to be let go');
    expect(event?.durationMs).toBeLessThan(10_000);
  });

  it('ends when the upstream says nothing more for as long as it may', async () => {
    const timeouts = { connectMs: 2_000, firstByteMs: 10_000, idleMs: 150 };
    const upstream = await start(CHAT, { onClientClose: 'drain', timeouts });
    const client = ask(CHAT);
    (await answerOf(upstream)).send(2);
    await until(() => client.received > 0, 'the first piece');
    client.req.destroy();
    const [event] = await proxy.events(1);
    expect(event).toMatchObject({
      outcome: 'client_closed',
      abortAction: 'drain_cut',
      errorCode: 'upstream_timeout',
      usageSource: 'none',
    });
  });

  it('ends when the upstream breaks off, which is no end of its answer', async () => {
    const upstream = await startUpstream((_req, res) => {
      res.writeHead(200, { 'content-type': 'text/event-stream' });
      res.write(CHAT.pieces[0]);
      resets.push(() => res.socket?.resetAndDestroy());
    });
    const resets: (() => void)[] = [];
    await serve(upstream, { onClientClose: 'drain' });
    const client = ask(CHAT);
    await until(() => client.received > 0, 'the first piece');
    client.req.destroy();
    await until(() => proxy.gateway.drains === 1, 'the answer to be read on');
    resets[0]?.();
    expect((await proxy.events(1))[0]).toMatchObject({
      outcome: 'client_closed',
      abortAction: 'drain_cut',
      errorCode: 'upstream_reset',
    });
  });

  it('keeps the upstream’s own error, and the durations that the client saw', async () => {
    const upstream = await startUpstream((_req, res) => {
      answers.push(() => {
        res.writeHead(429, { 'content-type': 'application/json' });
        res.end('{"error":{"message":"slow down","type":"rate_limit_error","code":"rate_limit_exceeded"}}');
      });
    });
    const answers: (() => void)[] = [];
    await serve(upstream, { onClientClose: 'drain' });
    const client = ask(CHAT);
    await until(() => answers.length === 1, 'the upstream to be asked');
    client.req.destroy();
    await until(() => proxy.gateway.drains === 1, 'the answer to be awaited');
    answers[0]?.();
    const [event] = await proxy.events(1);
    expect(event).toMatchObject({
      outcome: 'client_closed',
      abortAction: 'drained',
      status: null,
      upstreamStatus: 429,
      errorCode: 'rate_limit_exceeded',
      firstByteMs: null,
      firstTokenMs: null,
      meters: {},
      usageSource: 'none',
    });
  });

  it('is bounded in number: beyond it calls are cancelled', async () => {
    const upstream = await start(CHAT, { onClientClose: 'drain' }, 3);
    const clients = Array.from({ length: 5 }, () => ask(CHAT));
    await answerOf(upstream, 4);
    for (const { req } of clients) req.destroy();
    await until(() => upstream.cancelled.count === 2, 'two of them to be cancelled');
    expect(proxy.gateway.drains).toBe(3);
    for (const answer of upstream.answers) answer.finish();
    const events = await proxy.events(5);
    expect(events.map(({ abortAction }) => abortAction).sort()).toEqual([
      'cancelled',
      'cancelled',
      'drained',
      'drained',
      'drained',
    ]);
  });

  it('does not go on for a client that had stopped reading before it left: its upstream is not held up', async () => {
    const event = Buffer.from(`data: ${JSON.stringify({ choices: [{ delta: { content: 'x'.repeat(16_000) } }] })}\n\n`);
    const upstream = await startUpstream((_req, res) => {
      res.writeHead(200, { 'content-type': 'text/event-stream' });
      let left = 3_000;
      const more = (): void => {
        while (left-- > 0) {
          if (!res.write(event)) {
            res.once('drain', more);
            return;
          }
        }
        for (const piece of CHAT.pieces) res.write(piece);
        res.end();
      };
      more();
    });
    await serve(upstream, { onClientClose: 'drain' });
    const socket = connect(proxy.port, '127.0.0.1', () => {
      socket.write(
        `POST /llm/v1/providers/main/v1/chat/completions HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${app.text}\r\ncontent-length: ${CHAT.ask.length}\r\n\r\n${CHAT.ask}`,
      );
    });
    socket.on('error', () => undefined);
    socket.pause();
    let seen = -1;
    await until(() => {
      const [relay] = proxy.gateway.relays;
      const isStill = relay !== undefined && relay.event.responseBytes > 0 && relay.event.responseBytes === seen;
      seen = relay?.event.responseBytes ?? -1;
      return isStill;
    }, 'the client to hold up the answer');
    socket.destroy();
    const [recorded] = await proxy.events(1);
    expect(recorded).toMatchObject({ abortAction: 'drained', usageSource: 'reported', meters: CHAT.meters });
    expect(recorded?.responseBytes).toBeLessThan(3_000 * event.length);
  });

  it('stops at a number of bytes too', async () => {
    const piece = Buffer.alloc(1024 * 1024, 'x');
    const upstream = await startUpstream((_req, res) => {
      res.writeHead(200, { 'content-type': 'text/event-stream' });
      const more = (): void => {
        while (!res.destroyed) {
          if (!res.write(piece)) {
            res.once('drain', more);
            return;
          }
        }
      };
      more();
    });
    await serve(upstream, { onClientClose: 'drain', drainMs: 600_000 });
    const client = ask(CHAT);
    await until(() => client.received > 0, 'the first bytes');
    client.req.destroy();
    expect((await proxy.events(1))[0]).toMatchObject({ abortAction: 'drain_cut', usageSource: 'none' });
    await until(() => upstream.cancelled.count === 1, 'the upstream to be let go');
  });
});

describe('where there is nothing to read on', () => {
  it('a request that was not sent whole is cancelled, whether it is read first or passed through', async () => {
    const upstream = await start(CHAT, { onClientClose: 'drain' });
    for (const path of ['v1/chat/completions', 'v1/files']) {
      const socket = connect(proxy.port, '127.0.0.1', () => {
        socket.write(
          `POST /llm/v1/providers/main/${path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${app.text}\r\ncontent-type: multipart/form-data; boundary=x\r\ncontent-length: 1000\r\n\r\n{"mod`,
        );
      });
      socket.on('error', () => undefined);
      await until(() => proxy.metrics.inFlight === 1, 'the upload');
      socket.resetAndDestroy();
      await until(() => proxy.metrics.inFlight === 0, 'the call to be over');
    }
    const events = await proxy.events(2);
    expect(events.map(({ outcome, abortAction }) => [outcome, abortAction])).toEqual([
      ['client_closed', 'cancelled'],
      ['client_closed', 'cancelled'],
    ]);
    expect(proxy.gateway.drains).toBe(0);
    expect(upstream.answers).toEqual([]);
  });

  it.each([
    ['an endpoint that is not metered', { ...CHAT, path: 'v1/fine_tuning/jobs' }],
    ['a count of tokens', { ...(ANSWERS[3] as UpstreamAnswer), path: 'v1/messages/count_tokens' }],
  ])('%s is cancelled', async (_what, answer) => {
    const upstream = await start(answer, { onClientClose: 'drain' });
    const client = ask(answer);
    await answerOf(upstream);
    client.req.destroy();
    await until(() => upstream.cancelled.count === 1, 'the cancellation');
    expect((await proxy.events(1))[0]).toMatchObject({ abortAction: 'cancelled', usageSource: 'none' });
  });
});

describe('an HTTP/2 client', () => {
  it.each(['drain', 'cancel'] as const)(
    'that resets its stream is treated as one that hangs up: %s',
    async (policy) => {
      const answer = ANSWERS[5] as UpstreamAnswer;
      const upstream = await start(answer, { onClientClose: policy });
      const session = await connectHttp2(proxy.origin);
      const stream = session.request({
        ':method': 'POST',
        ':path': `/llm/v1/providers/main/${answer.path}`,
        authorization: `Bearer ${app.text}`,
        'content-type': 'application/json',
      });
      const replied = reply(stream);
      stream.end(answer.ask);
      (await answerOf(upstream)).send(2);
      await once(stream, 'response');
      stream.close(8);
      await replied;
      if (policy === 'drain') {
        await until(() => proxy.gateway.drains === 1, 'the answer to be read on');
        upstream.answers[0]?.finish();
      }
      expect((await proxy.events(1))[0]).toMatchObject(
        policy === 'drain'
          ? { outcome: 'client_closed', abortAction: 'drained', usageSource: 'reported', meters: answer.meters }
          : { outcome: 'client_closed', abortAction: 'cancelled', meters: {} },
      );
      session.destroy();
    },
  );
});

describe('a process that is told to stop', () => {
  async function leaveOne(upstream: SteppedUpstream): Promise<void> {
    const client = ask(CHAT);
    (await answerOf(upstream)).send(1);
    await until(() => client.received > 0, 'the first piece');
    client.req.destroy();
    await until(() => proxy.gateway.drains === 1, 'the answer to be read on');
  }

  it('reads its answers on to their end first', async () => {
    const upstream = await start(CHAT, { onClientClose: 'drain' });
    await leaveOne(upstream);
    let isStopped = false;
    const stopped = proxy
      .drain(0, () => Number.POSITIVE_INFINITY)
      .then(() => {
        isStopped = true;
      });
    await until(() => !proxy.isListening(), 'it to take no more connections');
    expect(isStopped).toBe(false);
    upstream.answers[0]?.finish();
    await stopped;
    expect((await proxy.events(1))[0]).toMatchObject({ abortAction: 'drained', meters: CHAT.meters });
  });

  it('cuts them at its deadline, and records each', async () => {
    const upstream = await start(CHAT, { onClientClose: 'drain' });
    await leaveOne(upstream);
    await proxy.drain(0, () => 0);
    expect((await proxy.events(1))[0]).toMatchObject({
      outcome: 'client_closed',
      abortAction: 'drain_cut',
      errorCode: 'proxy_stopped',
    });
    await until(() => upstream.cancelled.count === 1, 'the upstream to be let go');
  });
});
