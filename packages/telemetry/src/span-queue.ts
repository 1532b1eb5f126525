import type { FinishedSpan, SpanCounts } from './telemetry.js';

/** Spans that are sent together. */
export interface SpanBatch {
  readonly size: number;
  add(span: FinishedSpan): void;
}

/** The way to a collector; exporters of the SDK have this shape. */
export interface BatchExporter<B extends SpanBatch> {
  /** `done` is told 0 where the collector has taken the batch. */
  export(batch: B, done: (result: { readonly code: number; readonly error?: Error }) => void): void;
  shutdown(): Promise<void>;
}

const SUCCESS = 0;

export interface SpanQueueOptions {
  readonly maxWaiting: number;
  readonly atOnce: number;
  readonly everyMs: number;
  /** Told of the first batch that is lost, and again once one got through in between. */
  readonly onFailure: (reason: string) => void;
}

/**
 * Finished spans on their way to a collector, in batches, one at a time. It is bounded: what a collector that is away or
 * slow leaves no room for is dropped and counted. The SDK's own processor drops, too, but tells nobody how much.
 */
export class SpanQueue<B extends SpanBatch> {
  /** All but the last one are full. */
  private batches: B[] = [];
  private waiting = 0;
  private timer: NodeJS.Timeout | null = null;
  private sending: Promise<void> | null = null;
  private isClosed = false;
  private isFailing = false;
  private exported = 0;
  private dropped = 0;

  constructor(
    private readonly newBatch: () => B,
    private readonly exporter: BatchExporter<B>,
    private readonly options: SpanQueueOptions,
  ) {}

  get counts(): SpanCounts {
    return { exported: this.exported, dropped: this.dropped };
  }

  add(span: FinishedSpan): void {
    if (this.isClosed || this.waiting >= this.options.maxWaiting) {
      this.dropped++;
      return;
    }
    this.batchWithRoom().add(span);
    this.waiting++;
    if (this.sending === null) this.sendInTime();
  }

  async shutdown(): Promise<void> {
    while (this.sending !== null || this.waiting > 0) await (this.sending ?? this.send());
    this.isClosed = true;
    await this.exporter.shutdown();
  }

  /** What has not been sent by now is lost. */
  abandon(): void {
    this.isClosed = true;
    this.dropped += this.waiting;
    this.waiting = 0;
    this.batches = [];
  }

  private batchWithRoom(): B {
    const last = this.batches.at(-1);
    if (last !== undefined && last.size < this.options.atOnce) return last;
    const batch = this.newBatch();
    this.batches.push(batch);
    return batch;
  }

  private sendInTime(): void {
    if (this.waiting >= this.options.atOnce) void this.send();
    else this.timer ??= setTimeout(() => void this.send(), this.options.everyMs).unref();
  }

  private send(): Promise<void> {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    const batch = this.batches.shift();
    if (batch === undefined) return Promise.resolve();
    this.waiting -= batch.size;
    const sent = new Promise<string | null>((resolve) => {
      this.exporter.export(batch, ({ code, error }) =>
        resolve(code === SUCCESS ? null : (error?.message ?? 'no reason given')),
      );
    });
    this.sending = sent.catch((error: Error) => error.message).then((failure) => this.settle(batch.size, failure));
    return this.sending;
  }

  private settle(spans: number, failure: string | null): void {
    this.sending = null;
    if (failure === null) this.exported += spans;
    else this.dropped += spans;
    if (failure !== null && !this.isFailing) this.options.onFailure(failure.slice(0, 200));
    this.isFailing = failure !== null;
    if (this.waiting > 0 && !this.isClosed) this.sendInTime();
  }
}
