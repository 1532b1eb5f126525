import type { ClientHttp2Session, IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http2';
import { connect as connectTcp } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { call } from './support/client.js';
import { provider, type RunningProxy, snapshotOf, startProxy, token, until } from './support/harness.js';
import { connectHttp2, reply } from './support/http2-client.js';
import { FRAME, frame, headerBlock, PREFACE } from './support/http2-frames.js';
import { startUpstream, type TestUpstream } from './support/upstream.js';

const app = token();
const PATH = '/llm/v1/providers/up/v1/chat/completions';
const AUTH = { authorization: `Bearer ${app.text}` };
const POST = { ':method': 'POST', ':path': PATH, 'content-type': 'application/json', ...AUTH };
let upstream: TestUpstream;
let proxy: RunningProxy;
let session: ClientHttp2Session;

beforeEach(async () => {
  upstream = await startUpstream();
  proxy = await startProxy({ http2IdleMs: 10_000, writeStallMs: 500 });
  serve();
  session = await connectHttp2(proxy.origin);
});
afterEach(async () => {
  session.destroy();
  await proxy.close();
  await upstream.close();
});

function serve(maxBodyBytes = 1024 * 1024): void {
  const served = provider({ name: 'up', baseUrl: `${upstream.origin}/v1`, secret: 'planted-upstream-key' });
  proxy.publish(snapshotOf({ providers: [served], tokens: [app.entry], maxBodyBytes }));
}

function ask(headers: OutgoingHttpHeaders = POST, body: string | Buffer | null = '{"model":"m"}') {
  const stream = session.request(headers, { endStream: body === null });
  if (body !== null) stream.end(body);
  return reply(stream);
}

const idOf = (headers: IncomingHttpHeaders) => headers['x-weir-request-id'] as string;

describe('HTTP/2 with prior knowledge', () => {
  it('carries a call as HTTP/1.1 does, headers, body and event', async () => {
    upstream.answer = (_req, res) => {
      res.writeHead(201, { 'content-type': 'application/json', 'x-twice': ['a', 'b'], 'keep-alive': 'timeout=9' });
      res.end('{"id":"1","model":"m-1","usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}');
    };
    const answer = await ask({ ...POST, 'x-custom': 'ü', 'x-weir-user': 'ann', te: 'trailers' });
    expect(answer).toMatchObject({ status: 201, isEnded: true, rstCode: 0 });
    expect(answer.body).toContain('"m-1"');
    expect(answer.headers['x-twice']).toBe('a, b');
    expect(answer.headers.connection).toBeUndefined();
    const [received] = upstream.received;
    expect(`${received?.method} ${received?.url} ${received?.body}`).toBe('POST /v1/chat/completions {"model":"m"}');
    const sent = received?.rawHeaders.map((each) => each.toLowerCase()) ?? [];
    expect(sent).toContain('bearer planted-upstream-key');
    expect(sent.filter((each) => each.startsWith(':') || each === 'te' || each.includes('weir'))).toEqual([]);
    const event = await proxy.eventOf(idOf(answer.headers));
    expect(event).toMatchObject({
      outcome: 'completed',
      status: 201,
      user: 'ann',
      servedModel: 'm-1',
      requestBytes: 13,
    });
    expect(event.meters).toEqual({ input: 3, output: 2 });
  });

  it('shares the port with HTTP/1.1', async () => {
    const over1 = await call(`${proxy.origin}${PATH}`, { headers: AUTH, body: '{"model":"m"}', agent: false });
    expect([over1.status, (await ask()).status]).toEqual([200, 200]);
  });

  it.each([
    [
      'HTTP/1.1, one byte at a time',
      `GET ${PATH} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`,
      /^HTTP\/1\.1 401 /,
    ],
    ['a method that begins like the preface', 'PRIX / HTTP/1.1\r\nhost: x\r\n\r\n', /^HTTP\/1\.1 400 /],
  ])('is told from %s', async (_what, bytes, expected) => {
    const socket = connectTcp(proxy.port, '127.0.0.1');
    socket.setNoDelay(true);
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk;
    });
    for (const byte of bytes) await new Promise((resolve) => socket.write(byte, () => setImmediate(resolve)));
    await until(() => text.includes('\r\n\r\n'), 'an answer');
    socket.destroy();
    expect(text).toMatch(expected);
  });

  it('takes a preface in two parts', async () => {
    const socket = connectTcp(proxy.port, '127.0.0.1');
    socket.setNoDelay(true);
    await new Promise<void>((resolve) => socket.write('PRI * HTTP/2.0\r\n', () => resolve()));
    await new Promise((resolve) => setImmediate(resolve));
    socket.write(Buffer.concat([Buffer.from('\r\nSM\r\n\r\n'), Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0])]));
    const first = await new Promise<Buffer>((resolve) => socket.once('data', resolve));
    socket.destroy();
    expect(first[3]).toBe(4);
  });

  it('carries many calls at once on one connection', async () => {
    upstream.answer = (_req, res, body) => res.end(body);
    const bodies = Array.from({ length: 100 }, (_, index) => JSON.stringify({ model: 'm', index }));
    const answers = await Promise.all(bodies.map((body) => ask(POST, body)));
    expect(answers.map(({ body }) => body)).toEqual(bodies);
  });

  it('sends no body after HEAD, 204 and 304', async () => {
    upstream.answer = (req, res) => {
      res.writeHead(req.method === 'HEAD' ? 200 : 204, { 'x-here': 'yes' });
      res.end();
    };
    const head = await ask({ ...POST, ':method': 'HEAD' }, null);
    const none = await ask({ ...POST, ':method': 'DELETE' }, null);
    for (const answer of [head, none]) expect(answer).toMatchObject({ body: '', isEnded: true, rstCode: 0 });
    expect([head.status, none.status]).toEqual([200, 204]);
    await proxy.events(2);
  });

  it('leaves trailers behind, as HTTP/1.1 does', async () => {
    const stream = session.request(POST, { endStream: false, waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ 'x-trailer': 'planted' }));
    stream.end('{"model":"m"}');
    expect((await reply(stream)).status).toBe(200);
    expect(upstream.received.at(-1)?.body.toString()).toBe('{"model":"m"}');
    expect(upstream.received.at(-1)?.rawHeaders).not.toContain('x-trailer');
  });

  it('asks a client that waits for it to go on', async () => {
    const stream = session.request({ ...POST, expect: '100-continue' }, { endStream: false });
    stream.on('continue', () => stream.end('{"model":"m"}'));
    expect((await reply(stream)).status).toBe(200);
  });
});

describe('an HTTP/2 call is refused', () => {
  it.each<[string, OutgoingHttpHeaders, number, string]>([
    ['without a token', { ':method': 'POST', ':path': PATH }, 401, 'token_missing'],
    ['with two tokens', { ...POST, authorization: ['a', 'b'] as never }, 400, 'request_invalid'],
    ['with 101 headers', { ...POST, ...many(101) }, 431, 'headers_too_large'],
    ['with 20 KiB of headers', { ...POST, 'x-long': 'x'.repeat(20_000) }, 431, 'headers_too_large'],
    ['with an underscore', { ...POST, a_b: '1' }, 400, 'request_invalid'],
    ['on a path with a dot segment', { ...POST, ':path': '/llm/v1/providers/up/../x' }, 400, 'request_invalid'],
    ['with another host than authority', { ...POST, ':authority': 'a', host: 'b' }, 400, 'request_invalid'],
    ['as a tunnel', { ':method': 'CONNECT', ':authority': 'evil.example:443', ...AUTH }, 400, 'request_invalid'],
    ['by a declared length', { ...POST, 'content-length': 2_000_000 }, 413, 'body_too_large'],
  ])('%s', async (_what, headers, status, code) => {
    const stream = session.request(headers, { endStream: false });
    if (headers['content-length'] === undefined) stream.end('{"model":"m"}');
    const answer = await reply(stream);
    expect([answer.status, answer.headers['x-weir-error'], answer.isEnded]).toEqual([status, code, true]);
    expect(JSON.parse(answer.body).error.message).toBeTruthy();
    expect(upstream.received).toHaveLength(0);
  });

  it('by an undeclared length, with the whole answer, and the connection lives on', async () => {
    const answer = await ask(POST, Buffer.alloc(3 * 1024 * 1024, ' '));
    expect(answer).toMatchObject({ status: 413, isEnded: true });
    expect(JSON.parse(answer.body).error.message).toContain('larger than');
    expect((await ask()).status).toBe(200);
    expect((await proxy.eventOf(idOf(answer.headers))).errorCode).toBe('body_too_large');
  });

  it.each([
    ['that is read and crawls in, in words', PATH, 400],
    ['that goes through and crawls in, by reset', '/llm/v1/providers/up/v1/files', 0],
  ])('for a body %s', async (_what, path, expected) => {
    const stream = session.request({ ...POST, ':path': path }, { endStream: false });
    const answer = reply(stream);
    stream.write('{"model":');
    await until(() => proxy.metrics.inFlight === 1, 'the call to begin');
    // The watch looks every second; here it is told that 10 s have gone by.
    await until(() => {
      proxy.uploads.sweep(performance.now() + 10_000);
      return proxy.metrics.inFlight === 0;
    }, 'the call to end');
    const { status, body } = await answer;
    expect([status, body.includes('too slowly')]).toEqual([expected, expected === 400]);
    const [event] = await proxy.events(1);
    expect([event?.outcome, event?.status]).toEqual(['refused', expected === 400 ? 400 : null]);
    expect(upstream.received).toHaveLength(0);
  });

  it('for a body on GET', async () => {
    const stream = session.request({ ':path': PATH, ...AUTH }, { endStream: false });
    stream.end('{}');
    expect((await reply(stream)).headers['x-weir-error']).toBe('request_invalid');
  });

  it('not for the end of a GET in a frame of its own', async () => {
    const stream = session.request({ ':path': PATH, ...AUTH }, { endStream: false });
    const answer = reply(stream);
    stream.end();
    expect((await answer).status).toBe(200);
    expect(upstream.received.at(-1)?.rawHeaders.join()).not.toContain('transfer-encoding');
  });

  it('by reset with more headers than anybody reads', async () => {
    const answer = await ask({ ...POST, ...many(60, 'x'.repeat(2_000)) });
    expect(answer.status === 0 || answer.status === 431).toBe(true);
    expect(upstream.received).toHaveLength(0);
  });
});

describe('an HTTP/2 client that goes away', () => {
  it.each([
    ['resets its stream', () => undefined],
    ['drops its connection', () => session.destroy()],
  ])('and %s cancels the upstream, and its event says so', async (_what, leave) => {
    upstream.answer = (_req, res) => {
      res.writeHead(200, { 'content-type': 'text/event-stream' });
      res.write('data: {"choices":[]}\n\n');
    };
    const stream = session.request(POST);
    stream.end('{"model":"m","stream":true}');
    const done = reply(stream);
    await new Promise((resolve) => stream.once('data', resolve));
    leave();
    stream.close(8);
    await done;
    await until(() => upstream.cancelled.count === 1, 'the upstream to be cancelled');
    const [event] = await proxy.events(1);
    expect(event).toMatchObject({ outcome: 'client_closed', streamed: true });
  });

  it.each<[string, number, string]>([
    ['a body that is read', 0, PATH],
    ['a body that is read', 8, PATH],
    ['a body that goes through', 0, '/llm/v1/providers/up/v1/files'],
    ['a body that goes through', 8, '/llm/v1/providers/up/v1/files'],
  ])('in the middle of %s, by a reset with code %i, has not sent it', async (_what, code, path) => {
    const socket = connectTcp(proxy.port, '127.0.0.1');
    const head = { ':method': 'POST', ':scheme': 'http', ':authority': 'x', ':path': path, ...AUTH };
    socket.write(PREFACE);
    socket.write(frame(FRAME.settings, 0, 0));
    socket.write(frame(FRAME.headers, 0x4, 1, headerBlock(head)));
    socket.write(frame(FRAME.data, 0, 1, Buffer.from('{"model":"m"}')));
    await until(() => proxy.metrics.inFlight === 1, 'the call to begin');
    socket.write(frame(FRAME.reset, 0, 1, Buffer.from([0, 0, 0, code])));
    await until(() => proxy.metrics.inFlight === 0, 'the call to end');
    const [event] = await proxy.events(1);
    expect(event?.outcome).toBe('client_closed');
    expect(upstream.received).toHaveLength(0);
    socket.destroy();
  });
});

describe('an HTTP/2 answer', () => {
  it('that breaks off upstream is reset after what had come, never ended', async () => {
    upstream.answer = (_req, res) => {
      res.writeHead(200, { 'content-type': 'text/event-stream' });
      res.write(`data: ${'x'.repeat(200_000)}\n\n`, () => res.socket?.destroy());
    };
    for (let round = 0; round < 20; round++) {
      const answer = await ask();
      expect(answer).toMatchObject({ status: 200, rstCode: 2, isEnded: false });
      expect(answer.body.length).toBe(200_008);
    }
    const events = await proxy.events(20);
    expect(new Set(events.map(({ outcome }) => outcome))).toEqual(new Set(['upstream_error']));
  });

  it('waits for a client that reads slowly, and the upstream with it', async () => {
    const size = 32 * 1024 * 1024;
    let written = 0;
    upstream.answer = (_req, res) => {
      res.writeHead(200, { 'content-type': 'application/octet-stream' });
      const chunk = Buffer.alloc(64 * 1024);
      const more = () => {
        while (written < size) {
          written += chunk.length;
          if (!res.write(chunk)) return void res.once('drain', more);
        }
        res.end();
      };
      more();
    };
    const stream = session.request({ ':path': '/llm/v1/providers/up/v1/files/1/content', ...AUTH });
    await new Promise((resolve) => stream.once('response', resolve));
    stream.pause();
    let last = -1;
    await until(() => {
      const isStill = written === last;
      last = written;
      return isStill && written > 0;
    }, 'the upstream to wait');
    expect(written).toBeLessThan(size / 2);
    let received = 0;
    stream.resume();
    stream.on('data', (chunk: Buffer) => {
      received += chunk.length;
    });
    await new Promise((resolve) => stream.once('end', resolve));
    expect(received).toBe(size);
  });

  it('that its client does not take is given up, and the upstream cancelled', async () => {
    upstream.answer = (_req, res) => {
      res.writeHead(200, { 'content-type': 'application/octet-stream' });
      const chunk = Buffer.alloc(64 * 1024);
      const more = () => {
        while (!res.destroyed) if (!res.write(chunk)) return void res.once('drain', more);
      };
      more();
    };
    const stream = session.request({ ':path': '/llm/v1/providers/up/v1/files/1/content', ...AUTH });
    stream.on('error', () => undefined);
    await new Promise((resolve) => stream.once('response', resolve));
    stream.pause();
    await until(() => upstream.cancelled.count === 1, 'the upstream to be cancelled');
    expect((await proxy.events(1))[0]?.outcome).toBe('client_closed');
  });
});

describe('an HTTP/2 connection', () => {
  it('carries no more than 100 calls at once', async () => {
    await until(() => session.remoteSettings?.maxConcurrentStreams === 100, 'the settings');
  });

  it('of a client that opens and resets calls without end is closed', async () => {
    upstream.answer = () => undefined;
    const other = await connectHttp2(proxy.origin);
    let isClosed = false;
    other.on('close', () => {
      isClosed = true;
    });
    await until(() => {
      for (let count = 0; count < 50 && !other.destroyed && !other.closed; count++) {
        const stream = other.request(POST);
        stream.on('error', () => undefined);
        stream.end('{"model":"m"}');
        stream.close(8);
      }
      return isClosed;
    }, 'the connection to be closed');
    await until(() => proxy.metrics.inFlight === 0, 'the calls to end');
    expect((await ask({ ':method': 'GET', ':path': '/' }, null)).status).toBe(404);
  });

  it('is closed in order when it has had no call for a while', async () => {
    const idle = await startProxy({ http2IdleMs: 50 });
    const other = await connectHttp2(idle.origin);
    const codes: number[] = [];
    other.on('goaway', (code) => codes.push(code));
    const closed = new Promise((resolve) => other.once('close', resolve));
    await reply(other.request({ ':path': '/' }));
    await closed;
    expect(new Set(codes)).toEqual(new Set([0]));
    await idle.close();
  });

  it('is told when the proxy stops; a running call comes to its end', async () => {
    let finish: () => void = () => undefined;
    upstream.answer = (_req, res) => {
      res.writeHead(200, { 'content-type': 'text/event-stream' });
      res.write('data: 1\n\n');
      finish = () => res.end('data: [DONE]\n\n');
    };
    const stream = session.request(POST);
    stream.end('{"model":"m","stream":true}');
    const answer = reply(stream);
    await new Promise((resolve) => stream.once('data', resolve));
    const told = new Promise((resolve) => session.once('goaway', resolve));
    const drained = proxy.drain(0, () => Number.POSITIVE_INFINITY);
    expect(await told).toBe(0);
    finish();
    expect(await answer).toMatchObject({ body: 'data: 1\n\ndata: [DONE]\n\n', isEnded: true, rstCode: 0 });
    await drained;
  });

  it('is cut when the time to stop has passed, and the event says so', async () => {
    upstream.answer = (_req, res) => {
      res.writeHead(200, { 'content-type': 'text/event-stream' });
      res.write('data: 1\n\n');
    };
    const stream = session.request(POST);
    stream.end('{"model":"m","stream":true}');
    const answer = reply(stream);
    await new Promise((resolve) => stream.once('data', resolve));
    await proxy.drain(0, () => 0);
    expect((await answer).isEnded).toBe(false);
    expect((await proxy.events(1))[0]?.outcome).toBe('interrupted');
  });
});

function many(count: number, value = '1'): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`x-h${index}`, value]));
}
