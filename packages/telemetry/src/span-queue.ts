import type { ExportResult } from '@opentelemetry/core';
import type { ReadableSpan, SpanExporter, SpanProcessor } from '@opentelemetry/sdk-trace';
import type { SpanCounts } from './telemetry.js';

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
export class SpanQueue implements SpanProcessor {
  private waiting: ReadableSpan[] = [];
  private timer: NodeJS.Timeout | null = null;
  private sending: Promise<void> | null = null;
  private isClosed = false;
  private isFailing = false;
  private exported = 0;
  private dropped = 0;

  constructor(
    private readonly exporter: SpanExporter,
    private readonly options: SpanQueueOptions,
  ) {}

  get counts(): SpanCounts {
    return { exported: this.exported, dropped: this.dropped };
  }

  onStart(): void {}

  onEnd(span: ReadableSpan): void {
    if (this.isClosed || this.waiting.length >= this.options.maxWaiting) {
      this.dropped++;
      return;
    }
    this.waiting.push(span);
    if (this.sending !== null) return;
    if (this.waiting.length >= this.options.atOnce) void this.send();
    else this.timer ??= setTimeout(() => void this.send(), this.options.everyMs).unref();
  }

  async forceFlush(): Promise<void> {
    while (this.sending !== null || this.waiting.length > 0) await (this.sending ?? this.send());
  }

  async shutdown(): Promise<void> {
    await this.forceFlush();
    this.isClosed = true;
    await this.exporter.shutdown();
  }

  /** What has not been sent by now is lost. */
  abandon(): void {
    this.isClosed = true;
    this.dropped += this.waiting.length;
    this.waiting = [];
  }

  private send(): Promise<void> {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    const batch = this.waiting.splice(0, this.options.atOnce);
    this.sending = new Promise<ExportResult>((resolve) => this.exporter.export(batch, resolve)).then(
      ({ code, error }) => this.settle(batch.length, code === SUCCESS ? null : (error?.message ?? 'no reason given')),
      (error: Error) => this.settle(batch.length, error.message),
    );
    return this.sending;
  }

  private settle(spans: number, failure: string | null): void {
    this.sending = null;
    if (failure === null) this.exported += spans;
    else this.dropped += spans;
    if (failure !== null && !this.isFailing) this.options.onFailure(failure.slice(0, 200));
    this.isFailing = failure !== null;
    if (this.waiting.length > 0 && !this.isClosed) {
      if (this.waiting.length >= this.options.atOnce) void this.send();
      else this.timer ??= setTimeout(() => void this.send(), this.options.everyMs).unref();
    }
  }
}
