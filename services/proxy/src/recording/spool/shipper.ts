import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { type TranscriptBatch, transcriptBatchOf } from '@weir/contracts';
import type { Producer } from '@weir/queue';
import { type SpooledBatch, soundBytes } from './batches.js';
import type { Spool } from './spool.js';

/** Bounds what the queue's memory holds of recorded calls, however long nobody takes them from there. */
const UNDER_WAY = 4;
const UNDER_WAY_BYTES = 8 * 1024 * 1024;
const RETRY_MAX_MS = 5_000;
const RECHECK_EVERY_MS = 1_000;
/** A job is asked after once it has been out this long: its completion may have been announced to nobody. */
const RECHECK_AFTER_MS = 2_000;
/** A file that is still being written waits this long for more, unless others wait already. */
const END_AFTER_MS = 500;
const TICK_MS = 250;
const STOP_POLL_MS = 20;

export interface ShipperOptions {
  readonly spool: Spool;
  /** Makes the way to the queue; `onCompleted` must be called for every announced completion. */
  readonly openQueue: (onCompleted: (jobId: string) => void) => Producer;
  /** Frames of a batch could not be read any more. */
  readonly onDamaged: (batch: SpooledBatch) => void;
  readonly onError: (error: unknown) => void;
}

/** Carries batches from the spool to the queue, few at a time; a batch goes from the disk once its job has completed. */
export class Shipper {
  private readonly underWay = new Map<string, { readonly batch: SpooledBatch; queuedAtMs: number | null }>();
  private readonly producer: Producer;
  private readonly timers: NodeJS.Timeout[];
  private underWayBytes = 0;
  private failures = 0;
  private pausedUntilMs = 0;
  private isRechecking = false;
  private isStopped = false;

  constructor(private readonly options: ShipperOptions) {
    this.producer = options.openQueue((jobId) => this.completed(jobId));
    this.timers = [setInterval(() => this.pump(), TICK_MS), setInterval(() => this.recheck(), RECHECK_EVERY_MS)];
  }

  /**
   * Gives what is spooled until `deadlineMs` on the monotonic clock to be stored. What is not keeps its files: whoever opens
   * the spool next ships them under the same ids. The connection ends with the thread.
   */
  async stop(deadlineMs: number): Promise<void> {
    const { spool } = this.options;
    spool.endAfter(0);
    this.pump();
    while ((spool.isBehind || this.underWay.size > 0) && performance.now() < deadlineMs) await delay(STOP_POLL_MS);
    this.isStopped = true;
    for (const timer of this.timers) clearInterval(timer);
  }

  private pump(): void {
    const { spool } = this.options;
    while (!this.isStopped && performance.now() >= this.pausedUntilMs && this.hasRoom()) {
      if (!spool.isBehind) spool.endAfter(END_AFTER_MS);
      const batch = spool.take();
      if (batch === null) return;
      void this.add(batch);
    }
  }

  private hasRoom(): boolean {
    return this.underWay.size < UNDER_WAY && this.underWayBytes < UNDER_WAY_BYTES;
  }

  private async add(batch: SpooledBatch): Promise<void> {
    const { id, path, bytes } = batch;
    // Once it is on its way it need not be in memory.
    this.underWay.set(id, { batch: { id, path, bytes }, queuedAtMs: null });
    this.underWayBytes += batch.bytes;
    try {
      const data = this.read(batch);
      if (data === null) {
        this.completed(batch.id);
        return;
      }
      await this.producer.add(batch.id, data);
      this.failures = 0;
      const entry = this.underWay.get(batch.id);
      if (entry) entry.queuedAtMs = performance.now();
    } catch (error) {
      // Completed in the meantime: the job was added although the answer to that was lost.
      if (this.forget(batch.id) !== null) this.options.spool.putBack(batch);
      this.failures++;
      const backoffMs = Math.min(100 * 2 ** Math.min(this.failures, 6), RETRY_MAX_MS);
      this.pausedUntilMs = performance.now() + backoffMs * (0.5 + Math.random() / 2);
      this.options.onError(error);
    }
  }

  /** null where no frame of it can be read. */
  private read(batch: SpooledBatch): TranscriptBatch | null {
    const { id: batchId, frames } = batch;
    if (frames !== undefined) {
      const packed = transcriptBatchOf(batchId, frames);
      this.options.spool.letGo(batch);
      return packed;
    }
    const bytes = readFileSync(batch.path);
    const end = soundBytes(bytes);
    if (end < bytes.length) this.options.onDamaged(batch);
    return end === 0 ? null : transcriptBatchOf(batchId, bytes.subarray(0, end));
  }

  private completed(jobId: string): void {
    const batch = this.forget(jobId);
    if (batch === null) return;
    this.options.spool.remove(batch);
    this.pump();
  }

  private forget(id: string): SpooledBatch | null {
    const entry = this.underWay.get(id);
    if (entry === undefined) return null;
    this.underWay.delete(id);
    this.underWayBytes -= entry.batch.bytes;
    return entry.batch;
  }

  private recheck(): void {
    if (this.isRechecking || this.isStopped) return;
    this.isRechecking = true;
    const dueMs = performance.now() - RECHECK_AFTER_MS;
    const due = [...this.underWay.values()].filter(({ queuedAtMs }) => queuedAtMs !== null && queuedAtMs < dueMs);
    Promise.all(due.map(({ batch }) => this.recheckOne(batch)))
      .catch((error: unknown) => this.options.onError(error))
      .finally(() => {
        this.isRechecking = false;
      });
  }

  private async recheckOne(batch: SpooledBatch): Promise<void> {
    const state = await this.producer.state(batch.id);
    if (state === 'completed') this.completed(batch.id);
    else if (state === 'failed') await this.producer.retry(batch.id);
    else if (state === 'missing' && this.forget(batch.id) !== null) this.options.spool.putBack(batch);
  }
}
