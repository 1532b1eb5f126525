import { randomBytes } from 'node:crypto';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call } from './support/client.js';
import { provider, type RunningProxy, snapshotOf, startProxy, token } from './support/harness.js';
import { startUpstream, type TestUpstream } from './support/upstream.js';

const app = token();
const headers = { authorization: `Bearer ${app.text}`, 'content-type': 'application/json' };
const REPLY = JSON.stringify({
  model: 'gpt-5',
  choices: [],
  usage: { prompt_tokens: 12, completion_tokens: 3, total_tokens: 15 },
});
const SSE = `data: ${JSON.stringify({ model: 'gpt-5', choices: [{ delta: { content: 'x' } }] })}\n\ndata: ${JSON.stringify({ model: 'gpt-5', choices: [], usage: { prompt_tokens: 12, completion_tokens: 3, total_tokens: 15 } })}\n\ndata: [DONE]\n\n`;

let upstream: TestUpstream;
let proxy: RunningProxy;
const url = (path: string, name = 'main') => `${proxy.origin}/llm/v1/providers/${name}/${path}`;

beforeAll(async () => {
  upstream = await startUpstream();
  const at = (name: string, rest: object = {}) => provider({ name, baseUrl: upstream.origin, secret: 'sk', ...rest });
  proxy = await startProxy({
    snapshot: snapshotOf({ providers: [at('main'), at('listed', { models: ['gpt-5'] })], tokens: [app.entry] }),
  });
});
afterAll(async () => {
  await proxy.close();
  await upstream.close();
});

describe('an encoded answer', () => {
  const codings: [string, string, (text: string) => Buffer, boolean][] = [
    ['gzip', 'gzip', gzipSync, true],
    ['x-gzip', 'x-gzip', gzipSync, true],
    ['deflate', 'deflate', deflateSync, true],
    ['raw deflate', 'deflate', deflateRawSync, true],
    ['zstd', 'zstd', zstdCompressSync, true],
    ['brotli', 'br', brotliCompressSync, false],
    ['gzip twice', 'gzip, gzip', (text) => gzipSync(gzipSync(text)), false],
    ['gzip cut short', 'gzip', (text) => gzipSync(text).subarray(0, 30), false],
    ['deflate called gzip', 'gzip', deflateSync, false],
    ['plain text called zstd', 'zstd', (text) => Buffer.from(text), false],
  ];
  it.each(codings)('in %s is passed on byte for byte', async (_what, coding, encode, isRead) => {
    for (const [type, text] of [
      ['application/json', REPLY],
      ['text/event-stream', SSE],
    ] as const) {
      const bytes = encode(text);
      upstream.answer = (_req, res) => {
        res.writeHead(200, { 'content-type': type, 'content-encoding': coding });
        for (let at = 0; at < bytes.length; at += 7) res.write(bytes.subarray(at, at + 7));
        res.end();
      };
      const answer = await call(url('v1/chat/completions'), { headers, body: '{"model":"gpt-5"}' });
      expect(answer.body.equals(bytes)).toBe(true);
      expect(answer.headers['content-encoding']).toBe(coding);
      const event = await proxy.eventOf(answer.headers['x-weir-request-id'] as string);
      expect(event.outcome).toBe('completed');
      expect([event.usageSource, event.meters]).toEqual(isRead ? ['reported', { input: 12, output: 3 }] : ['none', {}]);
    }
  });

  it.each<[string, string, (text: Buffer) => Buffer]>([
    ['gzip', 'gzip', gzipSync],
    ['zstd', 'zstd', zstdCompressSync],
    ['brotli', 'br', brotliCompressSync],
    ['gzip over gzip', 'gzip, gzip', (bytes) => gzipSync(gzipSync(bytes))],
  ])('that is a bomb in %s costs no memory', async (_what, coding, encode) => {
    const bomb = encode(Buffer.alloc(200 * 1024 * 1024));
    upstream.answer = (_req, res) => {
      res.writeHead(200, {
        'content-type': 'application/json',
        'content-encoding': coding,
        'content-length': bomb.length,
      });
      res.end(bomb);
    };
    globalThis.gc?.();
    const before = process.memoryUsage.rss();
    const answer = await call(url('v1/chat/completions'), { headers, body: '{"model":"gpt-5"}' });
    expect(process.memoryUsage.rss() - before).toBeLessThan(64 * 1024 * 1024);
    expect(answer.body.equals(bomb)).toBe(true);
    expect((await proxy.eventOf(answer.headers['x-weir-request-id'] as string)).usageSource).toBe('none');
  });
});

describe('bytes', () => {
  it('come through unchanged both ways, whatever they are and however they are cut', async () => {
    let reply = Buffer.alloc(0);
    let cuts: number[] = [];
    let withLength = false;
    upstream.answer = (_req, res) => {
      res.writeHead(200, {
        'content-type': 'text/event-stream',
        ...(withLength ? { 'content-length': reply.length } : {}),
      });
      let from = 0;
      for (const cut of [...cuts, reply.length]) {
        res.write(reply.subarray(from, cut));
        from = cut;
      }
      res.end();
    };
    const bytes = fc.uint8Array({ maxLength: 20_000 }).map((array) => Buffer.from(array));
    await fc.assert(
      fc.asyncProperty(
        bytes,
        bytes,
        fc.array(fc.nat(20_000), { maxLength: 5 }),
        fc.boolean(),
        fc.constantFrom('v1/chat/completions', 'v1/responses', 'v1/anything'),
        async (sent, received, at, hasLength, path) => {
          reply = received;
          cuts = at.filter((cut) => cut <= received.length).sort((a, b) => a - b);
          withLength = hasLength;
          const answer = await call(url(path), { headers, body: sent });
          expect(answer.isComplete).toBe(true);
          expect(answer.body.equals(received)).toBe(true);
          expect(upstream.received.at(-1)?.body.equals(sent)).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('of a stream that was asked for its usage lose that one event, however it is cut', async () => {
    const usage = SSE.split('\n\n')[1] as string;
    const expected = SSE.replace(`${usage}\n\n`, '');
    for (let cut = 1; cut < SSE.length; cut += 3) {
      upstream.answer = (_req, res) => {
        res.writeHead(200, { 'content-type': 'text/event-stream' });
        res.write(SSE.slice(0, cut));
        setImmediate(() => res.end(SSE.slice(cut)));
      };
      const answer = await call(url('v1/chat/completions'), { headers, body: '{"model":"gpt-5","stream":true}' });
      expect(answer.body.toString()).toBe(expected);
    }
  });

  it('of large requests are read on a thread of their own, with the same findings', async () => {
    upstream.answer = (_req, res) => res.end(REPLY);
    const objects = Array.from({ length: 120_000 }, (_, i) => `{"i":${i}}`).join(',');
    const body = `{"model":"gpt-5","stream":true,"messages":[${objects}]}`;
    const answer = await call(url('v1/chat/completions', 'listed'), { headers, body });
    expect(answer.status).toBe(200);
    const sent = upstream.received.at(-1)?.body.toString() ?? '';
    expect(sent.replace('"stream_options":{"include_usage":true},', '')).toBe(body);
    const event = await proxy.eventOf(answer.headers['x-weir-request-id'] as string);
    expect(event).toMatchObject({ requestedModel: 'gpt-5', requestBytes: body.length, usageSource: 'reported' });
    const denied = await call(url('v1/chat/completions', 'listed'), { headers, body: body.replace('gpt-5', 'gpt-4') });
    expect(denied.status).toBe(403);
    const deep = await call(url('v1/chat/completions', 'listed'), {
      headers,
      body: `{"model":"gpt-5","x":${'['.repeat(1_000_000)}`,
    });
    expect(deep.status).toBe(400);
  });

  it('of 20 MiB go up and down in a stream', async () => {
    const big = randomBytes(20 * 1024 * 1024);
    upstream.answer = (_req, res, body) => res.end(body);
    for (const framing of [{}, { 'transfer-encoding': 'chunked' }]) {
      const answer = await call(url('v1/files'), {
        headers: { ...headers, ...framing, 'content-type': 'application/octet-stream' },
        body: big,
      });
      expect(answer.body.equals(big)).toBe(true);
    }
  });
});
