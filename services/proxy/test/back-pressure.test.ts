import { connect, createServer, type Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { provider, type RunningProxy, snapshotOf, startProxy, token, until } from './support/harness.js';
import { startUpstream, type TestUpstream } from './support/upstream.js';

const app = token();
let proxy: RunningProxy;
let upstream: TestUpstream;
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await proxy.close();
  await upstream.close();
});

async function start(writeStallMs = 60_000): Promise<void> {
  proxy = await startProxy({
    writeStallMs,
    snapshot: snapshotOf({
      providers: [provider({ name: 'main', baseUrl: upstream.origin, secret: 'sk' })],
      tokens: [app.entry],
    }),
  });
}

function open(): Socket {
  const socket = connect(proxy.port, '127.0.0.1', () => {
    socket.write(
      `POST /llm/v1/providers/main/v1/chat/completions HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${app.text}\r\ncontent-length: 13\r\n\r\n{"model":"m"}`,
    );
  });
  socket.on('error', () => undefined);
  sockets.push(socket);
  return socket;
}

it('a client that does not read stops its upstream, not the proxy’s memory, and others go on', async () => {
  const EVENT = Buffer.from(`data: ${'x'.repeat(16_000)}\n\n`);
  const written = new Map<object, number>();
  upstream = await startUpstream((_req, res) => {
    res.writeHead(200, { 'content-type': 'text/event-stream' });
    written.set(res, 0);
    // Without an end, as fast as it is taken.
    const more = () => {
      for (;;) {
        if (res.destroyed) return;
        written.set(res, (written.get(res) ?? 0) + EVENT.length);
        if (!res.write(EVENT)) break;
      }
      res.once('drain', more);
    };
    more();
  });
  await start();
  const STALLED = 40;
  for (let index = 0; index < STALLED; index++) open().pause();
  await until(() => written.size === STALLED, 'every stream to begin');
  const total = () => [...written.values()].reduce((sum, bytes) => sum + bytes, 0);
  let [last, still] = [0, 0];
  await until(() => {
    still = total() === last ? still + 1 : 0;
    last = total();
    return still > 20;
  }, 'the upstream to be stopped');
  // What is held: two kernel buffers and a few chunks a stream. An unbounded relay would be at gigabytes by now.
  expect(process.memoryUsage().arrayBuffers / STALLED).toBeLessThan(2 * 1024 * 1024);
  const reader = open();
  let received = 0;
  reader.on('data', (chunk) => {
    received += chunk.length;
  });
  await until(() => received > 20 * 1024 * 1024, 'another client to get 20 MiB meanwhile');
  for (const socket of sockets) socket.destroy();
  await until(() => upstream.cancelled.count === STALLED + 1, 'every stream to be cancelled upstream');
  const events = await proxy.events(STALLED + 1);
  expect(new Set(events.map(({ outcome }) => outcome))).toEqual(new Set(['client_closed']));
});

it('an upstream that does not read its request stops the client that sends it', async () => {
  const deaf = createServer((socket) => {
    socket.pause();
    socket.on('error', () => undefined);
    sockets.push(socket);
  });
  await new Promise<void>((resolve) => deaf.listen(0, '127.0.0.1', resolve));
  const { port } = deaf.address() as { port: number };
  upstream = await startUpstream();
  proxy = await startProxy({
    snapshot: snapshotOf({
      maxBodyBytes: 1024 ** 3,
      providers: [
        provider({
          name: 'main',
          baseUrl: `http://127.0.0.1:${port}`,
          secret: 'sk',
          timeouts: { connectMs: 1_000, firstByteMs: 1_500, idleMs: 1_500 },
        }),
      ],
      tokens: [app.entry],
    }),
  });
  let sent = 0;
  let answer = '';
  const socket = connect(proxy.port, '127.0.0.1', () => {
    socket.write(
      `POST /llm/v1/providers/main/v1/files HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${app.text}\r\ncontent-length: ${512 * 1024 * 1024}\r\n\r\n`,
    );
    const chunk = Buffer.alloc(64 * 1024);
    const more = () => {
      while (!socket.destroyed && sent < 512 * 1024 * 1024) {
        sent += chunk.length;
        if (!socket.write(chunk)) break;
      }
    };
    socket.on('drain', more);
    more();
  });
  sockets.push(socket);
  socket.on('error', () => undefined);
  socket.on('data', (chunk) => {
    answer += chunk;
  });
  await until(() => answer.includes('\r\n\r\n'), 'the time-out of an upstream that takes nothing');
  expect(answer).toMatch(/^HTTP\/1\.1 504 /);
  expect(sent).toBeLessThan(64 * 1024 * 1024);
  socket.destroy();
  deaf.close();
});

it('a client that takes nothing for the time allowed is let go, one that takes little is not', async () => {
  const EVENT = Buffer.alloc(256 * 1024, 'x');
  upstream = await startUpstream((_req, res) => {
    res.writeHead(200, { 'content-type': 'text/event-stream' });
    const more = () => {
      while (!res.destroyed && res.write(EVENT));
      res.once('drain', more);
    };
    more();
  });
  await start(700);
  const stalled = open();
  stalled.pause();
  const slow = open();
  let [isClosed, taken] = [false, 0];
  slow.on('close', () => {
    isClosed = true;
  });
  slow.on('data', (chunk) => {
    taken += chunk.length;
    slow.pause();
    // Slower than what is sent, again and again within the time allowed.
    setTimeout(() => slow.resume(), 25);
  });
  await until(() => upstream.cancelled.count === 1, 'the stalled client to be let go');
  const [event] = await proxy.events(1);
  expect(event?.outcome).toBe('client_closed');
  const before = taken;
  await until(() => taken > before + 1024 * 1024, 'the slow client to get more');
  expect([isClosed, upstream.cancelled.count]).toEqual([false, 1]);
});

it('calls that wait behind another one on their connection end with it', async () => {
  let asked = 0;
  upstream = await startUpstream((_req, res) => {
    asked++;
    res.writeHead(200, { 'content-type': 'text/event-stream' });
    res.write('data: 1\n\n');
  });
  await start();
  const socket = open();
  const request = `POST /llm/v1/providers/main/v1/chat/completions HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${app.text}\r\ncontent-length: 13\r\n\r\n{"model":"m"}`;
  socket.write(request + request);
  await until(() => asked === 3, 'three calls to be open');
  socket.resetAndDestroy();
  await until(() => upstream.cancelled.count === 3, 'all of them to be cancelled upstream');
  expect((await proxy.events(3)).map(({ outcome }) => outcome)).toEqual(
    Array.from({ length: 3 }, () => 'client_closed'),
  );
  await until(() => proxy.metrics.inFlight === 0 && proxy.gateway.relays.size === 0, 'nothing to be left');
});
