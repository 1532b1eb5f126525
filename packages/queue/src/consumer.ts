import { setTimeout as delay } from 'node:timers/promises';
import { type Job, Queue, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { rewriteAppendOnly } from './append-only.js';
import { connect } from './connection.js';

export interface ConsumerOptions<R> {
  readonly url: string;
  readonly queue: string;
  /** Resolves when the job's effect is stored; a rejection sends the job round again. */
  readonly process: (job: Job) => Promise<R>;
  readonly concurrency: number;
  /** Longer than the slowest single job; renewed while the process lives. */
  readonly lockDurationMs: number;
  readonly onError: (error: Error) => void;
  /** Start paused; call `run()` later. */
  readonly autorun?: boolean;
}

export interface Backlog {
  readonly waiting: number;
  readonly active: number;
  readonly delayed: number;
  readonly failed: number;
}

export interface Consumer {
  run(): void;
  backlog(): Promise<Backlog>;
  /** Sends failed jobs round again; answers how many. */
  retryFailed(limit: number): Promise<number>;
  /** Takes failed jobs out whose failure begins with `reason`, so that their producer adds them anew; answers how many. */
  removeFailed(reason: string, limit: number): Promise<number>;
  /** Adds a job that carries nothing, unless one of this id waits or is in hand: it is gone once it is over, however it ends. */
  addOnce(jobId: string): Promise<void>;
  /** Redis only: its `maxmemory-policy`; anything but `noeviction` silently loses jobs. null on PostgreSQL. */
  evictionPolicy(): Promise<string | null>;
  /** Redis only, see `rewriteAppendOnly`; PostgreSQL keeps pages of its own accord, and answers true. */
  rewriteLog(patienceMs: number, signal: AbortSignal): Promise<boolean>;
  /** Waits for jobs in hand, then closes. */
  close(force?: boolean): Promise<void>;
}

/** A job whose worker dies is taken up again, however often. BullMQ's default parks it after the second time. */
const MAX_STALLED_COUNT = 1_000_000;

const BACKOFF_MAX_MS = 15_000;

/** Doubles from 250 ms to a cap, with jitter: BullMQ's own exponential one has no cap and would park a job for days. */
function backoffMs(attemptsMade: number): number {
  const delay = Math.min(250 * 2 ** Math.min(attemptsMade - 1, 10), BACKOFF_MAX_MS);
  return Math.round(delay * (0.5 + Math.random() / 2));
}

interface Opened {
  readonly worker: Worker;
  readonly queue: Queue;
}

const REOPEN_AFTER_MS = 500;
/** A server that never came up has nothing to be closed in order. */
const CLOSE_WAIT_MS = 1_000;

export function openConsumer<R>(options: ConsumerOptions<R>): Consumer {
  const { url, queue: name, onError } = options;
  const work = connect(url, 'consumer', onError);
  const ask = connect(url, 'consumer', onError);
  const closing = new AbortController();

  const open = async (): Promise<Opened> => {
    const worker = new Worker(
      name,
      options.process,
      {
        connection: work.connection as never,
        concurrency: options.concurrency,
        lockDuration: options.lockDurationMs,
        stalledInterval: Math.min(options.lockDurationMs, 5_000),
        maxStalledCount: MAX_STALLED_COUNT,
        autorun: false,
        settings: { backoffStrategy: backoffMs },
      },
      work.backend as never,
    );
    const queue = new Queue(name, { connection: ask.connection as never }, ask.backend as never);
    worker.on('error', onError);
    queue.on('error', onError);
    try {
      await Promise.all([worker.waitUntilReady(), queue.waitUntilReady()]);
      return { worker, queue };
    } catch (error) {
      await Promise.allSettled([worker.close(true), queue.close()]);
      throw error;
    }
  };
  // BullMQ remembers a failed start for ever, so what did not come up is made anew until it does.
  const openAtLast = async (): Promise<Opened> => {
    for (;;) {
      try {
        return await open();
      } catch (error) {
        closing.signal.throwIfAborted();
        onError(error instanceof Error ? error : new Error(String(error)));
        await delay(REOPEN_AFTER_MS, undefined, { signal: closing.signal });
      }
    }
  };
  const opened = openAtLast();
  // Only a close ends the attempts, and then nobody waits any more.
  opened.catch(() => undefined);
  const run = () => {
    opened.then(({ worker }) => worker.run()).catch((error: Error) => closing.signal.aborted || onError(error));
  };
  if (options.autorun ?? true) run();

  return {
    run,
    async backlog() {
      const { queue } = await opened;
      const counts = await queue.getJobCounts('waiting', 'prioritized', 'active', 'delayed', 'failed');
      return {
        waiting: (counts.waiting ?? 0) + (counts.prioritized ?? 0),
        active: counts.active ?? 0,
        delayed: counts.delayed ?? 0,
        failed: counts.failed ?? 0,
      };
    },
    async retryFailed(limit) {
      const { queue } = await opened;
      const failed = await queue.getFailed(0, limit - 1);
      for (const job of failed) await job.retry('failed');
      return failed.length;
    },
    async removeFailed(reason, limit) {
      const { queue } = await opened;
      const failed = await queue.getFailed(0, limit - 1);
      const unusable = failed.filter((job) => job.failedReason?.startsWith(reason));
      for (const job of unusable) await job.remove();
      return unusable.length;
    },
    async addOnce(jobId) {
      const { queue } = await opened;
      await queue.add('once', {}, { jobId, attempts: 1, removeOnComplete: true, removeOnFail: true });
    },
    async evictionPolicy() {
      if (ask.kind !== 'redis') return null;
      const answer = (await (ask.connection as Redis).config('GET', 'maxmemory-policy')) as string[];
      return answer[1] ?? null;
    },
    async rewriteLog(patienceMs, signal) {
      return ask.kind !== 'redis' || rewriteAppendOnly(ask.connection as Redis, patienceMs, signal);
    },
    async close(force = false) {
      closing.abort();
      const all = await Promise.race([opened.catch(() => null), delay(CLOSE_WAIT_MS, null)]);
      if (all) {
        await all.worker.close(force);
        await all.queue.close();
      }
      await Promise.allSettled([work.close(), ask.close()]);
    },
  };
}
