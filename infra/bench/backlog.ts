import { closedLoop } from './load.js';
import { cpuSeconds } from './process-usage.js';
import type { RunningWeir } from './weir.js';

export interface BacklogResult {
  /** Calls made while the worker was held still. */
  readonly calls: number;
  readonly seconds: number;
  readonly eventsPerSecond: number;
  /** Processor time of the worker alone, rating and inserting, per event. */
  readonly workerCpuMicrosPerEvent: number;
}

/**
 * How fast a backlog is made good: the worker is stopped, calls go on being served, then it runs again and the time
 * counts until ClickHouse holds every one of them. Everything takes part that does in earnest: journal, queue, rating.
 */
export async function drainBacklog(weir: RunningWeir, lanes: number, seconds: number): Promise<BacklogResult> {
  const { served: before } = await weir.books(0);
  process.kill(weir.workerPid, 'SIGSTOP');
  let calls: number;
  try {
    calls = (await closedLoop(weir.target, lanes, seconds)).latency.count;
  } finally {
    process.kill(weir.workerPid, 'SIGCONT');
  }
  const cpuBefore = cpuSeconds(weir.workerPid);
  const startMs = performance.now();
  const { stored } = await weir.books(before + calls);
  const tookSeconds = (performance.now() - startMs) / 1_000;
  if (stored < before + calls) throw new Error(`of ${before + calls} events ${stored} are stored`);
  return {
    calls,
    seconds: tookSeconds,
    eventsPerSecond: calls / tookSeconds,
    workerCpuMicrosPerEvent: ((cpuSeconds(weir.workerPid) - cpuBefore) / calls) * 1e6,
  };
}
