import { batchReceipt } from '@weir/contracts';
import type { Producer } from '@weir/queue';
import { type BatchMark, toUsageBatch } from './batch.js';

/** A batch on its way from the journal to ClickHouse. */
export interface PendingBatch {
  readonly mark: BatchMark;
  readonly segment: number;
  /** Held while memory allows; read from the segment otherwise. */
  body: Buffer | null;
}

export interface ConveyorOptions {
  readonly producer: Producer;
  /** The batch's bytes out of its segment; null when they are damaged. */
  readonly read: (batch: PendingBatch) => Promise<Buffer | null>;
  readonly onQueued: (batch: PendingBatch) => void;
  readonly onConfirmed: (batch: PendingBatch, quarantined: number) => void;
  readonly onDamaged: (batch: PendingBatch) => void;
  readonly onError: (error: unknown) => void;
  /** Unconfirmed batches in the queue at the most: bounds the queue's memory while ClickHouse is away. */
  readonly window: number;
}

const ADDS_AT_ONCE = 4;
const RETRY_MAX_MS = 5_000;
const RECHECK_EVERY_MS = 1_000;
/** A queued batch is asked after once it has been out this long: its completion may have been announced to nobody. */
const RECHECK_AFTER_MS = 2_000;
const RECHECKS_AT_ONCE = 64;

/**
 * Carries batches to the queue and waits for their confirmation. The queue is not trusted to keep anything: a batch it
 * no longer knows is added again under the same id.
 */
export class Conveyor {
  private readonly waiting: PendingBatch[] = [];
  private readonly inHand = new Map<string, { batch: PendingBatch; queuedAtMs: number | null }>();
  private adding = 0;
  private failures = 0;
  private pausedUntilMs = 0;
  private pumpTimer: NodeJS.Timeout | null = null;
  private readonly recheckTimer: NodeJS.Timeout;
  private rechecking = false;
  private stopped = false;

  constructor(private readonly options: ConveyorOptions) {
    this.recheckTimer = setInterval(() => this.recheck(), RECHECK_EVERY_MS);
    this.recheckTimer.unref();
  }

  offer(batch: PendingBatch): void {
    this.waiting.push(batch);
    this.pump();
  }

  /** Batches not confirmed yet. */
  get pending(): number {
    return this.waiting.length + this.inHand.size;
  }

  /** The queue announced that a job completed; also called for jobs of other journals. */
  completed(batchId: string, result: unknown): void {
    const entry = this.inHand.get(batchId);
    if (!entry) return;
    const receipt = batchReceipt.safeParse(result);
    if (!receipt.success || receipt.data.batchId !== batchId) return;
    this.inHand.delete(batchId);
    this.options.onConfirmed(entry.batch, receipt.data.quarantined);
    this.pump();
  }

  stop(): void {
    this.stopped = true;
    clearInterval(this.recheckTimer);
    if (this.pumpTimer) clearTimeout(this.pumpTimer);
  }

  private pump(): void {
    if (this.stopped) return;
    const wait = this.pausedUntilMs - performance.now();
    if (wait > 0) {
      this.pumpTimer ??= setTimeout(() => {
        this.pumpTimer = null;
        this.pump();
      }, wait).unref();
      return;
    }
    while (this.adding < ADDS_AT_ONCE && this.inHand.size < this.options.window) {
      const batch = this.waiting.shift();
      if (!batch) return;
      void this.add(batch);
    }
  }

  private async add(batch: PendingBatch): Promise<void> {
    const { batchId } = batch.mark;
    this.adding++;
    this.inHand.set(batchId, { batch, queuedAtMs: null });
    try {
      const body = batch.body ?? (await this.options.read(batch));
      if (!body) {
        this.inHand.delete(batchId);
        this.options.onDamaged(batch);
        return;
      }
      await this.options.producer.add(batchId, toUsageBatch(batch.mark, body));
      this.options.onQueued(batch);
      this.failures = 0;
      const entry = this.inHand.get(batchId);
      if (entry) entry.queuedAtMs = performance.now();
    } catch (error) {
      // Confirmed in the meantime: the add went through although its answer was lost.
      if (this.inHand.delete(batchId)) this.waiting.unshift(batch);
      this.failures++;
      const backoff = Math.min(100 * 2 ** Math.min(this.failures, 6), RETRY_MAX_MS);
      this.pausedUntilMs = performance.now() + backoff * (0.5 + Math.random() / 2);
      this.options.onError(error);
    } finally {
      this.adding--;
      this.pump();
    }
  }

  private recheck(): void {
    if (this.rechecking || this.stopped) return;
    this.rechecking = true;
    this.recheckOldest()
      .catch((error: unknown) => this.options.onError(error))
      .finally(() => {
        this.rechecking = false;
      });
  }

  private async recheckOldest(): Promise<void> {
    const due: PendingBatch[] = [];
    const now = performance.now();
    for (const { batch, queuedAtMs } of this.inHand.values()) {
      if (queuedAtMs !== null && now - queuedAtMs > RECHECK_AFTER_MS) due.push(batch);
      if (due.length === RECHECKS_AT_ONCE) break;
    }
    await Promise.all(due.map((batch) => this.recheckOne(batch)));
  }

  private async recheckOne(batch: PendingBatch): Promise<void> {
    const { producer } = this.options;
    const { batchId } = batch.mark;
    const state = await producer.state(batchId);
    if (state === 'completed') this.completed(batchId, await producer.result(batchId));
    else if (state === 'failed') await producer.retry(batchId);
    else if (state === 'missing' && this.inHand.delete(batchId)) {
      this.waiting.unshift(batch);
      this.pump();
    }
  }
}
