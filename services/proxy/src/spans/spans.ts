import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { Refusal } from '../errors.js';
import type { Log } from '../log.js';
import { MemoryRoom } from '../memory-room.js';
import { hasBatches } from '../recording/spool/batches.js';
import type { ThreadData } from '../recording/thread-messages.js';
import type { Delivery } from './intake.js';
import type { FromSpanThread, Outcome, ToSpanThread } from './thread-messages.js';

/** Bodies of all requests of a process until the thread has read them. */
const MAX_HELD_BYTES = 128 * 1024 * 1024;
const MAX_HEAP_MB = 1_024;
/** The largest request takes two seconds; beyond it the thread is stuck. */
const STUCK_AFTER_MS = 30_000;
const TROUBLE_EVERY_MS = 10_000;
/** Beyond what it was given to finish. */
const CLOSE_MARGIN_MS = 3_000;

export interface SpansOptions extends ThreadData {
  readonly log: Log;
  readonly threadUrl?: URL | undefined;
  readonly maxHeldBytes?: number | undefined;
}

interface Waiting {
  readonly bytes: number;
  readonly timer: NodeJS.Timeout;
  readonly settle: (outcome: Outcome | null) => void;
}

/** Spans on their way into the spool. A thread reads, keeps and ships them, so that no call waits for any of it. */
export class Spans {
  /** What the spool takes on disk. */
  spoolBytes = 0;
  private readonly room: MemoryRoom;
  private thread: Worker | null = null;
  private readonly waiting = new Map<number, Waiting>();
  private nextId = 1;
  private toldTroubleMs = Number.NEGATIVE_INFINITY;
  private onClosed: (() => void) | null = null;
  private isClosed = false;

  constructor(private readonly options: SpansOptions) {
    this.room = new MemoryRoom(options.maxHeldBytes ?? MAX_HELD_BYTES);
    // What a former process spooled goes on its way even when no more comes.
    if ([options.directory, ...options.adopted].some((each) => existsSync(each) && hasBatches(each))) this.worker();
  }

  /** Resolves once what is kept is in the spool, or cannot be. @throws Refusal `overloaded` */
  async deliver(delivery: Delivery): Promise<Outcome> {
    const bytes = delivery.body.length;
    if (this.isClosed || !this.room.take(bytes)) throw busy();
    const outcome = await new Promise<Outcome | null>((settle) => {
      const id = this.nextId++;
      const thread = this.worker();
      const timer = setTimeout(() => this.lost(thread, 'STUCK'), STUCK_AFTER_MS).unref();
      this.waiting.set(id, { bytes, timer, settle });
      // Small bodies lie in memory that others use, too.
      const isOwn = delivery.body.byteLength === delivery.body.buffer.byteLength;
      const body = isOwn ? delivery.body : new Uint8Array(delivery.body);
      const message: ToSpanThread = { kind: 'delivery', id, delivery: { ...delivery, body } };
      thread.postMessage(message, [body.buffer as ArrayBuffer]);
    });
    if (outcome === null) throw busy();
    return outcome;
  }

  /** Gives the thread so long to ship what it has; what is left is shipped by whoever opens the spool next. */
  async close(withinMs: number): Promise<void> {
    this.isClosed = true;
    const { thread } = this;
    if (thread === null) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, withinMs + CLOSE_MARGIN_MS);
      this.onClosed = () => {
        clearTimeout(timer);
        resolve();
      };
      thread.postMessage({ kind: 'close', withinMs } satisfies ToSpanThread);
    });
    this.thread = null;
    await thread.terminate();
  }

  private worker(): Worker {
    if (this.thread !== null) return this.thread;
    const { directory, adopted, quotaBytes, diskFreeBytes, queueUrl, threadUrl } = this.options;
    const workerData: ThreadData = { directory, adopted, quotaBytes, diskFreeBytes, queueUrl };
    const thread = new Worker(threadUrl ?? new URL('./span-thread.js', import.meta.url), {
      workerData,
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
      // Its output is taken away from the log of the process: it may quote what people wrote.
      ...{ stdout: true, stderr: true },
    });
    thread.unref();
    thread.on('message', (message: FromSpanThread) => this.hear(message));
    thread.on('error', (error) => this.lost(thread, (error as { code?: string }).code));
    thread.on('exit', () => this.lost(thread));
    this.thread = thread;
    return thread;
  }

  private hear(message: FromSpanThread): void {
    if (message.kind === 'settled') this.settle(message.id, message.outcome);
    else if (message.kind === 'spool') this.spoolBytes = message.bytes;
    else if (message.kind === 'closed') this.onClosed?.();
    else if (performance.now() - this.toldTroubleMs > TROUBLE_EVERY_MS) {
      this.toldTroubleMs = performance.now();
      this.options.log('warn', 'spans stay in their spool for now', { error: message.error });
    }
  }

  private settle(id: number, outcome: Outcome | null): void {
    const waiting = this.waiting.get(id);
    if (waiting === undefined) return;
    this.waiting.delete(id);
    clearTimeout(waiting.timer);
    this.room.giveBack(waiting.bytes);
    waiting.settle(outcome);
  }

  /** What it failed with may quote what people wrote; its code does not. */
  private lost(thread: Worker, code?: string): void {
    if (this.thread !== thread) return;
    this.thread = null;
    void thread.terminate();
    this.options.log('error', 'the thread that takes spans in ended; it is started again with the next ones', { code });
    for (const id of [...this.waiting.keys()]) this.settle(id, null);
    this.onClosed?.();
  }
}

function busy(): Refusal {
  return new Refusal('overloaded', 'The proxy cannot take spans in just now; send them again in a moment.');
}
