import { Agent } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { call } from './support/client.js';
import { provider, type RunningProxy, snapshotOf, startProxy, token, until } from './support/harness.js';
import { startUpstream, type TestUpstream } from './support/upstream.js';

const app = token();
const headers = { authorization: `Bearer ${app.text}`, 'content-type': 'application/json' };
let upstream: TestUpstream;
let proxy: RunningProxy;
const release: (() => void)[] = [];

afterEach(async () => {
  release.length = 0;
  await proxy.close();
  await upstream.close();
});

async function start(): Promise<void> {
  upstream = await startUpstream((req, res) => {
    if (req.url === '/v1/models') {
      res.end('{}');
      return;
    }
    res.writeHead(200, { 'content-type': 'text/event-stream' });
    res.write(
      `data: ${JSON.stringify({ model: 'm', choices: [{ delta: { content: 'x' } }], usage: { prompt_tokens: 5, completion_tokens: 1, total_tokens: 6 } })}\n\n`,
    );
    release.push(() => res.end('data: [DONE]\n\n'));
  });
  proxy = await startProxy({
    snapshot: snapshotOf({
      providers: [provider({ name: 'main', baseUrl: upstream.origin, secret: 'sk' })],
      tokens: [app.entry],
    }),
  });
}

const stream = () =>
  call(`${proxy.origin}/llm/v1/providers/main/v1/chat/completions`, { headers, body: '{"model":"m"}', agent: false });
const short = (agent: Agent | false) => call(`${proxy.origin}/llm/v1/providers/main/v1/models`, { headers, agent });

describe('draining', () => {
  it('answers on connections that are open, asks their clients to close them, and waits for every stream', async () => {
    await start();
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    expect((await short(agent)).headers.connection).toBe('keep-alive');
    const streams = Array.from({ length: 20 }, stream);
    await until(() => release.length === 20, 'twenty streams');
    let isDrained = false;
    const drained = proxy
      .drain(0, () => Number.POSITIVE_INFINITY)
      .then(() => {
        isDrained = true;
      });
    await until(() => proxy.gateway.isDraining, 'it to drain');
    const late = await short(agent);
    expect([late.status, late.headers.connection]).toEqual([200, 'close']);
    expect(isDrained).toBe(false);
    for (const end of release) end();
    for (const answer of await Promise.all(streams)) expect(answer.isComplete).toBe(true);
    await drained;
    expect((await proxy.events(22)).every(({ outcome }) => outcome === 'completed')).toBe(true);
    agent.destroy();
  });

  it('cuts what is open at the deadline, and each of those calls has its event with what was known', async () => {
    await start();
    const streams = Array.from({ length: 5 }, stream);
    await until(() => release.length === 5, 'five streams');
    await until(() => [...proxy.gateway.relays].every(({ event }) => event.responseBytes > 0), 'their first bytes');
    await proxy.drain(0, () => 0);
    for (const answer of await Promise.all(streams)) {
      expect([answer.status, answer.isComplete]).toEqual([200, false]);
      expect(await proxy.eventOf(answer.headers['x-weir-request-id'] as string)).toMatchObject({
        outcome: 'interrupted',
        errorCode: 'proxy_stopped',
        usageSource: 'partial',
        meters: { input: 5, output: 1 },
      });
    }
    await until(() => upstream.cancelled.count === 5, 'the upstream to be let go');
  });
});
