import { Refusal } from '../errors.js';
import type { Log } from '../log.js';
import { MemoryRoom } from '../memory-room.js';
import { hasBatches } from '../recording/spool/batches.js';
import { HostedThread } from '../recording/spool/hosted-thread.js';
import type { ThreadData } from '../recording/thread-messages.js';
import type { Delivery } from './intake.js';
import type { FromSpanThread, Outcome, ToSpanThread } from './thread-messages.js';

/** Bodies of all requests of a process until the thread has read them. */
const MAX_HELD_BYTES = 128 * 1024 * 1024;
/** The largest request takes two seconds; beyond it the thread is stuck. */
const STUCK_AFTER_MS = 30_000;

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
  private readonly thread: HostedThread<ToSpanThread, FromSpanThread>;
  private readonly waiting = new Map<number, Waiting>();
  private nextId = 1;
  private isClosed = false;

  constructor(options: SpansOptions) {
    this.room = new MemoryRoom(options.maxHeldBytes ?? MAX_HELD_BYTES);
    const hosted = {
      ...options,
      threadUrl: options.threadUrl ?? new URL('./span-thread.js', import.meta.url),
      troubleText: 'spans stay in their spool for now',
      lostText: 'the thread that takes spans in ended; it is started again with the next ones',
    };
    this.thread = new HostedThread(hosted, {
      onMessage: (message) => this.hear(message),
      onLost: () => {
        for (const id of [...this.waiting.keys()]) this.settle(id, null);
      },
    });
    // What a former process spooled goes on its way even when no more comes.
    if ([options.directory, ...options.adopted].some(hasBatches)) this.thread.start();
  }

  /** Resolves once what is kept is in the spool, or cannot be. @throws Refusal `overloaded` */
  async deliver(delivery: Delivery): Promise<Outcome> {
    const bytes = delivery.body.length;
    if (this.isClosed || !this.room.take(bytes)) throw busy();
    const outcome = await new Promise<Outcome | null>((settle) => {
      const id = this.nextId++;
      this.thread.start();
      const timer = setTimeout(() => this.thread.giveUp('STUCK'), STUCK_AFTER_MS).unref();
      this.waiting.set(id, { bytes, timer, settle });
      // Small bodies lie in memory that others use, too.
      const isOwn = delivery.body.byteLength === delivery.body.buffer.byteLength;
      const body = isOwn ? delivery.body : new Uint8Array(delivery.body);
      this.thread.send({ kind: 'delivery', id, delivery: { ...delivery, body } }, [body.buffer as ArrayBuffer]);
    });
    if (outcome === null) throw busy();
    return outcome;
  }

  /** Gives the thread so long to ship what it has; what is left is shipped by whoever opens the spool next. */
  close(withinMs: number): Promise<void> {
    this.isClosed = true;
    return this.thread.close(withinMs);
  }

  private hear(message: FromSpanThread): void {
    if (message.kind === 'settled') this.settle(message.id, message.outcome);
    else this.spoolBytes = message.bytes;
  }

  private settle(id: number, outcome: Outcome | null): void {
    const waiting = this.waiting.get(id);
    if (waiting === undefined) return;
    this.waiting.delete(id);
    clearTimeout(waiting.timer);
    this.room.giveBack(waiting.bytes);
    waiting.settle(outcome);
  }
}

function busy(): Refusal {
  return new Refusal('overloaded', 'The proxy cannot take spans in just now; send them again in a moment.');
}
