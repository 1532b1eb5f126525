import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ProviderType, SnapshotProvider, UsageEvent } from '@weir/contracts';
import { countTokens as countCl100k } from 'gpt-tokenizer/encoding/cl100k_base';
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import { afterEach, describe, expect, it } from 'vitest';
import { call } from '../support/client.js';
import {
  type ProxyOptions,
  provider,
  type RunningProxy,
  snapshotOf,
  startProxy,
  token,
  until,
} from '../support/harness.js';
import { startUpstream, type TestUpstream } from '../support/upstream.js';

const app = token();
const headers = { authorization: `Bearer ${app.text}`, 'content-type': 'application/json' };
const TEXT = 'The weir is the low dam that engineers build across a river to measure what flows over it.';
const QUESTION = 'What is a weir, in one sentence?';
const ASK = { model: 'gpt-5.4', stream: true, messages: [{ role: 'user', content: QUESTION }] };
/** Frames of one message and of the answer included. */
const ASKED = countTokens(QUESTION) + 6;
const WRITTEN = countTokens(TEXT);

const sse = (...events: unknown[]) =>
  events.map((event) => `data: ${typeof event === 'string' ? event : JSON.stringify(event)}\n\n`).join('');
const words = TEXT.split(/(?<= )/);
const chunks = words.map((content) => ({ model: 'gpt-5.4', choices: [{ delta: { content } }] }));

let proxy: RunningProxy;
let upstream: TestUpstream;
afterEach(async () => {
  await proxy.close();
  await upstream.close();
});

async function start(
  answer: TestUpstream['answer'],
  input: Partial<SnapshotProvider> = {},
  options: ProxyOptions = {},
): Promise<void> {
  upstream = await startUpstream(answer);
  proxy = await startProxy({
    ...options,
    snapshot: snapshotOf({
      providers: [
        provider({ name: 'main', baseUrl: upstream.origin, secret: 'sk', usageFallback: 'estimated', ...input }),
      ],
      tokens: [app.entry],
    }),
  });
}

const stream =
  (body: string, end: (res: Parameters<TestUpstream['answer']>[1]) => void = (res) => res.end()) =>
  (...[, res]: Parameters<TestUpstream['answer']>) => {
    res.writeHead(200, { 'content-type': 'text/event-stream' });
    res.write(body);
    end(res);
  };

const ask = (body: unknown = ASK, path = 'v1/chat/completions', more: Partial<Parameters<typeof call>[1]> = {}) =>
  call(`${proxy.origin}/llm/v1/providers/main/${path}`, { headers, body: JSON.stringify(body), agent: false, ...more });

const onlyEvent = async (): Promise<UsageEvent> => (await proxy.events(1))[0] as UsageEvent;

/** What no event may say of itself when nothing was counted by us. */
const NOT_ESTIMATED = { estimator: null, estimatedMeters: [] };

describe('an answer that ends without its usage', () => {
  it('is counted, and marked as counted by us', async () => {
    await start(stream(sse(...chunks, '[DONE]')));
    const answer = await ask();
    expect(answer.body.toString()).toContain('[DONE]');
    expect(await onlyEvent()).toMatchObject({
      outcome: 'completed',
      usageSource: 'estimated',
      meters: { input: ASKED, output: WRITTEN },
      estimator: 'o200k_base',
      estimatedMeters: ['input', 'output'],
      rawUsage: null,
    });
  });

  it('is counted with the encoding of its model', async () => {
    await start(stream(sse(...chunks.map((chunk) => ({ ...chunk, model: 'gpt-4-0613' })))));
    await ask({ ...ASK, model: 'gpt-4' });
    expect(await onlyEvent()).toMatchObject({
      estimator: 'cl100k_base',
      meters: { input: countCl100k(QUESTION) + 6, output: countCl100k(TEXT) },
    });
  });

  it('stays unknown where the provider wants no estimates', async () => {
    await start(stream(sse(...chunks, '[DONE]')), { usageFallback: 'none' });
    await ask();
    expect(await onlyEvent()).toMatchObject({ usageSource: 'none', meters: {}, ...NOT_ESTIMATED });
  });

  it('says what it wrote at most as the request allowed', async () => {
    await start(stream(sse(...chunks, '[DONE]')));
    await ask({ ...ASK, max_completion_tokens: 5 });
    expect((await onlyEvent()).meters).toEqual({ input: ASKED, output: 5 });
  });

  it('says what was read at most as the model can read', async () => {
    await start(stream(sse({ ...chunks[0], model: 'gpt-4' })));
    const question = 'a weir in a river '.repeat(20_000);
    await ask({ ...ASK, model: 'gpt-4', messages: [{ role: 'user', content: question }] });
    const { meters } = await onlyEvent();
    expect(countCl100k(question)).toBeGreaterThan(8_192);
    expect(meters.input).toBe(8_192);
  });

  it('says nothing of what was read where that was more than text', async () => {
    await start(stream(sse(...chunks, '[DONE]')));
    const content = [
      { type: 'text', text: QUESTION },
      { type: 'image_url', image_url: { url: `data:image/png;base64,${'A'.repeat(4_000)}` } },
    ];
    await ask({ ...ASK, messages: [{ role: 'user', content }] });
    expect(await onlyEvent()).toMatchObject({ meters: { output: WRITTEN }, estimatedMeters: ['output'] });
    expect((await onlyEvent()).meters.input).toBeUndefined();
  });

  it('of embeddings has nothing written', async () => {
    await start((_req, res) => {
      res.setHeader('content-type', 'application/json');
      res.end('{"object":"list","data":[{"embedding":[0.1]}],"choices":[]}');
    });
    await ask({ model: 'text-embedding-3-small', input: QUESTION }, 'v1/embeddings');
    expect(await onlyEvent()).toMatchObject({ meters: { input: countCl100k(QUESTION) }, estimatedMeters: ['input'] });
  });
});

describe('an answer that is cut', () => {
  it('is counted as far as it came when the upstream dies', async () => {
    await start(stream(sse(...chunks), (res) => setImmediate(() => res.socket?.resetAndDestroy())));
    await ask().catch(() => undefined);
    const event = await onlyEvent();
    expect(event).toMatchObject({ outcome: 'upstream_error', errorCode: 'upstream_reset', usageSource: 'estimated' });
    expect(event.meters.output).toBeLessThanOrEqual(WRITTEN);
  });

  it('is counted as far as it came when its client leaves and it is cancelled', async () => {
    await start(
      stream(sse(...chunks), () => undefined),
      { onClientClose: 'cancel' },
    );
    await ask(ASK, undefined, { abortAfterBytes: sse(...chunks).length });
    expect(await onlyEvent()).toMatchObject({
      outcome: 'client_closed',
      abortAction: 'cancelled',
      usageSource: 'estimated',
      meters: { input: ASKED, output: WRITTEN },
    });
  });

  it('keeps what the upstream had stated: only the output of a Messages stream is counted', async () => {
    const begun = [
      { type: 'message_start', message: { model: 'claude', usage: { input_tokens: 777, output_tokens: 1 } } },
      ...words.map((text) => ({ type: 'content_block_delta', delta: { type: 'text_delta', text } })),
    ];
    await start(
      stream(sse(...begun), () => undefined),
      { type: 'anthropic' as ProviderType, onClientClose: 'cancel' },
    );
    const body = { model: 'claude', max_tokens: 500, stream: true, messages: [{ role: 'user', content: QUESTION }] };
    await ask(body, 'v1/messages', { abortAfterBytes: sse(...begun).length });
    expect(await onlyEvent()).toMatchObject({
      usageSource: 'estimated',
      meters: { input: 777, output: WRITTEN },
      estimatedMeters: ['output'],
      rawUsage: expect.stringContaining('"output_tokens":1'),
    });
  });

  it('before anything was written has no output', async () => {
    await start(
      stream(sse({ model: 'm', choices: [{ delta: { role: 'assistant' } }] }), () => undefined),
      {
        onClientClose: 'cancel',
      },
    );
    await ask(ASK, undefined, { abortAfterBytes: 1 });
    expect(await onlyEvent()).toMatchObject({ meters: { input: ASKED }, estimatedMeters: ['input'] });
    expect((await onlyEvent()).meters.output).toBeUndefined();
  });

  it('is unknown where no answer had begun', async () => {
    await start(() => undefined, { onClientClose: 'cancel' });
    const socket = ask(ASK, undefined, {}).catch(() => undefined);
    await until(() => upstream.received.length === 1, 'the upstream to be asked');
    await proxy.drain(0, () => 0);
    await socket;
    expect(await onlyEvent()).toMatchObject({ usageSource: 'none', meters: {}, ...NOT_ESTIMATED });
  });
});

describe('nothing is counted', () => {
  it.each<[string, string, object]>([
    ['after an error inside a 200', sse(...chunks, { error: { message: TEXT, type: 'server_error' } }), {}],
    ['of an error that is all of a 200', sse({ error: { message: TEXT, type: 'server_error' } }), {}],
    ['of a page that is no answer', `<html>${TEXT}</html>`, {}],
    ['of nothing', '', {}],
  ])('%s', async (_what, body) => {
    await start(stream(body));
    await ask();
    expect(await onlyEvent()).toMatchObject({ usageSource: 'none', meters: {}, ...NOT_ESTIMATED });
  });

  it.each([400, 429, 500])('of an answer with status %d', async (status) => {
    await start((_req, res) => {
      res.writeHead(status, { 'content-type': 'application/json' });
      res.end(JSON.stringify({ choices: [{ message: { content: TEXT } }] }));
    });
    await ask();
    expect(await onlyEvent()).toMatchObject({ outcome: 'upstream_error', usageSource: 'none', ...NOT_ESTIMATED });
  });

  it.each([
    ['v1/messages/count_tokens', 'anthropic'],
    ['v1/fine_tuning/jobs', 'openai'],
  ] as const)('of %s', async (path, type) => {
    await start(stream(sse(...chunks)), { type });
    await ask(ASK, path);
    expect(await onlyEvent()).toMatchObject({ usageSource: 'none', meters: {}, ...NOT_ESTIMATED });
  });

  it('of an answer that states its usage', async () => {
    const usage = { prompt_tokens: 3, completion_tokens: 4, total_tokens: 7 };
    await start(stream(sse(...chunks, { model: 'm', choices: [], usage }, '[DONE]')));
    await ask();
    expect(await onlyEvent()).toMatchObject({
      usageSource: 'reported',
      meters: { input: 3, output: 4 },
      ...NOT_ESTIMATED,
    });
  });

  it('of an answer too long to be kept', async () => {
    const long = { model: 'm', choices: [{ delta: { content: 'river '.repeat(50_000) } }] };
    await start(stream(sse(...Array.from({ length: 8 }, () => long), '[DONE]')));
    await ask();
    expect(await onlyEvent()).toMatchObject({ outcome: 'completed', usageSource: 'none', ...NOT_ESTIMATED });
  });
});

describe('the count', () => {
  it('holds up neither the end of its answer nor other calls, and without it the call is recorded all the same', async () => {
    const hangs = new URL('data:text/javascript,for(;;){}');
    await start(stream(sse(...chunks, '[DONE]')), {}, { countThread: hangs, countLimitMs: 100 });
    const answer = await ask();
    expect([answer.isComplete, proxy.gateway.settlement.pending]).toEqual([true, 1]);
    expect((await ask(ASK)).isComplete).toBe(true);
    await proxy.drain(0, () => Number.POSITIVE_INFINITY);
    for (const event of await proxy.events(2)) {
      expect(event).toMatchObject({ outcome: 'completed', usageSource: 'none', ...NOT_ESTIMATED });
    }
  });

  it('may fail: the call is recorded without it, and the next is counted', async () => {
    const fails = new URL('data:text/javascript,throw new Error("no tables")');
    await start(stream(sse(...chunks, '[DONE]')), {}, { countThread: fails });
    await ask();
    expect(await onlyEvent()).toMatchObject({ outcome: 'completed', usageSource: 'none', ...NOT_ESTIMATED });
    await ask();
    expect((await proxy.events(2))[1]).toMatchObject({ outcome: 'completed', usageSource: 'none' });
  });

  it('is done within its limit for text that no tokenizer likes', async () => {
    const run = 'a'.repeat(400_000);
    await start(stream(sse({ model: 'm', choices: [{ delta: { content: run } }] }, '[DONE]')));
    await ask();
    expect((await onlyEvent()).meters.output).toBeGreaterThan(10_000);
  });

  it('leaves nothing of what was said on the disk', async () => {
    const secret = 'cormorant-7351-heron';
    await start(stream(sse({ model: 'm', choices: [{ delta: { content: secret } }] })));
    await ask({ ...ASK, messages: [{ role: 'user', content: secret }] });
    expect((await onlyEvent()).usageSource).toBe('estimated');
    const files = readdirSync(proxy.home, { recursive: true, encoding: 'utf8' })
      .map((name) => join(proxy.home, name))
      .filter((file) => statSync(file).isFile());
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) expect(readFileSync(file).includes(secret)).toBe(false);
  });
});
