import type { Log } from '../log.js';
import type { FinishedCall } from './finished-call.js';
import { buffersOf, parcelOf } from './parcel.js';
import { SharedBlocks } from './shared-blocks.js';
import { HostedThread } from './spool/hosted-thread.js';
import type { FromThread, Settled, ThreadData, ToThread } from './thread-messages.js';

const RESTART_AFTER_MS = 1_000;
/** The longest that one body may take, redaction of tens of megabytes included; beyond it the thread is stuck. */
const STUCK_AFTER_MS = 60_000;
const WATCH_EVERY_MS = 5_000;

interface ThreadOptions extends ThreadData {
  readonly log: Log;
  readonly threadUrl?: URL | undefined;
}

interface ThreadOwner {
  onSettled(settled: Settled): void;
  /** The thread is gone, with so many calls. */
  onLost(calls: number): void;
}

/** The thread that redacts, compresses, spools and ships; started with the first call, and again when it ends. */
export class RecordThread {
  private readonly thread: HostedThread<ToThread, FromThread>;
  private endedMs = Number.NEGATIVE_INFINITY;
  private busySinceMs: number | null = null;
  private readonly watch = setInterval(() => this.check(), WATCH_EVERY_MS).unref();
  private open = 0;
  /** New for each thread: one that is being ended may still read what it was given. */
  private blocks = new SharedBlocks();

  constructor(
    options: ThreadOptions,
    private readonly owner: ThreadOwner,
  ) {
    const hosted = {
      ...options,
      threadUrl: options.threadUrl ?? new URL('./record-thread.js', import.meta.url),
      troubleText: 'the queue cannot be reached; recorded calls stay in their spool',
      lostText: 'the thread that records calls ended; it is started again with the next call',
    };
    this.thread = new HostedThread(hosted, {
      onMessage: (settled) => this.settle(settled),
      onLost: () => this.lost(),
    });
  }

  /** False for a moment after it ended: what ends it again and again is not started again and again. */
  get isUsable(): boolean {
    return this.thread.isRunning || performance.now() - this.endedMs >= RESTART_AFTER_MS;
  }

  start(): void {
    this.thread.start();
  }

  post(calls: readonly FinishedCall[]): void {
    this.start();
    this.open += calls.length;
    this.busySinceMs ??= performance.now();
    const parcel = parcelOf(calls, (bytes) => this.blocks.place(bytes, calls.length));
    this.thread.send({ kind: 'calls', parcel }, buffersOf(parcel));
  }

  /** Resolves once it has ended in order, or `withinMs` and some are over. */
  close(withinMs: number): Promise<void> {
    clearInterval(this.watch);
    return this.thread.close(withinMs);
  }

  private settle(settled: Settled): void {
    const { calls } = settled;
    this.open -= calls;
    this.blocks.settle(calls);
    if (calls > 0) this.busySinceMs = this.open > 0 ? performance.now() : null;
    this.owner.onSettled(settled);
  }

  private check(): void {
    if (this.busySinceMs === null || performance.now() - this.busySinceMs < STUCK_AFTER_MS) return;
    this.thread.giveUp('STUCK');
  }

  private lost(): void {
    const calls = this.open;
    this.endedMs = performance.now();
    this.open = 0;
    this.blocks = new SharedBlocks();
    this.busySinceMs = null;
    this.owner.onLost(calls);
  }
}
