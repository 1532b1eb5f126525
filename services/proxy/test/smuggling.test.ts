import { connect } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { call, oneResponse, raw } from './support/client.js';
import { provider, type RunningProxy, snapshotOf, startProxy, token, until } from './support/harness.js';
import { startUpstream, type TestUpstream } from './support/upstream.js';

const app = token();
const AUTH = `authorization: Bearer ${app.text}\r\n`;
const PATH = '/llm/v1/providers/main/v1/chat/completions';
const BODY = '{"model":"gpt-5"}';
const CANARY = `POST ${PATH} HTTP/1.1\r\nhost: x\r\n${AUTH}content-length: ${BODY.length}\r\nx-canary: 1\r\n\r\n${BODY}`;

let upstream: TestUpstream;
let proxy: RunningProxy;

beforeAll(async () => {
  upstream = await startUpstream();
  proxy = await startProxy({
    snapshot: snapshotOf({
      providers: [provider({ name: 'main', baseUrl: `${upstream.origin}/base`, secret: 'sk' })],
      tokens: [app.entry],
    }),
  });
});
afterAll(async () => {
  await proxy.close();
  await upstream.close();
});
beforeEach(() => {
  upstream.received.length = 0;
});

const many = (count: number) => Array.from({ length: count }, (_, i) => `a${i}: 1\r\n`).join('');
const post = (head: string, body: string) => `POST ${PATH} HTTP/1.1\r\nhost: x\r\n${AUTH}${head}\r\n${body}`;

describe('a request that could be read in two ways is refused, and nothing of it reaches the upstream:', () => {
  it.each<[string, string]>([
    ['length and chunked', post('content-length: 5\r\ntransfer-encoding: chunked\r\n', '0\r\n\r\nX')],
    ['chunked and length', post('transfer-encoding: chunked\r\ncontent-length: 5\r\n', '0\r\n\r\nX')],
    ['two lengths', post('content-length: 5\r\ncontent-length: 6\r\n', 'abcdef')],
    ['the same length twice', post('content-length: 5\r\ncontent-length: 5\r\n', 'abcde')],
    ['a list of lengths', post('content-length: 5, 5\r\n', 'abcde')],
    ['a signed length', post('content-length: +5\r\n', 'abcde')],
    ['a negative length', post('content-length: -5\r\n', 'abcde')],
    ['a hexadecimal length', post('content-length: 0x5\r\n', 'abcde')],
    ['an empty length', post('content-length: \r\n', 'abcde')],
    ['a huge length', post('content-length: 99999999999999999999\r\n', 'abcde')],
    ['chunked twice', post('transfer-encoding: chunked\r\ntransfer-encoding: chunked\r\n', '0\r\n\r\n')],
    ['chunked and another coding', post('transfer-encoding: gzip, chunked\r\n', '0\r\n\r\n')],
    ['chunked, then another coding', post('transfer-encoding: chunked, identity\r\n', '0\r\n\r\n')],
    ['a coding that is almost chunked', post('transfer-encoding: xchunked\r\n', '0\r\n\r\n')],
    ['a coding behind a tab', post('transfer-encoding:\u000bchunked\r\n', '0\r\n\r\n')],
    ['a space before the colon', post('transfer-encoding : chunked\r\n', '0\r\n\r\n')],
    ['a folded header', post('x-a: b\r\n c\r\ncontent-length: 5\r\n', 'abcde')],
    ['a bare line feed', `POST ${PATH} HTTP/1.1\nhost: x\n${AUTH.replace('\r', '')}content-length: 5\n\nabcde`],
    ['a bare carriage return in a header', post('x-a: b\rcontent-length: 0\r\ncontent-length: 5\r\n', 'abcde')],
    ['NUL in a header', post('x-a: b\u0000\r\ncontent-length: 5\r\n', 'abcde')],
    ['a header without a name', post(': b\r\ncontent-length: 5\r\n', 'abcde')],
    ['a bad chunk size', post('transfer-encoding: chunked\r\n', 'zz\r\nabc\r\n0\r\n\r\n')],
    ['a chunk size in the way of an extension', post('transfer-encoding: chunked\r\n', '5;\nabcde\r\n0\r\n\r\n')],
    ['two hosts', post('host: y\r\ncontent-length: 0\r\n', '')],
    ['no host', `POST ${PATH} HTTP/1.1\r\n${AUTH}content-length: 0\r\n\r\n`],
    ['150 headers, then a length', post(`${many(150)}content-length: 5\r\n`, 'abcde')],
    ['1,100 headers, then a length', post(`${many(1_100)}content-length: 5\r\n`, 'abcde')],
    ['2,500 headers, then a length', post(`${many(2_500)}content-length: 5\r\n`, 'abcde')],
    ['16 KiB in one header', post(`x-big: ${'x'.repeat(16_384)}\r\ncontent-length: 5\r\n`, 'abcde')],
    ['a GET with a body', `GET ${PATH} HTTP/1.1\r\nhost: x\r\n${AUTH}content-length: 5\r\n\r\nabcde`],
    [
      'a HEAD with a chunked body',
      `HEAD ${PATH} HTTP/1.1\r\nhost: x\r\n${AUTH}transfer-encoding: chunked\r\n\r\n0\r\n\r\n`,
    ],
    ['an unknown expectation', post('expect: the-unexpected\r\ncontent-length: 5\r\n', 'abcde').replace(AUTH, '')],
    ['CONNECT', `CONNECT ${PATH} HTTP/1.1\r\nhost: x\r\n${AUTH}\r\n`],
    ['CONNECT to a host', `CONNECT evil.example:443 HTTP/1.1\r\nhost: x\r\n${AUTH}\r\n`],
    ['OPTIONS *', `OPTIONS * HTTP/1.1\r\nhost: x\r\n${AUTH}\r\n`],
    ['TRACE', `TRACE ${PATH} HTTP/1.1\r\nhost: x\r\n${AUTH}\r\n`],
    ['an absolute target', `GET http://evil.example${PATH} HTTP/1.1\r\nhost: x\r\n${AUTH}\r\n`],
    ['a target of another host', `GET //evil.example${PATH} HTTP/1.1\r\nhost: x\r\n${AUTH}\r\n`],
    ['a target with backslashes', `GET /\\evil.example HTTP/1.1\r\nhost: x\r\n${AUTH}\r\n`],
    ['no HTTP at all', '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001'],
  ])('%s', async (_what, bytes) => {
    const answer = await raw(proxy.port, bytes, oneResponse);
    expect(answer).toMatch(/^(HTTP\/1\.1 4\d\d |$)/);
    if (answer !== '') expect(answer).toMatch(/x-weir-request-id: [0-9a-f-]{36}/i);
    const canary = await raw(proxy.port, CANARY, oneResponse);
    expect(canary).toMatch(/^HTTP\/1\.1 200 /);
    expect(upstream.received.map(({ method, url, body }) => [method, url, body.toString()])).toEqual([
      ['POST', '/base/v1/chat/completions', BODY],
    ]);
  });
});

describe('two requests on one connection', () => {
  it('stay two, in their order', async () => {
    const answer = await raw(
      proxy.port,
      CANARY + CANARY,
      (text) => text.split('HTTP/1.1 200').length === 3 && text.endsWith('{}'),
    );
    expect(answer.split('HTTP/1.1 200').length).toBe(3);
    expect(upstream.received.length).toBe(2);
  });

  it('of which the first one is refused with its body unread do not run into each other', async () => {
    const inner = `GET /llm/v1/providers/main/v1/stolen HTTP/1.1\r\nhost: x\r\n${AUTH}\r\n`;
    const refused = `POST /llm/v1/providers/nobody/v1/x HTTP/1.1\r\nhost: x\r\n${AUTH}content-length: ${inner.length}\r\n\r\n${inner}`;
    await raw(proxy.port, refused + CANARY, (text) => /HTTP\/1\.1 200/.test(text) && text.endsWith('{}'));
    expect(upstream.received.map(({ url }) => url)).toEqual(['/base/v1/chat/completions']);
  });

  it('are not mixed up when the client announces a body, is refused, and sends the next request', async () => {
    const refused = `POST /llm/v1/providers/nobody/v1/x HTTP/1.1\r\nhost: x\r\n${AUTH}expect: 100-continue\r\ncontent-length: ${CANARY.length}\r\n\r\n`;
    const answer = await raw(proxy.port, refused + CANARY);
    expect(answer).toMatch(/^HTTP\/1\.1 404 /);
    expect(answer.split('HTTP/1.1').length).toBe(2);
    expect(upstream.received).toEqual([]);
  });
});

it('a client that waits for a sign gets it, once its call is admitted', async () => {
  const head = `POST ${PATH} HTTP/1.1\r\nhost: x\r\n${AUTH}expect: 100-continue\r\ncontent-length: ${BODY.length}\r\n\r\n`;
  const text = await new Promise<string>((resolve) => {
    let seen = '';
    const socket = connect(proxy.port, '127.0.0.1', () => socket.write(head));
    socket.on('data', (chunk) => {
      seen += chunk;
      if (seen === 'HTTP/1.1 100 Continue\r\n\r\n') socket.write(BODY);
      else if (oneResponse(seen.slice(25))) {
        socket.destroy();
        resolve(seen);
      }
    });
  });
  expect(text).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK/);
  expect(upstream.received.at(-1)?.rawHeaders.map((name) => name.toLowerCase())).not.toContain('expect');
});

it('garbage behind a call that is being answered is never answered inside it', async () => {
  const held: (() => void)[] = [];
  const answerBefore = upstream.answer;
  upstream.answer = (_req, res) => {
    res.writeHead(200, { 'content-type': 'text/event-stream' });
    res.write('data: 1\n\n');
    held.push(() => res.end());
  };
  let text = '';
  const socket = connect(proxy.port, '127.0.0.1', () => socket.write(CANARY));
  socket.on('error', () => undefined);
  socket.on('data', (chunk) => {
    text += chunk;
    if (text.includes('data: 1')) socket.write('\u0000garbage\r\n\r\n');
  });
  await new Promise((resolve) => socket.on('close', resolve));
  expect(text.split('HTTP/1.1').length).toBe(2);
  for (const release of held) release();
  upstream.answer = answerBefore;
});

it('whatever path is asked for, the upstream is asked below its base path', async () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '/',
      '.',
      '..',
      '%2e',
      '%2E%2e',
      '%2f',
      '%5c',
      '\\',
      '%252e',
      ';',
      '//',
      '?',
      '#',
      'v1',
      '%c0%ae',
      '%00',
      '%',
      '@',
      'http://x',
    ),
    fc.stringMatching(/^[!-~]{1,4}$/),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(piece, { maxLength: 6 }), { minLength: 8, maxLength: 8 }), async (batch) => {
      await Promise.all(
        batch.map((parts) =>
          raw(
            proxy.port,
            `GET /llm/v1/providers/main/${parts.join('')} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n${AUTH}\r\n`,
          ),
        ),
      );
    }),
    { numRuns: 250 },
  );
  expect(upstream.received.length).toBeGreaterThan(300);
  for (const { url } of upstream.received) {
    expect(url).toMatch(/^\/base([/?]|$)/);
    expect(new URL(`http://h${url}`).pathname).toMatch(/^\/base(\/|$)/);
  }
});

it('connections that never finish their headers are closed', async () => {
  const socket = connect(proxy.port, '127.0.0.1', () => socket.write('POST / HTTP/1.1\r\nhost: x\r\nx-slow: '));
  const closed = new Promise<string>((resolve) => {
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(text));
  });
  const drip = setInterval(() => socket.write('x'), 500);
  expect(await closed).toMatch(/^HTTP\/1\.1 400 /);
  clearInterval(drip);
  await call(`${proxy.origin}/`);
}, 20_000);

it('and the proxy has no call left open after all of these', async () => {
  await until(() => proxy.metrics.inFlight === 0, 'every call to be over');
});
