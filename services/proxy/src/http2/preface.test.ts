import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tellApart, versionOf } from './preface.js';

const PREFACE = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';

describe('the first bytes of a connection', () => {
  it('are HTTP/2 once they hold its whole preface, and could be either before', () => {
    for (let length = 1; length < PREFACE.length; length++) {
      expect(versionOf(Buffer.from(PREFACE.slice(0, length)))).toBeNull();
    }
    expect(versionOf(Buffer.from(PREFACE))).toBe('http2');
    expect(versionOf(Buffer.from(`${PREFACE}\0\0\0\x04`, 'latin1'))).toBe('http2');
  });

  it.each(['G', 'POST / HTTP/1.1\r\n', 'PUT', 'PRI * HTTP/1.1\r\n', 'PRI * HTTP/2.0\r\n\r\nXX', '\x16\x03\x01'])(
    'are left to HTTP/1.1 where they are %j',
    (text) => {
      expect(versionOf(Buffer.from(text))).toBe('http1');
    },
  );
});

describe('a connection', () => {
  let server: Server;
  let client: Socket;
  let outcome: Promise<{ readonly what: string; readonly socket: Socket }>;

  beforeEach(async () => {
    server = createServer({ allowHalfOpen: true });
    outcome = new Promise((resolve) => {
      server.on('connection', (socket) => {
        tellApart(
          socket,
          100,
          (version) => resolve({ what: version, socket }),
          () => resolve({ what: 'silent', socket }),
        );
        socket.once('close', () => resolve({ what: 'closed', socket }));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    client = connect((server.address() as AddressInfo).port, '127.0.0.1');
    client.on('error', () => undefined);
  });
  afterEach(async () => {
    client.destroy();
    (await outcome).socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });

  it('is handed over with the bytes it began with', async () => {
    client.write('GET / HTTP/1.1\r\n');
    const { what, socket } = await outcome;
    expect(what).toBe('http1');
    expect(String(await new Promise((resolve) => socket.once('data', resolve)))).toBe('GET / HTTP/1.1\r\n');
  });

  it('that says nothing, or not enough, is given up', async () => {
    client.write('PRI');
    expect((await outcome).what).toBe('silent');
  });

  it('that ends before it has said enough is closed', async () => {
    client.end('PRI');
    expect((await outcome).what).toBe('closed');
  });
});
