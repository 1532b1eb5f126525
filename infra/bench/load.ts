import { setTimeout as sleep } from 'node:timers/promises';
import { Agent } from 'undici';
import { Samples, type Spread } from './percentile.js';
import { cpuSeconds } from './process-usage.js';
import type { Target } from './target.js';
import { ANSWER, QUESTION } from './wire.js';

export interface LoadResult {
  readonly callsPerSecond: number;
  /** From the moment a call was due, in ms. */
  readonly latency: Spread;
  /** Of the process in between; null for direct. */
  readonly cpuMicrosPerCall: number | null;
  /** Any answer that is not the expected one. */
  readonly errors: number;
}

const HEADERS = { 'content-type': 'application/json' };

class Caller {
  readonly latency = new Samples();
  errors = 0;
  done = 0;
  private readonly agent: Agent;

  constructor(
    private readonly target: Target,
    connections: number,
  ) {
    this.agent = new Agent({ connections, pipelining: 1, keepAliveTimeout: 60_000 });
  }

  async call(dueMs: number): Promise<void> {
    const { origin, path, headers } = this.target;
    try {
      const answer = await this.agent.request({
        origin,
        path,
        method: 'POST',
        headers: { ...HEADERS, ...headers },
        body: QUESTION,
      });
      const body = await answer.body.bytes();
      if (answer.statusCode !== 200 || body.length !== ANSWER.length) this.errors++;
    } catch {
      // A failed call is counted and shown in the table; the run goes on.
      this.errors++;
    }
    this.latency.add(performance.now() - dueMs);
    this.done++;
  }

  close(): Promise<void> {
    return this.agent.close();
  }
}

async function measured(target: Target, caller: Caller, run: () => Promise<void>): Promise<LoadResult> {
  const cpuBefore = target.pid === null ? 0 : cpuSeconds(target.pid);
  const startMs = performance.now();
  await run();
  const seconds = (performance.now() - startMs) / 1_000;
  const cpu = target.pid === null ? null : cpuSeconds(target.pid) - cpuBefore;
  await caller.close();
  return {
    callsPerSecond: caller.done / seconds,
    latency: caller.latency.spread(),
    cpuMicrosPerCall: cpu === null ? null : (cpu * 1e6) / caller.done,
    errors: caller.errors,
  };
}

/** As many calls as go through: each lane sends its next call when its last one was answered. */
export function closedLoop(target: Target, lanes: number, seconds: number): Promise<LoadResult> {
  const caller = new Caller(target, lanes);
  return measured(target, caller, async () => {
    const endMs = performance.now() + seconds * 1_000;
    const lane = async (): Promise<void> => {
      while (performance.now() < endMs) await caller.call(performance.now());
    };
    await Promise.all(Array.from({ length: lanes }, lane));
  });
}

/** Connections an open loop may have open; calls that find none wait, and their wait counts. */
const OPEN_LOOP_CONNECTIONS = 256;

/**
 * A fixed number of calls a second, sent when they are due whether or not earlier ones were answered, so that a stall
 * shows in every call it delayed.
 */
export function openLoop(target: Target, callsPerSecond: number, seconds: number): Promise<LoadResult> {
  const caller = new Caller(target, OPEN_LOOP_CONNECTIONS);
  return measured(target, caller, async () => {
    const total = callsPerSecond * seconds;
    const everyMs = 1_000 / callsPerSecond;
    const startMs = performance.now();
    const calls: Promise<void>[] = [];
    while (calls.length < total) {
      while (calls.length < total && startMs + calls.length * everyMs <= performance.now()) {
        calls.push(caller.call(startMs + calls.length * everyMs));
      }
      await sleep(1);
    }
    await Promise.all(calls);
  });
}
