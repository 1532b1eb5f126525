import { type Deletion, oldPartsGone, type Writer } from '@weir/clickhouse';
import { TRANSCRIPT_QUEUE } from '@weir/contracts';
import { Lane } from '../lane.js';
import type { Log } from '../log.js';
import type { QueueState } from '../reconcile.js';
import type { Gate } from '../store/gate.js';
import { consumeTranscripts } from './consume.js';
import { type ErasedTable, eraseTurns } from './deletion/erase.js';
import { FRAMES_REFUSED } from './frames.js';
import { Tally } from './tally.js';
import { TurnStore } from './turn-store.js';

export interface TranscriptLaneOptions {
  readonly queueUrl: string;
  readonly writer: Writer;
  readonly log: Log;
}

/** Batches that calls of one conversation may lie scattered over, one of each process of a proxy; each may take much memory. */
const IN_HAND = 4;
/** A server takes seconds, unless its operator has it keep old files for longer. */
const BYTES_PATIENCE_MS = 60_000;

/** Recorded calls on their way into the store. One call after the other, so that each turn finds those before it. */
export class TranscriptLane {
  readonly tally = new Tally();
  private readonly lane: Lane;
  private readonly writer: Writer;
  private readonly store: TurnStore;
  private last: Promise<unknown> = Promise.resolve();

  constructor({ queueUrl, writer, log }: TranscriptLaneOptions) {
    this.writer = writer;
    this.store = new TurnStore(writer);
    const process = (gate: Gate) => {
      const erase = async (orders: readonly Deletion[]) => {
        for (const order of orders) await gate.through(() => this.eraseNow(order));
      };
      return consumeTranscripts({
        ...{ store: this.store, gate, tally: this.tally, erase, log },
        alone: (work) => this.alone(work),
      });
    };
    const about = { queue: TRANSCRIPT_QUEUE, what: 'recorded calls', refused: FRAMES_REFUSED, inHand: IN_HAND };
    this.lane = new Lane({ queueUrl, ...about, process, log });
  }

  get queue(): QueueState {
    return this.lane.queue;
  }

  /** Deletes what an order is about, when no batch is being stored here. @throws WeirError `CLICKHOUSE_*` */
  erase(order: Deletion): Promise<ErasedTable[]> {
    return this.alone(() => this.eraseNow(order));
  }

  /** @returns when the bytes of what was deleted were off the disks, UTC epoch ms; null = they are not yet */
  bytesGone(signal: AbortSignal): Promise<number | null> {
    return oldPartsGone(this.writer, BYTES_PATIENCE_MS, signal);
  }

  start(): void {
    this.lane.start();
  }

  /** What is not stored within `drainMs` goes back to the queue. */
  stop(drainMs: number): Promise<void> {
    return this.lane.stop(drainMs);
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
