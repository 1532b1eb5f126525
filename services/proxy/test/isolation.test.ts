import { randomUUID } from 'node:crypto';
import { Agent } from 'node:http';
import { connect } from 'node:net';
import type { UsageEvent } from '@weir/contracts';
import { afterEach, describe, expect, it } from 'vitest';
import { type Answer, call } from './support/client.js';
import { provider, type RunningProxy, snapshotOf, startProxy, token, until } from './support/harness.js';
import { startUpstream, type TestUpstream } from './support/upstream.js';

const app = token();
const headers = { authorization: `Bearer ${app.text}`, 'content-type': 'application/json' };
let proxy: RunningProxy;
const upstreams: TestUpstream[] = [];
afterEach(async () => {
  await proxy.close();
  for (const upstream of upstreams.splice(0)) await upstream.close();
});

async function inParallel(count: number, width: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: width }, async () => {
      while (next < count) await work(next++);
    }),
  );
}

describe('among thousands of calls of which half break off', () => {
  it('nobody ever gets a byte of somebody else’s answer, and each call has its one event', async () => {
    const CALLS = 5_000;
    const upstream = await startUpstream(undefined, { keepBodies: false });
    upstreams.push(upstream);
    upstream.answer = (_req, res, body) => {
      const { nonce, user } = JSON.parse(body.toString()) as { nonce: string; user: string };
      const event = `data: ${JSON.stringify({ model: 'm', nonce, choices: [{ delta: { content: nonce } }] })}\n\n`;
      const usage = `data: ${JSON.stringify({ model: nonce, user, choices: [], usage: { prompt_tokens: Number(user), completion_tokens: 1, total_tokens: 1 } })}\n\n`;
      res.writeHead(200, { 'content-type': 'text/event-stream', 'x-nonce': nonce });
      let left = 4;
      const step = () => {
        if (res.destroyed) return;
        if (left-- > 0) {
          res.write(event.repeat(3));
          setImmediate(step);
        } else {
          res.write(usage);
          res.end('data: [DONE]\n\n');
        }
      };
      step();
    };
    proxy = await startProxy({
      snapshot: snapshotOf({
        providers: [provider({ name: 'main', baseUrl: upstream.origin, secret: 'sk' })],
        tokens: [app.entry],
      }),
    });
    const agent = new Agent({ keepAlive: true, maxSockets: 64 });
    const nonces = new Map<string, { nonce: string; index: number; isWhole: boolean }>();
    let broken = 0;
    await inParallel(CALLS, 48, async (index) => {
      const nonce = randomUUID();
      const body = JSON.stringify({ model: nonce, stream: true, nonce, user: String(index) });
      const isAborted = index % 2 === 1;
      const answer: Answer | null = await call(`${proxy.origin}/llm/v1/providers/main/v1/chat/completions`, {
        headers,
        body,
        agent,
        ...(isAborted ? { abortAfterBytes: 1 + (index % 1_500) } : {}),
      }).catch(() => null);
      if (answer === null) return;
      const text = answer.body.toString();
      const seen = new Set(text.match(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g) ?? []);
      seen.delete(nonce);
      expect([...seen]).toEqual([]);
      expect(answer.headers['x-nonce']).toBe(nonce);
      if (!isAborted) expect(text.endsWith('data: [DONE]\n\n')).toBe(true);
      else if (!answer.isComplete) broken++;
      nonces.set(answer.headers['x-weir-request-id'] as string, { nonce, index, isWhole: answer.isComplete });
    });
    agent.destroy();
    expect(broken).toBeGreaterThan(CALLS / 10);
    await until(() => proxy.metrics.inFlight === 0, 'every call to be over');
    const events = await proxy.events(CALLS);
    expect(events.length).toBe(CALLS);
    const byCall = new Map<string, UsageEvent>(events.map((event) => [event.callId, event]));
    expect(byCall.size).toBe(CALLS);
    for (const [callId, { nonce, index, isWhole }] of nonces) {
      const event = byCall.get(callId);
      expect([event?.requestedModel, event?.user]).toEqual([nonce, String(index)]);
      if (isWhole) expect([event?.outcome, event?.meters.input]).toEqual(['completed', index]);
      else expect(['client_closed', 'completed']).toContain(event?.outcome);
    }
    await until(() => proxy.gateway.relays.size === 0, 'every relay to be over');
  }, 120_000);

  it('every broken-off call is cancelled upstream, with the usage it had stated so far', async () => {
    const upstream = await startUpstream();
    upstreams.push(upstream);
    upstream.answer = (_req, res) => {
      res.writeHead(200, { 'content-type': 'text/event-stream' });
      res.write(
        'event: message_start\ndata: {"type":"message_start","message":{"model":"claude","usage":{"input_tokens":25,"output_tokens":1}}}\n\n',
      );
    };
    proxy = await startProxy({
      snapshot: snapshotOf({
        providers: [provider({ name: 'main', type: 'anthropic', baseUrl: upstream.origin, secret: 'sk' })],
        tokens: [app.entry],
      }),
    });
    await inParallel(200, 20, async () => {
      await call(`${proxy.origin}/llm/v1/providers/main/v1/messages`, {
        headers,
        body: '{"model":"claude","stream":true}',
        agent: false,
        abortAfterBytes: 1,
      });
    });
    await until(() => upstream.cancelled.count === 200, 'the upstream to see every cancellation');
    const events = await proxy.events(200);
    expect(
      new Set(events.map(({ outcome, usageSource, meters }) => JSON.stringify([outcome, usageSource, meters.input]))),
    ).toEqual(new Set([JSON.stringify(['client_closed', 'partial', 25])]));
  });

  it('one that breaks off before the upstream answers, or while it sends its body, is cancelled and recorded too', async () => {
    const upstream = await startUpstream(() => undefined);
    upstreams.push(upstream);
    proxy = await startProxy({
      snapshot: snapshotOf({
        providers: [provider({ name: 'main', baseUrl: upstream.origin, secret: 'sk' })],
        tokens: [app.entry],
      }),
    });
    const start = (path: string, length: number, body: string) => {
      const socket = connect(proxy.port, '127.0.0.1');
      socket.on('error', () => undefined);
      socket.write(
        `POST /llm/v1/providers/main/${path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${app.text}\r\ncontent-length: ${length}\r\n\r\n${body}`,
      );
      return socket;
    };
    const waiting = start('v1/chat/completions', 13, '{"model":"m"}');
    await until(() => upstream.received.length === 1, 'the upstream to be asked');
    waiting.destroy();
    await until(() => upstream.cancelled.count === 1, 'the upstream to see the cancellation');
    const buffering = start('v1/chat/completions', 1_000, '{"model"');
    const streaming = start('v1/files', 1_000, 'abc');
    await until(() => proxy.metrics.inFlight === 2, 'two uploads under way');
    buffering.resetAndDestroy();
    streaming.end();
    const events = await proxy.events(3);
    expect(events.map(({ outcome, status }) => [outcome, status])).toEqual(
      Array.from({ length: 3 }, () => ['client_closed', null]),
    );
    await until(() => proxy.metrics.inFlight === 0, 'every call to be over');
  });
});

describe('when snapshots change under running calls', () => {
  it('a call keeps the one it began with, from its key to its end', async () => {
    const release: (() => void)[] = [];
    const upstream = await startUpstream((_req, res) => {
      res.writeHead(200, { 'content-type': 'text/event-stream' });
      res.write('data: 1\n\n');
      release.push(() => res.end('data: 2\n\n'));
    });
    upstreams.push(upstream);
    proxy = await startProxy({
      snapshot: snapshotOf({
        providers: [provider({ name: 'main', baseUrl: upstream.origin, secret: 'sk' })],
        tokens: [app.entry],
      }),
    });
    const running = call(`${proxy.origin}/llm/v1/providers/main/v1/chat/completions`, {
      headers,
      body: '{"model":"m"}',
      agent: false,
    });
    await until(() => release.length === 1, 'the stream to begin');
    // Provider deleted and token revoked in mid-stream.
    const next = snapshotOf({ providers: [], tokens: [] });
    proxy.publish(next);
    const late = await call(`${proxy.origin}/llm/v1/providers/main/v1/models`, { headers, agent: false });
    expect(late.status).toBe(401);
    release[0]?.();
    const answer = await running;
    expect([answer.isComplete, answer.body.toString()]).toEqual([true, 'data: 1\n\ndata: 2\n\n']);
    expect((await proxy.eventOf(answer.headers['x-weir-request-id'] as string)).snapshotVersion).toBeLessThan(
      next.version,
    );
  });

  it('a key is only ever sent to the host it belongs to', async () => {
    const pairs: [string, string][] = [];
    for (const name of ['a', 'b']) {
      const upstream = await startUpstream((req, res) => {
        pairs.push([name, req.headers.authorization ?? 'none']);
        res.end('{}');
      });
      upstreams.push(upstream);
    }
    const [a, b] = upstreams as [TestUpstream, TestUpstream];
    const id = randomUUID();
    const versions = [
      () => provider({ id, name: 'main', baseUrl: a.origin, secret: 'sk-a' }),
      () => provider({ id, name: 'main', baseUrl: b.origin, secret: 'sk-b' }),
    ] as const;
    proxy = await startProxy({ snapshot: snapshotOf({ providers: [versions[0]()], tokens: [app.entry] }) });
    let flips = 0;
    const statuses = new Set<number>();
    await inParallel(3_000, 24, async (index) => {
      if (index % 20 === 0) {
        flips++;
        proxy.publish(snapshotOf({ providers: [versions[flips % 2 === 0 ? 0 : 1]()], tokens: [app.entry] }));
      }
      const answer = await call(`${proxy.origin}/llm/v1/providers/main/v1/chat/completions`, {
        headers,
        body: '{"model":"m"}',
      });
      statuses.add(answer.status);
    });
    expect([...statuses]).toEqual([200]);
    expect(pairs.length).toBe(3_000);
    expect(new Set(pairs.map((pair) => pair.join(' ')))).toEqual(new Set(['a Bearer sk-a', 'b Bearer sk-b']));
    expect(flips).toBe(150);
  }, 60_000);
});
