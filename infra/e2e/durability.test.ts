import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { QueueKind } from '../embedded/stores.js';
import { compare } from './ledgers.js';
import { sendLoad } from './load.js';
import { type System, startSystem } from './system.js';

/** More than 20,000, since a call that meets a restarting proxy leaves no event. */
const CALLS = Number(process.env.WEIR_TEST_CALLS ?? 22_000);
/** Calls are counted twice soon once nothing prevents it. */
const CALLS_TO_DOUBLE = Math.min(CALLS, 9_000);
const CONCURRENCY = 64;
const WORKER_KILLS = 10;
const PROXY_KILLS = 5;
const QUEUE_KILLS = 2;

let system: System | null = null;
afterEach(async () => {
  await system?.end();
  system = null;
});

/**
 * Calls, a third of them streams, while worker, queue server and proxy are killed under them.
 * Calls that fail stay failed: nobody retries, so each call is one upstream request at the most.
 */
async function ordeal(queue: QueueKind, calls = CALLS, env: NodeJS.ProcessEnv = {}) {
  system = await startSystem({ queue, env });
  const weir = system;
  await weir.console.setUp(weir.setupLink);
  const proxyUrl = await weir.console.createProvider({
    name: 'upstream',
    displayName: 'Upstream',
    type: 'openai',
    baseUrl: `${weir.simulator.url}/v1`,
    secretId: 'OPENAI_API_KEY',
    secretValue: weir.upstreamKey,
  });
  const token = await weir.console.createToken(await weir.console.createApp('load'));
  await weir.configured();

  let finished = false;
  const kills = { worker: 0, proxy: 0, queue: 0 };
  const queueServer = queue === 'redis' ? 'redis' : 'postgres';
  const loseMemory = () => rmSync(join(weir.home, 'redis', 'appendonlydir'), { recursive: true, force: true });
  const hurtWorker = async () => {
    while (kills.worker < WORKER_KILLS) {
      await weir.kill('usage-worker');
      kills.worker++;
      await delay(300 + Math.random() * 900);
    }
  };
  const hurtProxy = async () => {
    while (kills.proxy < PROXY_KILLS && !finished) {
      await delay(1_500);
      if (kills.proxy === 2) await weir.kill('proxy');
      else weir.killProxyProcess();
      kills.proxy++;
    }
  };
  const hurtQueue = async () => {
    while (kills.queue < QUEUE_KILLS) {
      await delay(4_000);
      await weir.kill(queueServer, queue === 'redis' && kills.queue === 1 ? loseMemory : undefined);
      kills.queue++;
    }
  };
  const load = sendLoad({
    proxyUrl,
    token,
    calls,
    concurrency: CONCURRENCY,
    model: (index) => (index % 50 === 0 ? 'sim-long-400' : 'gpt-5.4-mini'),
    isStream: (index) => index % 3 === 0,
    isAborted: (index) => index % 41 === 0,
    pauseMs: 80,
    pauseAfterFailureMs: 500,
  }).finally(() => {
    finished = true;
  });
  const [client] = await Promise.all([load, hurtWorker(), hurtProxy(), hurtQueue()]);
  await weir.settled(env.WEIR_TEST_DEDUPLICATION !== 'off');
  const events = await weir.books.events();
  const totals = await weir.books.totals();
  const comparison = compare(weir.simulator.ledger, client, events);
  const count = (how: string) => client.filter((call) => call.ended === how).length;
  process.stdout.write(
    `${queue}: ${client.length} calls (${count('completed')} completed, ${count('aborted')} aborted, ` +
      `${count('failed')} failed), upstream served ${weir.simulator.ledger.length}, events ${totals.events} ` +
      `(${totals.distinctEvents} distinct), ratings ${totals.ratings}, roll-up ${totals.rollUpCalls}; killed worker ` +
      `x${kills.worker}, proxy x${kills.proxy}, queue x${kills.queue}; lost ${comparison.lost.length}, ` +
      `double ${comparison.doubled.length}\n`,
  );
  return { client, totals, comparison, kills, uneven: await weir.books.unevenBatches() };
}

describe.each(['redis', 'postgres'] as const)('with the queue on %s', (queue) => {
  it('20,000 calls leave exactly one event and one rating each while everything is killed', { retry: 0 }, async () => {
    const { client, totals, comparison, kills, uneven } = await ordeal(queue);
    expect(kills).toEqual({ worker: WORKER_KILLS, proxy: PROXY_KILLS, queue: QUEUE_KILLS });
    expect(client.length).toBe(CALLS);
    expect(comparison).toEqual({ lost: [], doubled: [], different: [], invented: [] });
    expect(totals.distinctEvents).toBe(totals.events);
    expect(uneven).toEqual([]);
    expect(totals.ratings).toBe(totals.events);
    expect(totals.distinctRatings).toBe(totals.events);
    expect(totals.rollUpCalls).toBe(totals.events);
    expect(totals.rollUpRated).toBe(totals.events);
    expect(totals.rollUpTokens).toBe(totals.eventTokens);
    expect(Number(totals.rollUpSpend)).toBe(Number(totals.ratingSpend));
    expect(totals.rollUpSpend).toBe(totals.ratingSpend);
  });
});

describe('the negative control', () => {
  it('counts calls twice once deduplication is switched off, so the test above can fail', async () => {
    const { totals, comparison } = await ordeal('redis', CALLS_TO_DOUBLE, { WEIR_TEST_DEDUPLICATION: 'off' });
    expect(comparison.lost).toEqual([]);
    expect(totals.events).toBeGreaterThan(totals.distinctEvents);
    expect(totals.rollUpCalls).toBeGreaterThan(totals.distinctEvents);
  });
});
