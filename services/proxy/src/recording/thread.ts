import { Worker } from 'node:worker_threads';
import type { Log } from '../log.js';
import type { DropReason, FinishedCall } from './finished-call.js';
import { buffersOf, parcelOf } from './parcel.js';
import { SharedBlocks } from './shared-blocks.js';
import type { FromThread, ThreadData, ToThread } from './thread-messages.js';

const RESTART_AFTER_MS = 1_000;
/** The longest that one body may take, redaction of tens of megabytes included; beyond it the thread is stuck. */
const STUCK_AFTER_MS = 60_000;
const WATCH_EVERY_MS = 5_000;
const TROUBLE_EVERY_MS = 10_000;
const MAX_HEAP_MB = 1_024;
/** Beyond what it was given to finish. */
const CLOSE_MARGIN_MS = 3_000;

interface ThreadOptions extends ThreadData {
  readonly log: Log;
  readonly threadUrl?: URL | undefined;
}

interface ThreadOwner {
  onSettled(
    calls: readonly { readonly id: number; readonly dropped: DropReason | null }[],
    damaged: number,
    spoolBytes: number,
  ): void;
  /** The thread is gone, with every call it had. */
  onLost(): void;
}

/** The thread that redacts, compresses, spools and ships; started with the first call, and again when it ends. */
export class RecordThread {
  private worker: Worker | null = null;
  private endedMs = Number.NEGATIVE_INFINITY;
  private busySinceMs: number | null = null;
  private toldTroubleMs = Number.NEGATIVE_INFINITY;
  private onClosed: (() => void) | null = null;
  private readonly watch = setInterval(() => this.check(), WATCH_EVERY_MS).unref();
  private open = 0;
  /** New for each thread: one that is being ended may still read what it was given. */
  private blocks = new SharedBlocks();

  constructor(
    private readonly options: ThreadOptions,
    private readonly owner: ThreadOwner,
  ) {}

  /** False for a moment after it ended: what ends it again and again is not started again and again. */
  get isUsable(): boolean {
    return this.worker !== null || performance.now() - this.endedMs >= RESTART_AFTER_MS;
  }

  start(): void {
    this.worker ??= this.spawn();
  }

  post(calls: readonly FinishedCall[]): void {
    this.start();
    this.open += calls.length;
    this.busySinceMs ??= performance.now();
    const parcel = parcelOf(calls, (bytes) => this.blocks.place(bytes, calls.length));
    this.send({ kind: 'calls', parcel }, buffersOf(parcel));
  }

  /** Resolves once it has ended in order, or `withinMs` and some are over. */
  async close(withinMs: number): Promise<void> {
    clearInterval(this.watch);
    const { worker } = this;
    if (worker === null) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, withinMs + CLOSE_MARGIN_MS);
      this.onClosed = () => {
        clearTimeout(timer);
        resolve();
      };
      this.send({ kind: 'close', withinMs }, []);
    });
    this.worker = null;
    await worker.terminate();
  }

  private send(message: ToThread, moved: ArrayBuffer[]): void {
    this.worker?.postMessage(message, moved);
  }

  private spawn(): Worker {
    const { directory, adopted, quotaBytes, diskFreeBytes, queueUrl, threadUrl } = this.options;
    const workerData: ThreadData = { directory, adopted, quotaBytes, diskFreeBytes, queueUrl };
    const worker = new Worker(threadUrl ?? new URL('./record-thread.js', import.meta.url), {
      workerData,
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
      // Its output is taken away from the log of the process: it may quote what people wrote.
      ...{ stdout: true, stderr: true },
    });
    worker.unref();
    worker.on('message', (message: FromThread) => {
      // What one that was given up still says is about calls that are counted as lost.
      if (this.worker === worker) this.hear(message);
    });
    worker.on('error', (error) => this.lost(worker, (error as { code?: string }).code));
    worker.on('exit', () => this.lost(worker));
    return worker;
  }

  private hear(message: FromThread): void {
    switch (message.kind) {
      case 'settled':
        this.open -= message.calls.length;
        this.blocks.settle(message.calls.length);
        if (message.calls.length > 0) this.busySinceMs = this.open > 0 ? performance.now() : null;
        this.owner.onSettled(message.calls, message.damaged, message.spoolBytes);
        return;
      case 'trouble':
        this.tellTrouble(message.error);
        return;
      case 'closed':
        this.onClosed?.();
    }
  }

  private tellTrouble(error: string): void {
    if (performance.now() - this.toldTroubleMs < TROUBLE_EVERY_MS) return;
    this.toldTroubleMs = performance.now();
    this.options.log('warn', 'the queue cannot be reached; recorded calls stay in their spool', { error });
  }

  private check(): void {
    if (this.busySinceMs === null || performance.now() - this.busySinceMs < STUCK_AFTER_MS) return;
    const { worker } = this;
    if (worker !== null) this.lost(worker);
  }

  /** What it failed with may quote what people wrote; its code does not. */
  private lost(worker: Worker, code?: string): void {
    if (this.worker !== worker) return;
    this.worker = null;
    this.endedMs = performance.now();
    this.open = 0;
    this.blocks = new SharedBlocks();
    this.busySinceMs = null;
    void worker.terminate();
    this.options.log('error', 'the thread that records calls ended; it is started again with the next call', { code });
    this.owner.onLost();
    this.onClosed?.();
  }
}
