import { type ClientRequest, request, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { deflateRawSync, deflateSync, zstdCompressSync } from 'node:zlib';
import type { SnapshotProvider } from '@weir/contracts';
import { afterEach, describe, expect, it } from 'vitest';
import { provider, type RunningProxy, snapshotOf, startProxy, token, until } from '../support/harness.js';
import { startUpstream, type TestUpstream } from '../support/upstream.js';

const app = token();
const headers = { authorization: `Bearer ${app.text}`, 'content-type': 'application/json' };
const BODY = '{"model":"gpt-5.4","stream":true,"messages":[]}';
const PATH = '/llm/v1/providers/main/v1/chat/completions';
const USAGE = { prompt_tokens: 21, completion_tokens: 6, total_tokens: 27 };
const METERS = { input: 21, output: 6 };
const event = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`;
const WORD = event({ model: 'gpt-5.4', choices: [{ delta: { content: 'river ' } }] });
const END = `${event({ model: 'gpt-5.4', choices: [], usage: USAGE })}data: [DONE]\n\n`;
const HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n';
const chunked = (text: string | Buffer) =>
  Buffer.concat([Buffer.from(`${Buffer.byteLength(text).toString(16)}\r\n`), Buffer.from(text), Buffer.from('\r\n')]);

let proxy: RunningProxy;
let upstream: TestUpstream;
afterEach(async () => {
  await proxy.close();
  await upstream.close();
});

async function start(answer: TestUpstream['answer'], input: Partial<SnapshotProvider> = {}): Promise<void> {
  upstream = await startUpstream(answer);
  const one = { name: 'main', baseUrl: upstream.origin, secret: 'sk', onClientClose: 'drain' as const, ...input };
  proxy = await startProxy({ snapshot: snapshotOf({ providers: [provider(one)], tokens: [app.entry] }) });
}

function ask(): ClientRequest {
  const req = request(`${proxy.origin}${PATH}`, { method: 'POST', headers, agent: false });
  req.on('error', () => undefined);
  req.on('response', (res) => res.on('error', () => undefined).resume());
  req.end(BODY);
  return req;
}

/** Asks, leaves once the upstream has the request, and lets it answer then. */
async function leaveAndAnswer(): Promise<void> {
  const req = ask();
  await until(() => waiting.length === 1, 'the upstream to be asked');
  req.destroy();
  await until(() => proxy.gateway.drains === 1, 'the answer to be read on');
  waiting.shift()?.();
}

const waiting: (() => void)[] = [];
/** An upstream that answers, byte for byte like this, when it is told to. */
const later =
  (...parts: (string | Buffer)[]): TestUpstream['answer'] =>
  (_req, res) => {
    const socket = res.socket as Socket;
    waiting.push(() => {
      for (const part of parts) socket.write(part);
    });
  };

describe('what was read on for nobody is understood', () => {
  it.each<[string, (string | Buffer)[]]>([
    [
      'with trailers behind its chunks',
      [`${HEAD}transfer-encoding: chunked\r\n\r\n`, chunked(WORD), chunked(END), '0\r\nx-usage: none\r\n\r\n'],
    ],
    [
      'after early hints',
      [
        'HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n',
        `${HEAD}transfer-encoding: chunked\r\n\r\n`,
        chunked(WORD + END),
        '0\r\n\r\n',
      ],
    ],
    [
      'in single bytes',
      [`${HEAD}transfer-encoding: chunked\r\n\r\n`, ...Array.from(WORD + END, (byte) => chunked(byte)), '0\r\n\r\n'],
    ],
    [
      'ended by the connection',
      [`${HEAD}connection: close\r\ncontent-length: ${(WORD + END).length}\r\n\r\n`, WORD, END],
    ],
    [
      'behind a line of megabytes',
      [
        `${HEAD}transfer-encoding: chunked\r\n\r\n`,
        chunked(event({ choices: [{ delta: { content: 'x'.repeat(6_000_000) } }] })),
        chunked(END),
        '0\r\n\r\n',
      ],
    ],
    ...[
      ['zstd', zstdCompressSync],
      ['deflate', deflateSync],
      ['deflate', deflateRawSync],
    ].map(([coding, encode]): [string, Buffer[]] => {
      const body = (encode as typeof deflateSync)(Buffer.from(WORD.repeat(50) + END));
      const head = `${HEAD}content-encoding: ${coding}\r\ncontent-length: ${body.length}\r\n\r\n`;
      return [`in ${coding} (${body[0]})`, [Buffer.from(head), body]];
    }),
  ])('%s', async (_what, parts) => {
    await start(later(...parts));
    await leaveAndAnswer();
    expect((await proxy.events(1))[0]).toMatchObject({
      ...{ outcome: 'client_closed', abortAction: 'drained', usageSource: 'reported', meters: METERS },
    });
  });

  it.each<[string, unknown]>([
    ['negative', { prompt_tokens: -21, completion_tokens: -6, total_tokens: -27 }],
    ['text', { prompt_tokens: '21', completion_tokens: 'six' }],
    ['enormous', { prompt_tokens: 1e300, completion_tokens: Number.MAX_SAFE_INTEGER + 1 }],
    ['a fraction', { prompt_tokens: 0.5, completion_tokens: 1.25 }],
    ['a list', [USAGE]],
    ['nested twice', { usage: { usage: USAGE } }],
  ])('and where its usage is %s, unknown', async (_what, usage) => {
    const body = WORD + event({ model: 'gpt-5.4', choices: [], usage });
    await start(later(`${HEAD}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`));
    await leaveAndAnswer();
    const [left] = await proxy.events(1);
    expect(left).toMatchObject({ abortAction: 'drained', meters: {} });
    expect(left?.usageSource).not.toBe('reported');
  });

  it('with an error of the upstream’s as its outcome', async () => {
    const body = '{"error":{"type":"server_error","message":"no"}}';
    await start(
      later(`HTTP/1.1 500 No\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`),
    );
    await leaveAndAnswer();
    expect((await proxy.events(1))[0]).toMatchObject({
      ...{
        outcome: 'client_closed',
        abortAction: 'drained',
        upstreamStatus: 500,
        errorCode: 'server_error',
        meters: {},
      },
    });
  });
});

describe('a client', () => {
  const answered: TestUpstream['answer'] = (_req, res) => {
    res.writeHead(200, { 'content-type': 'text/event-stream' });
    res.write(WORD);
    waiting.push(() => res.end(END));
  };

  it('that closes its half of the connection has left, and what it asked for is counted', async () => {
    await start(answered);
    const socket = connect(proxy.port, '127.0.0.1');
    socket.on('error', () => undefined).resume();
    const lines = [
      `POST ${PATH} HTTP/1.1`,
      'host: x',
      `authorization: Bearer ${app.text}`,
      'content-type: application/json',
    ];
    socket.end([...lines, `content-length: ${BODY.length}`, '', BODY].join('\r\n'));
    await until(() => waiting.length === 1, 'the upstream to be asked');
    await until(() => proxy.gateway.drains === 1, 'the answer to be read on');
    waiting.shift()?.();
    expect((await proxy.events(1))[0]).toMatchObject({ abortAction: 'drained', meters: METERS });
  });

  it('that asks twice in a row and leaves has left twice', async () => {
    await start(answered);
    const socket = connect(proxy.port, '127.0.0.1');
    socket.on('error', () => undefined);
    const lines = [
      `POST ${PATH} HTTP/1.1`,
      'host: x',
      `authorization: Bearer ${app.text}`,
      'content-type: application/json',
    ];
    const one = [...lines, `content-length: ${BODY.length}`, '', BODY].join('\r\n');
    socket.write(one + one);
    await until(() => waiting.length === 2, 'the upstream to be asked twice');
    socket.resetAndDestroy();
    await until(() => proxy.gateway.drains === 2, 'both to be read on');
    for (const answer of waiting.splice(0)) answer();
    for (const left of await proxy.events(2)) expect(left).toMatchObject({ abortAction: 'drained', meters: METERS });
  });
});

describe('a thousand answers read on at once', () => {
  const COUNT = 1_000;
  const BYTES_EACH = 256 * 1024;
  /** Of the connections, the readers, and the upstream's side of it; their answers would be several times as much. */
  const MAX_HELD_BYTES = 64 * 1024 * 1024;
  const PATIENT = { drainMs: 300_000, timeouts: { connectMs: 60_000, firstByteMs: 60_000, idleMs: 60_000 } };

  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  const heldBytes = () => {
    collectGarbage();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };

  it('keep none of their bytes, and each is counted', async () => {
    const answers: ServerResponse[] = [];
    await start((_req, res) => {
      res.writeHead(200, { 'content-type': 'text/event-stream' });
      res.write(WORD);
      answers.push(res);
    }, PATIENT);
    const clients = Array.from({ length: COUNT }, () => ask());
    await until(() => answers.length === COUNT, 'every call to be under way', 60_000);
    for (const client of clients) client.destroy();
    await until(() => proxy.gateway.drains === COUNT, 'every answer to be read on', 60_000);
    const before = heldBytes();
    const line = event({ choices: [{ delta: { content: 'x'.repeat(32 * 1024) } }] });
    for (let sent = 0; sent < BYTES_EACH; sent += line.length) {
      for (const res of answers) res.write(line);
      await until(() => answers.every(({ writableLength }) => writableLength === 0), 'it to be taken', 60_000);
    }
    expect(proxy.gateway.drains).toBe(COUNT);
    expect(heldBytes() - before).toBeLessThan(MAX_HELD_BYTES);
    for (const res of answers) res.end(END);
    await until(() => proxy.gateway.drains === 0, 'every answer to come to its end', 60_000);
    const events = await proxy.events(COUNT);
    expect(events).toHaveLength(COUNT);
    for (const left of events) expect(left).toMatchObject({ abortAction: 'drained', meters: METERS });
  }, 200_000);
});
