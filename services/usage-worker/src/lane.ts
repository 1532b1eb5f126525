import { setTimeout as sleep } from 'node:timers/promises';
import { WeirError } from '@weir/contracts';
import { type Consumer, type ConsumerOptions, openConsumer } from '@weir/queue';
import type { Log } from './log.js';
import { type QueueState, Reconciler } from './reconcile.js';
import { Gate } from './store/gate.js';

export interface LaneOptions {
  readonly queueUrl: string;
  readonly queue: string;
  /** In the log: what it carries. */
  readonly what: string;
  /** Failed jobs that carry this are dropped. */
  readonly refused: string;
  /** Batches at once. */
  readonly inHand: number;
  readonly process: (gate: Gate) => ConsumerOptions<unknown>['process'];
  /** The queue does not hold any more what a job carried. */
  readonly onEmptied?: () => void;
  readonly log: Log;
}

/** A long batch keeps the process busy for a while. */
const LOCK_MS = 30_000;

/** The way from a queue into the store, beside usage and never before it: it may wait, fall behind or be away. */
export class Lane {
  readonly gate: Gate;
  private readonly stopping = new AbortController();
  private readonly consumer: Consumer;
  private readonly reconciler: Reconciler;

  constructor({ queueUrl, queue, what, refused, inHand, process, onEmptied, log }: LaneOptions) {
    this.gate = new Gate({
      firstDelayMs: 250,
      maxDelayMs: 15_000,
      signal: this.stopping.signal,
      onFailure: (error, failures) => {
        if (Number.isInteger(Math.log2(failures))) {
          log('warn', `${what} wait: ${(error as Error).message}`, { failures });
        }
      },
    });
    const work = process(this.gate);
    this.consumer = openConsumer({
      ...{
        url: queueUrl,
        queue,
        process: async (job) => {
          const receipt = await work(job);
          // The queue keeps the last jobs that it completed, and must not keep what they carried.
          await job.updateData({ ...job.data, frames: '' });
          onEmptied?.();
          return receipt;
        },
        concurrency: inHand,
        lockDurationMs: LOCK_MS,
        autorun: false,
      },
      onError: (error) => log('warn', `queue of ${what}: ${error.message.slice(0, 200)}`),
    });
    this.reconciler = new Reconciler({ consumer: this.consumer, log, refused });
  }

  get queue(): QueueState {
    return this.reconciler.state;
  }

  /** @returns false where what jobs carried may still be in the queue's own files after `patienceMs` */
  rewriteLog(patienceMs: number, signal: AbortSignal): Promise<boolean> {
    return this.consumer.rewriteLog(patienceMs, signal);
  }

  start(): void {
    this.consumer.run();
    this.reconciler.start();
  }

  /** What is not stored within `drainMs` goes back to the queue. */
  async stop(drainMs: number): Promise<void> {
    const drained = this.consumer.close();
    await Promise.race([drained, sleep(drainMs, undefined, { ref: false })]);
    this.stopping.abort(new WeirError('STOPPED', 'the worker stops'));
    await Promise.race([drained, sleep(1_000, undefined, { ref: false })]);
    await this.reconciler.stop();
  }
}
