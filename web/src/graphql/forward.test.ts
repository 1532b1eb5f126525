import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { forward } from './forward';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** A control plane that answers the same to everybody and remembers what it was asked. */
async function controlPlane(status: number, answerHeaders: Record<string, string | string[]>) {
  const asked: { path: string | undefined; headers: IncomingHttpHeaders; body: string }[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    asked.push({ path: request.url, headers: request.headers, body });
    response.writeHead(status, answerHeaders).end('{"data":{}}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

const question = (headers: Record<string, string>) =>
  new Request('http://console.example/graphql?x=1', { method: 'POST', headers, body: '{"query":"{viewer{id}}"}' });

test('the body passes whole, and of the headers only what the control plane needs', async () => {
  const control = await controlPlane(200, { 'content-type': 'application/json' });
  const answer = await forward(
    question({
      'content-type': 'application/json',
      'x-requested-by': 'weir-console',
      'x-forwarded-for': '10.0.0.9',
      cookie: '__Host-weir_session=abc',
      origin: 'http://console.example',
      authorization: 'Bearer something-else',
      'x-weir-anything': '1',
      'x-forwarded-host': 'evil.example',
    }),
    control.url,
  );
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({ data: {} });
  const [asked] = control.asked;
  expect(asked?.path).toBe('/graphql');
  expect(asked?.body).toBe('{"query":"{viewer{id}}"}');
  expect(asked?.headers).toMatchObject({ cookie: '__Host-weir_session=abc', 'x-forwarded-for': '10.0.0.9' });
  for (const name of ['authorization', 'x-weir-anything', 'x-forwarded-host'])
    expect(asked?.headers).not.toHaveProperty(name);
});

test('an API token passes', async () => {
  const control = await controlPlane(200, { 'content-type': 'application/json' });
  await forward(question({ authorization: 'Bearer weirread_abc-DEF_123' }), control.url);
  expect(control.asked[0]?.headers.authorization).toBe('Bearer weirread_abc-DEF_123');
});

test('status, cookies and request id come back; what names the machine behind does not', async () => {
  const control = await controlPlane(403, {
    'content-type': 'application/json',
    'set-cookie': ['a=1; Path=/; Secure', 'b=2; Path=/; Secure'],
    'x-weir-request-id': 'r-1',
    server: 'internal-name',
  });
  const answer = await forward(question({ 'content-type': 'application/json' }), control.url);
  expect(answer.status).toBe(403);
  expect(answer.headers.getSetCookie()).toEqual(['a=1; Path=/; Secure', 'b=2; Path=/; Secure']);
  expect(answer.headers.get('x-weir-request-id')).toBe('r-1');
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(answer.headers.has('server')).toBe(false);
});

test('a redirect is handed back, never followed', async () => {
  const control = await controlPlane(302, { location: 'http://127.0.0.1:1/' });
  const answer = await forward(question({ 'content-type': 'application/json' }), control.url);
  expect(answer.status).toBe(302);
  expect(answer.headers.has('location')).toBe(false);
});

test('a control plane that is away is said in GraphQL, without its address', async () => {
  const answer = await forward(question({ 'content-type': 'application/json' }), 'http://127.0.0.1:1');
  expect(answer.status).toBe(502);
  const text = await answer.text();
  expect(JSON.parse(text)).toMatchObject({ errors: [{ extensions: { code: 'UNREACHABLE' } }] });
  expect(text).not.toContain('127.0.0.1');
});
