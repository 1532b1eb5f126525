import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { forwardDownload } from './forward';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function controlPlane(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** What is asked for may stand in the query. */
const PATH = '/download/reports/0190a0e0-0000-7000-8000-000000000000/weir-usage.csv?x=1';
const asked = (init: RequestInit = {}) => new Request(`http://console.example${PATH}`, init);

test('what resuming needs goes there and comes back; nothing else does', async () => {
  let seen: { url: string | undefined; headers: Record<string, unknown> } | undefined;
  const url = await controlPlane((request, response) => {
    seen = { url: request.url, headers: request.headers };
    const own = {
      'content-range': 'bytes 2-3/10',
      etag: '"abc"',
      'content-length': '2',
      server: 'internal',
      'set-cookie': 'a=1',
    };
    response.writeHead(206, own).end('cd');
  });
  const headers = { range: 'bytes=2-3', 'if-range': '"abc"', cookie: 'c=1', authorization: 'Bearer t', 'x-else': '1' };
  const answer = await forwardDownload(asked({ headers }), url);
  expect(seen?.url).toBe(PATH);
  expect(seen?.headers).toMatchObject({
    range: 'bytes=2-3',
    'if-range': '"abc"',
    cookie: 'c=1',
    authorization: 'Bearer t',
  });
  expect(seen?.headers).not.toHaveProperty('x-else');
  expect(answer.status).toBe(206);
  expect(Object.fromEntries(answer.headers)).toEqual({
    'cache-control': 'no-store',
    'content-length': '2',
    'content-range': 'bytes 2-3/10',
    etag: '"abc"',
    'x-content-type-options': 'nosniff',
  });
  expect(await answer.text()).toBe('cd');
});

test('a file nobody takes is not read ahead of', async () => {
  let written = 0;
  const url = await controlPlane((_request, response) => {
    const chunk = Buffer.alloc(1_048_576);
    const write = () => {
      while (written < 512) {
        written += 1;
        if (!response.write(chunk)) return void response.once('drain', write);
      }
      response.end();
    };
    write();
  });
  const answer = await forwardDownload(asked(), url);
  const body = answer.body?.getReader();
  await body?.read();
  let before = -1;
  await vi.waitFor(
    () => {
      const isStill = before === written;
      before = written;
      if (!isStill) throw new Error('still being written');
    },
    { interval: 200, timeout: 20_000 },
  );
  expect(written).toBeLessThan(64);
  await body?.cancel();
});

test('a browser that goes away ends the reading', async () => {
  let closed = false;
  const url = await controlPlane((_request, response) => {
    response.write('x');
    response.on('close', () => {
      closed = true;
    });
  });
  const leaving = new AbortController();
  const answer = await forwardDownload(asked({ signal: leaving.signal }), url);
  const reading = answer.text();
  leaving.abort();
  await expect(reading).rejects.toThrow();
  await vi.waitFor(() => expect(closed).toBe(true));
});

test('what breaks off there breaks off here, and is no file that ends', async () => {
  const url = await controlPlane((_request, response) => {
    response.write('half a line', () => response.destroy());
  });
  const answer = await forwardDownload(asked(), url);
  expect(answer.status).toBe(200);
  await expect(answer.text()).rejects.toThrow();
});

test('a control plane that is away is said without its address', async () => {
  const answer = await forwardDownload(asked(), 'http://127.0.0.1:1');
  expect(answer.status).toBe(502);
  expect(await answer.json()).toEqual({
    errors: [{ message: 'The control plane did not answer.', extensions: { code: 'UNREACHABLE' } }],
  });
});
