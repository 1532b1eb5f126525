import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call } from './support/client.js';
import { provider, type RunningProxy, snapshotOf, startProxy, token, until } from './support/harness.js';
import { startWire, type WireUpstream } from './support/upstream.js';

const app = token();
const headers = { authorization: `Bearer ${app.text}`, 'content-type': 'application/json' };
const BODY = '{"model":"gpt-5","messages":[]}';
const OK = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}';
const SSE = 'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n';
const chunked = (text: string) => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
const EVENT = `data: ${JSON.stringify({ model: 'gpt-5', choices: [{ delta: { content: 'hi' } }], usage: null })}\n\n`;

let behave: (socket: Socket) => void;
let upstream: WireUpstream;
let proxy: RunningProxy;

beforeAll(async () => {
  upstream = await startWire((socket) => behave(socket));
  const timeouts = { connectMs: 300, firstByteMs: 300, idleMs: 300 };
  const at = (name: string, baseUrl: string) => provider({ name, baseUrl, secret: 'sk', timeouts });
  proxy = await startProxy({
    snapshot: snapshotOf({
      providers: [
        at('wire', upstream.origin),
        at('refusing', 'http://127.0.0.1:1'),
        // RFC 5737: assigned to nobody, so packets to it get no answer.
        at('silent', 'http://192.0.2.1:9'),
        at('nameless', 'http://no-such-host.invalid:9'),
      ],
      tokens: [app.entry],
    }),
  });
});
afterAll(async () => {
  await proxy.close();
  await upstream.close();
});

const send = (name = 'wire', options = {}) =>
  call(`${proxy.origin}/llm/v1/providers/${name}/v1/chat/completions`, {
    headers,
    body: BODY,
    agent: false,
    ...options,
  });

describe('before its first byte, an upstream that', () => {
  it.each<[string, number, string, string, (socket: Socket) => void]>([
    ['answers nothing', 504, 'upstream_timeout', 'upstream_timeout', () => undefined],
    [
      'sends half a header section and stops',
      504,
      'upstream_timeout',
      'upstream_timeout',
      (socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-'),
    ],
    [
      'keeps sending 102 and no answer',
      504,
      'upstream_timeout',
      'upstream_timeout',
      (socket) => {
        const timer = setInterval(() => socket.write('HTTP/1.1 102 Processing\r\n\r\n'), 50);
        socket.on('close', () => clearInterval(timer));
      },
    ],
    ['closes', 502, 'upstream_reset', 'upstream_error', (socket) => socket.end()],
    ['resets', 502, 'upstream_reset', 'upstream_error', (socket) => socket.resetAndDestroy()],
    [
      'breaks off within the headers',
      502,
      'upstream_reset',
      'upstream_error',
      (socket) => socket.end('HTTP/1.1 200 OK\r\ncont'),
    ],
    [
      'speaks something else',
      502,
      'upstream_reset',
      'upstream_error',
      (socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'),
    ],
    [
      'sends a bad status line',
      502,
      'upstream_reset',
      'upstream_error',
      (socket) => socket.end('HTTP/1.1 abc OK\r\n\r\n'),
    ],
    [
      'sends NUL in a header',
      502,
      'upstream_reset',
      'upstream_error',
      (socket) => socket.end('HTTP/1.1 200 OK\r\nx-a: b\u0000c\r\ncontent-length: 0\r\n\r\n'),
    ],
    [
      'sends two lengths',
      502,
      'upstream_reset',
      'upstream_error',
      (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}'),
    ],
    [
      'sends 64 KiB of headers',
      502,
      'upstream_reset',
      'upstream_error',
      (socket) => socket.end(`HTTP/1.1 200 OK\r\nx-big: ${'x'.repeat(65_536)}\r\ncontent-length: 0\r\n\r\n`),
    ],
    [
      'sends 500 headers',
      502,
      'upstream_reset',
      'upstream_error',
      (socket) =>
        socket.end(
          `HTTP/1.1 200 OK\r\n${Array.from({ length: 500 }, (_, i) => `x-${i}: 1\r\n`).join('')}content-length: 0\r\n\r\n`,
        ),
    ],
    [
      'switches protocols',
      502,
      'upstream_reset',
      'upstream_error',
      (socket) => socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n'),
    ],
  ])('%s gives %i %s', async (_what, status, code, outcome, behaviour) => {
    behave = behaviour;
    const answer = await send();
    expect([answer.status, answer.headers['x-weir-error']]).toEqual([status, code]);
    expect(JSON.parse(answer.body.toString()).error.code).toBe(code);
    const event = await proxy.eventOf(answer.headers['x-weir-request-id'] as string);
    expect(event).toMatchObject({ outcome, errorCode: code, status, usageSource: 'none' });
    await until(() => upstream.sockets.size === 0, 'the faulty connection to be dropped');
    behave = (socket) => socket.write(OK);
    expect((await send()).status).toBe(200);
  });

  it.each([
    ['refusing', 502, 'upstream_unreachable', 'upstream_error'],
    ['silent', 504, 'upstream_timeout', 'upstream_timeout'],
    ['nameless', 502, 'upstream_unreachable', 'upstream_error'],
  ])('is %s gives %i %s', async (name, status, code, outcome) => {
    const answer = await send(name);
    // A machine without a route to the silent address is told so at once.
    const isUnroutable = name === 'silent' && answer.status === 502;
    expect([answer.status, answer.headers['x-weir-error']]).toEqual(
      isUnroutable ? [502, 'upstream_unreachable'] : [status, code],
    );
    const event = await proxy.eventOf(answer.headers['x-weir-request-id'] as string);
    expect(event.outcome).toBe(isUnroutable ? 'upstream_error' : outcome);
  });
});

describe('after its first byte, an upstream that', () => {
  const CUT: [string, string, (socket: Socket) => void][] = [
    ['closes within a chunked stream', 'upstream_reset', (socket) => socket.end(SSE + chunked(EVENT))],
    [
      'resets within a chunked stream',
      'upstream_reset',
      (socket) => {
        socket.write(SSE + chunked(EVENT), () => setTimeout(() => socket.resetAndDestroy(), 30));
      },
    ],
    ['closes within a chunk', 'upstream_reset', (socket) => socket.end(`${SSE}${chunked(EVENT)}ff\r\ndata: half`)],
    ['closes before the last chunk’s end', 'upstream_reset', (socket) => socket.end(`${SSE}${chunked(EVENT)}0\r\n`)],
    ['sends a chunk size that is none', 'upstream_reset', (socket) => socket.write(`${SSE}${chunked(EVENT)}zz\r\n`)],
    [
      'sends less than it declared',
      'upstream_reset',
      (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"a":1'),
    ],
    [
      'resets within a declared length',
      'upstream_reset',
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"a":1', () =>
          setTimeout(() => socket.resetAndDestroy(), 30),
        );
      },
    ],
    [
      'resets a body that ends with the connection',
      'upstream_reset',
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{"a":1', () =>
          setTimeout(() => socket.resetAndDestroy(), 30),
        );
      },
    ],
    ['falls silent', 'upstream_timeout', (socket) => socket.write(SSE + chunked(EVENT))],
  ];
  it.each(CUT)('%s breaks the client’s connection too', async (_what, code, behaviour) => {
    behave = behaviour;
    const answer = await send();
    expect(answer.status).toBe(200);
    expect(answer.isComplete).toBe(false);
    const event = await proxy.eventOf(answer.headers['x-weir-request-id'] as string);
    const outcome = code === 'upstream_timeout' ? code : 'upstream_error';
    expect(event).toMatchObject({
      outcome,
      errorCode: code,
      status: 200,
      upstreamStatus: 200,
      responseBytes: answer.body.length,
    });
    expect(answer.body.length).toBeGreaterThan(0);
    await until(() => upstream.sockets.size === 0, 'the upstream connection to be dropped');
  });

  it('cuts never gives an HTTP/1.0 client, who knows no chunks, an orderly end', async () => {
    behave = (socket) => socket.write(SSE + chunked(EVENT));
    const ending = await new Promise<string>((resolve) => {
      const socket = connect(proxy.port, '127.0.0.1', () => {
        socket.write(
          `POST /llm/v1/providers/wire/v1/chat/completions HTTP/1.0\r\nauthorization: Bearer ${app.text}\r\ncontent-length: ${BODY.length}\r\n\r\n${BODY}`,
        );
      });
      socket.on('data', () => undefined);
      socket.on('end', () => resolve('orderly end'));
      socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? ''));
    });
    expect(ending).toBe('ECONNRESET');
  });

  it('reported its usage before it broke off leaves that on the event', async () => {
    const usage = `data: ${JSON.stringify({ model: 'gpt-5', choices: [{ delta: {} }], usage: { prompt_tokens: 9, completion_tokens: 4, total_tokens: 13 } })}\n\n`;
    behave = (socket) => socket.end(SSE + chunked(EVENT) + chunked(usage));
    const answer = await send('wire', { body: '{"model":"gpt-5","stream":true,"messages":[]}' });
    const event = await proxy.eventOf(answer.headers['x-weir-request-id'] as string);
    expect(event).toMatchObject({ outcome: 'upstream_error', usageSource: 'partial', meters: { input: 9, output: 4 } });
  });
});

describe('what an upstream sends is passed on as it is:', () => {
  it.each<[string, string, string]>([
    [
      'an HTML error page',
      'HTTP/1.1 503 x\r\ncontent-type: text/html\r\ncontent-length: 13\r\n\r\n<html>no</h1>',
      '<html>no</h1>',
    ],
    [
      'broken JSON',
      'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 8\r\n\r\n{"usage"',
      '{"usage"',
    ],
    ['an empty 200', 'HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n', ''],
    [
      'JSON called an event stream',
      'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: 7\r\n\r\n{"a":1}',
      '{"a":1}',
    ],
    ['gzip that is none', 'HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 5\r\n\r\nhello', 'hello'],
    [
      'a coding nobody knows',
      'HTTP/1.1 200 OK\r\ncontent-encoding: x-rot13\r\ncontent-length: 5\r\n\r\nuryyb',
      'uryyb',
    ],
    ['1xx answers before the real one', `HTTP/1.1 100 Continue\r\n\r\n${OK}`, '{}'],
    [
      'a body that ends with the connection',
      'HTTP/1.1 200 OK\r\nconnection: close\r\n\r\nuntil the end',
      'until the end',
    ],
    ['more than it declared', `${OK}HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nevil`, '{}'],
    ['a 204 with a body', 'HTTP/1.1 204 No Content\r\ncontent-length: 4\r\n\r\nevil', ''],
  ])('%s', async (what, wire, body) => {
    behave = (socket) => (/connection: close/.test(wire) ? socket.end(wire) : socket.write(wire));
    const answer = await send();
    if (what.startsWith('1xx')) {
      // RFC 9110 section 15.2: a 100 nobody asked for. The connection is not trusted any further.
      expect([200, 502]).toContain(answer.status);
      if (answer.status === 502) return;
    }
    expect([answer.isComplete, answer.body.toString()]).toEqual([true, body]);
    const event = await proxy.eventOf(answer.headers['x-weir-request-id'] as string);
    expect(event.usageSource).toBe('none');
    // Whatever followed on that connection is nobody's answer.
    behave = (socket) => socket.write(OK);
    expect((await send()).body.toString()).toBe('{}');
  });

  it('redirects, which are not followed', async () => {
    let visits = 0;
    const trap = await startWire((socket) => {
      visits++;
      socket.write(OK);
    });
    for (const status of [301, 302, 303, 307, 308]) {
      behave = (socket) =>
        socket.write(`HTTP/1.1 ${status} x\r\nlocation: ${trap.origin}/steal\r\ncontent-length: 0\r\n\r\n`);
      const answer = await send();
      expect([answer.status, answer.headers.location]).toEqual([status, `${trap.origin}/steal`]);
    }
    expect(visits).toBe(0);
    await trap.close();
  });
});

it('leaves no connection, timer or lease behind after all of these', async () => {
  await until(() => proxy.metrics.inFlight === 0 && proxy.gateway.relays.size === 0, 'every call to be over');
});
