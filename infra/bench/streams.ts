import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, type Dispatcher } from 'undici';
import { Samples, type Spread } from './percentile.js';
import { cpuSeconds, memoryKib } from './process-usage.js';
import type { Target } from './target.js';
import { EVENTS_PER_SECOND, monotonicMs, SENT_AT, streamQuestion } from './wire.js';

export interface StreamsResult {
  readonly streams: number;
  /** All of them open, events flowing. */
  readonly eventsPerSecond: number;
  /** From the upstream's write to the generator's read, in ms. */
  readonly latency: Spread;
  /** Of one core, by the process in between, per stream. */
  readonly cpuMicrosPerEvent: number | null;
  /** What the process in between grew by, per open stream. */
  readonly memoryKibPerStream: number | null;
  readonly errors: number;
}

const OPENING_LANES = 64;
const SETTLE_MS = 1_000;
const END = Buffer.from('data: [DONE]\n\n');
const MARK = Buffer.from(SENT_AT);

interface Counts {
  events: number;
  latency: Samples | null;
  open: number;
  ended: number;
  errors: number;
}

/** Opens all streams, then measures for `seconds` while every one of them is running, then lets them end. */
export async function runStreams(target: Target, streams: number, seconds: number): Promise<StreamsResult> {
  const agent = new Agent({ connections: streams, pipelining: 1, bodyTimeout: 0 });
  const counts: Counts = { events: 0, latency: null, open: 0, ended: 0, errors: 0 };
  const idleKib = target.pid === null ? 0 : memoryKib(target.pid);
  // Long enough for the last one opened to outlive the measurement.
  const openingSeconds = Math.ceil(streams / 250) + 2;
  const body = streamQuestion((openingSeconds + seconds + SETTLE_MS / 1_000) * EVENTS_PER_SECOND);
  let begun = 0;
  const finished: Promise<void>[] = [];
  const opener = async (): Promise<void> => {
    while (begun < streams) {
      begun++;
      await new Promise<void>((opened) => finished.push(oneStream(agent, target, body, counts, opened)));
    }
  };
  await Promise.all(Array.from({ length: OPENING_LANES }, opener));
  await sleep(SETTLE_MS);

  const cpuBefore = target.pid === null ? 0 : cpuSeconds(target.pid);
  const eventsBefore = counts.events;
  const startMs = performance.now();
  counts.latency = new Samples();
  await sleep(seconds * 1_000);
  const elapsedSeconds = (performance.now() - startMs) / 1_000;
  const latency = counts.latency.spread();
  counts.latency = null;
  const events = counts.events - eventsBefore;
  const cpu = target.pid === null ? null : cpuSeconds(target.pid) - cpuBefore;
  const busyKib = target.pid === null ? null : memoryKib(target.pid);
  await Promise.all(finished);
  await agent.close();
  return {
    streams,
    eventsPerSecond: events / elapsedSeconds,
    latency,
    cpuMicrosPerEvent: cpu === null ? null : (cpu * 1e6) / events,
    memoryKibPerStream: busyKib === null ? null : (busyKib - idleKib) / streams,
    errors: counts.errors + (streams - counts.ended - counts.errors),
  };
}

function oneStream(agent: Agent, target: Target, body: string, counts: Counts, opened: () => void): Promise<void> {
  return new Promise((resolve) => {
    const fail = (): void => {
      counts.errors++;
      opened();
      resolve();
    };
    let last: Buffer = Buffer.alloc(0);
    const handler: Dispatcher.DispatchHandler = {
      onRequestStart() {},
      onResponseStart(_controller, status) {
        counts.open++;
        if (status !== 200) counts.errors++;
        opened();
      },
      onResponseData(_controller, chunk) {
        last = chunk;
        const nowMs = counts.latency === null ? 0 : monotonicMs();
        for (let at = chunk.indexOf(MARK); at >= 0; at = chunk.indexOf(MARK, at + 1)) {
          counts.events++;
          if (counts.latency !== null) counts.latency.add(nowMs - sentAt(chunk, at + MARK.length));
        }
      },
      onResponseEnd() {
        if (last.subarray(-END.length).equals(END)) counts.ended++;
        resolve();
      },
      onResponseError: fail,
    };
    const headers = { 'content-type': 'application/json', ...target.headers };
    agent.dispatch({ origin: target.origin, path: target.path, method: 'POST', headers, body }, handler);
  });
}

function sentAt(chunk: Buffer, from: number): number {
  return Number.parseFloat(chunk.toString('latin1', from, from + 20));
}
