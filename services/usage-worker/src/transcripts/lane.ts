import { setTimeout as sleep } from 'node:timers/promises';
import type { Deletion, Writer } from '@weir/clickhouse';
import { TRANSCRIPT_QUEUE, WeirError } from '@weir/contracts';
import { type Consumer, openConsumer } from '@weir/queue';
import type { Log } from '../log.js';
import { type QueueState, Reconciler } from '../reconcile.js';
import { Gate } from '../store/gate.js';
import { consumeTranscripts, TRANSCRIPTS_REFUSED } from './consume.js';
import { type ErasedTable, eraseTurns } from './deletion/erase.js';
import { Tally } from './tally.js';
import { TurnStore } from './turn-store.js';

export interface LaneOptions {
  readonly queueUrl: string;
  readonly writer: Writer;
  readonly log: Log;
}

/** Batches that calls of one conversation may lie scattered over, one of each process of a proxy; each may take much memory. */
const IN_HAND = 4;
/** A long conversation keeps the process busy for a while. */
const LOCK_MS = 30_000;

/**
 * Recorded calls on their way into the store, beside usage and never before it: a lane of their own that may wait, fall
 * behind or be away. One call after the other, so that each turn finds those before it.
 */
export class TranscriptLane {
  readonly tally = new Tally();
  private readonly stopping = new AbortController();
  private readonly gate: Gate;
  private readonly consumer: Consumer;
  private readonly reconciler: Reconciler;
  private readonly writer: Writer;
  private readonly store: TurnStore;
  private last: Promise<unknown> = Promise.resolve();

  constructor({ queueUrl, writer, log }: LaneOptions) {
    this.gate = new Gate({
      firstDelayMs: 250,
      maxDelayMs: 15_000,
      signal: this.stopping.signal,
      onFailure: (error, failures) => {
        if (Number.isInteger(Math.log2(failures))) {
          log('warn', `recorded calls wait: ${(error as Error).message}`, { failures });
        }
      },
    });
    this.writer = writer;
    this.store = new TurnStore(writer);
    const erase = async (orders: readonly Deletion[]) => {
      for (const order of orders) await this.gate.through(() => this.eraseNow(order));
    };
    const consume = consumeTranscripts({
      ...{ store: this.store, gate: this.gate, tally: this.tally, erase, log },
      alone: (work) => this.alone(work),
    });
    this.consumer = openConsumer({
      url: queueUrl,
      queue: TRANSCRIPT_QUEUE,
      process: consume,
      concurrency: IN_HAND,
      lockDurationMs: LOCK_MS,
      onError: (error) => log('warn', `queue of recorded calls: ${error.message.slice(0, 200)}`),
      autorun: false,
    });
    this.reconciler = new Reconciler({ consumer: this.consumer, log, refused: TRANSCRIPTS_REFUSED });
  }

  get queue(): QueueState {
    return this.reconciler.state;
  }

  /** Deletes what an order is about, when no batch is being stored here. @throws WeirError `CLICKHOUSE_*` */
  erase(order: Deletion): Promise<ErasedTable[]> {
    return this.alone(() => this.eraseNow(order));
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

  private async eraseNow(order: Deletion): Promise<ErasedTable[]> {
    try {
      return await eraseTurns(this.writer, order);
    } finally {
      this.store.forget();
    }
  }

  /** One after the other. */
  private alone<T>(work: () => Promise<T>): Promise<T> {
    const result = this.last.then(work);
    this.last = result.catch(() => undefined);
    return result;
  }
}
