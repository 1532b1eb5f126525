import { setTimeout as sleep } from 'node:timers/promises';
import { type Deletion, oldPartsGone, type Writer } from '@weir/clickhouse';
import { TRANSCRIPT_QUEUE } from '@weir/contracts';
import { Lane } from '../lane.js';
import type { Log } from '../log.js';
import type { QueueState } from '../reconcile.js';
import type { Gate } from '../store/gate.js';
import { consumeTranscripts } from './consume.js';
import { type ErasedTable, eraseTurns } from './deletion/erase.js';
import { FRAMES_REFUSED } from './frames.js';
import { SecondLooks } from './late/second-looks.js';
import { Sweep } from './late/sweep.js';
import { Tally } from './tally.js';
import { TurnStore } from './turn-store.js';

export interface TranscriptLaneOptions {
  readonly queueUrl: string;
  readonly writer: Writer;
  readonly log: Log;
}

/** Batches that calls of one conversation may lie scattered over, one of each process of a proxy; each may take much memory. */
const IN_HAND = 8;
/** A server takes seconds, unless its operator has it keep old files for longer. */
const BYTES_PATIENCE_MS = 60_000;
/** Batches that come late come together. */
const LATE_WAIT_MS = 2_000;

/** Recorded calls on their way into the store. One call after the other, so that each turn finds those before it. */
export class TranscriptLane {
  readonly tally = new Tally();
  private readonly lane: Lane;
  private readonly secondLooks: SecondLooks;
  private readonly writer: Writer;
  private readonly store: TurnStore;
  private readonly log: Log;
  private readonly stopping = new AbortController();
  private last: Promise<unknown> = Promise.resolve();
  /** Calls that came after they were to be deleted, of which the queue's files hold nothing any more. */
  private forgotten = 0;
  private isForgetting = false;

  constructor({ queueUrl, writer, log }: TranscriptLaneOptions) {
    this.writer = writer;
    this.log = log;
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
    this.lane = new Lane({ queueUrl, ...about, process, onEmptied: () => this.forgetLate(), log });
    const sweep = new Sweep({
      ...{ writer, log },
      alone: (work) => this.alone(work),
      erase: (order) => this.eraseNow(order),
    });
    this.secondLooks = new SecondLooks({ queueUrl, look: (signal) => sweep.look(signal), log });
  }

  get queue(): QueueState {
    return this.lane.queue;
  }

  /** Deletes what an order is about, when no batch is being stored here. @throws WeirError `CLICKHOUSE_*` */
  erase(order: Deletion): Promise<ErasedTable[]> {
    return this.alone(() => this.eraseNow(order));
  }

  /** @returns when the bytes of what was deleted were off the disks, UTC epoch ms; null = they are not yet */
  async bytesGone(signal: AbortSignal): Promise<number | null> {
    const isForgotten = await this.rewriteLog(signal);
    const partsGoneAt = await oldPartsGone(this.writer, BYTES_PATIENCE_MS, signal);
    return isForgotten ? partsGoneAt : null;
  }

  start(): void {
    this.lane.start();
    this.secondLooks.start();
  }

  /** What is not stored within `drainMs` goes back to the queue. */
  async stop(drainMs: number): Promise<void> {
    this.stopping.abort();
    await Promise.all([
      this.lane.stop(drainMs),
      Promise.race([this.secondLooks.stop(), sleep(drainMs, undefined, { ref: false })]),
    ]);
  }

  private async eraseNow(order: Deletion): Promise<ErasedTable[]> {
    try {
      return await eraseTurns(this.writer, order);
    } finally {
      this.store.forget();
    }
  }

  /** What was refused is in the files of the queue, too. */
  private forgetLate(): void {
    if (this.isForgetting || this.tally.deleted === this.forgotten || this.stopping.signal.aborted) return;
    this.isForgetting = true;
    const forget = async () => {
      await sleep(LATE_WAIT_MS, undefined, { ref: false });
      const { deleted } = this.tally;
      await this.rewriteLog(this.stopping.signal);
      this.forgotten = deleted;
      this.isForgetting = false;
      this.forgetLate();
    };
    void forget();
  }

  private async rewriteLog(signal: AbortSignal): Promise<boolean> {
    try {
      const isDone = await this.lane.rewriteLog(BYTES_PATIENCE_MS, signal);
      if (!isDone) this.log('warn', 'the queue still has in its files what was deleted');
      return isDone;
    } catch (error) {
      this.log('warn', `the queue cannot write its files anew: ${(error as Error).message.slice(0, 200)}`);
      return false;
    }
  }

  /** One after the other. */
  private alone<T>(work: () => Promise<T>): Promise<T> {
    const result = this.last.then(work);
    this.last = result.catch(() => undefined);
    return result;
  }
}
