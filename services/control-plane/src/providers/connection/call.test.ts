import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseBaseUrl } from '../base-url.js';
import { callUpstream, failureOf } from './call.js';

let trap: Server;
let port: number;
let connections = 0;

beforeAll(async () => {
  trap = createServer((socket) => {
    connections++;
    socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}');
  });
  await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve));
  port = (trap.address() as AddressInfo).port;
});
afterAll(() => {
  trap.close();
});

const call = (host: string, allowed: string[]) =>
  callUpstream(
    {
      method: 'GET',
      url: parseBaseUrl(`http://${host}:${port}`),
      path: '/v1/models',
      headers: ['authorization', 'Bearer x'],
      body: null,
    },
    allowed,
  );

test.each(['localhost', '127.0.0.1', '127.1', '[::ffff:127.0.0.1]', '[::1]'])(
  'a private address behind %s is not connected to, whatever was checked before',
  async (host) => {
    const failure = await call(host, []).then(() => null, failureOf);
    expect(failure).toBe('ADDRESS_NOT_PUBLIC');
    expect(connections).toBe(0);
  },
);

test('a listed one is', async () => {
  expect(await call('localhost', [`localhost:${port}`])).toMatchObject({ status: 200, body: '{}' });
  expect(connections).toBe(1);
});
