import { setTimeout as sleep } from 'node:timers/promises';
import { type PriceBook, WeirError } from '@weir/contracts';
import type { Log } from '../log.js';
import type { Door } from './door.js';
import type { PriceBookFile } from './file.js';
import { parsePriceBook } from './parse.js';

/** A control plane that hangs must not hold up the rating of what was used. */
const MAX_WAIT_MS = 1_000;

export interface SubscriptionOptions {
  readonly door: Door;
  readonly file: PriceBookFile;
  readonly log: Log;
  /** Between two looks when nothing is announced; jittered. */
  readonly pollMs?: number;
  /** Between two tries while the door is shut; jittered. */
  readonly retryMs?: number;
  readonly now?: () => number;
}

/**
 * The newest good price book: from disk at the start, from the door on notice and at intervals. A book that does not
 * parse or is older than the one in hand is refused, and the one in hand stays.
 */
export class PriceBookSubscription {
  private book: PriceBook | null = null;
  private etag: string | null = null;
  private readonly stopping = new AbortController();
  private readonly running: Promise<unknown>[] = [];
  private refreshing: Promise<boolean> | null = null;
  private checkedMs = Number.NEGATIVE_INFINITY;
  private readonly first = Promise.withResolvers<void>();
  private lastFault: string | null = null;

  constructor(private readonly options: SubscriptionOptions) {}

  /** null until there is one. */
  get current(): PriceBook | null {
    return this.book;
  }

  /**
   * The newest book for calls that began up to `startedMs`: a change of prices is published before whoever made it is told,
   * so a call that began later must not be rated by a book that was last looked after before it. While the door is shut the
   * book in hand is all there is, and it is given.
   */
  async asOf(startedMs: number): Promise<PriceBook | null> {
    if (startedMs >= this.checkedMs && this.lastFault === null) {
      const waiting = new AbortController();
      const tooLong = sleep(MAX_WAIT_MS, undefined, { signal: waiting.signal }).catch(() => undefined);
      await Promise.race([this.lookAfter(startedMs), tooLong]).finally(() => waiting.abort());
    }
    return this.book;
  }

  /** A book of this version or a later one, however long it takes. Rejects when the signal aborts. */
  async atLeast(version: number, signal: AbortSignal): Promise<PriceBook> {
    for (;;) {
      signal.throwIfAborted();
      if (this.book && this.book.version >= version) return this.book;
      const isFine = await this.refresh();
      if (!isFine || (this.book?.version ?? 0) < version) {
        await sleep(this.options.retryMs ?? 1_000, undefined, { signal });
      }
    }
  }

  private async lookAfter(startedMs: number): Promise<void> {
    while (this.refreshing !== null && startedMs >= this.checkedMs) await this.refreshing;
    if (startedMs >= this.checkedMs) await this.refresh();
  }

  /** Begins to look. Resolves with the first good book, however long that takes; rejects when stopped before. */
  async start(): Promise<void> {
    const stored = await this.options.file.read();
    if (stored) this.accept(stored);
    this.running.push(this.poll(), this.listen());
    const stopped = new Promise<never>((_, reject) => {
      this.stopping.signal.addEventListener('abort', () => reject(this.stopping.signal.reason as Error));
    });
    stopped.catch(() => undefined);
    await Promise.race([this.first.promise, stopped]);
  }

  async stop(): Promise<void> {
    this.stopping.abort(new WeirError('STOPPED', 'the worker stops'));
    await Promise.allSettled([...this.running, this.refreshing]);
    await this.options.door.close();
  }

  private async poll(): Promise<void> {
    const { pollMs = 20_000, retryMs = 1_000 } = this.options;
    while (!this.stopping.signal.aborted) {
      const fine = await this.refresh();
      await this.pause(fine ? pollMs : retryMs);
    }
  }

  private async listen(): Promise<void> {
    const { door, retryMs = 1_000 } = this.options;
    while (!this.stopping.signal.aborted) {
      try {
        await door.notices((version) => {
          if (version > (this.book?.version ?? 0)) void this.refresh();
        }, this.stopping.signal);
      } catch {
        // The poll reports a door that is shut; a broken stream is simply opened again.
      }
      await this.pause(retryMs);
    }
  }

  /** One look at a time; whoever asks during one gets one that began later. Never rejects. */
  private async refresh(): Promise<boolean> {
    while (this.refreshing !== null) await this.refreshing;
    this.refreshing = this.look().finally(() => {
      this.refreshing = null;
    });
    return this.refreshing;
  }

  /** Whatever goes wrong, the book in hand stays. */
  private async look(): Promise<boolean> {
    const { door, file, now = Date.now } = this.options;
    const lookedMs = now();
    try {
      const fetched = await door.priceBook(this.etag, this.stopping.signal);
      if (fetched) {
        const book = parsePriceBook(fetched.text);
        if (this.accept(book)) await file.write(fetched.text);
        this.etag = fetched.etag;
      }
      this.checkedMs = lookedMs;
      this.report(null);
      return true;
    } catch (error) {
      if (!this.stopping.signal.aborted) this.report(error as Error);
      return false;
    }
  }

  private accept(book: PriceBook): boolean {
    if (this.book && book.version <= this.book.version) return false;
    this.book = book;
    this.first.resolve();
    this.options.log('info', 'price book in force', { version: book.version });
    return true;
  }

  /** Once per change, not once per try. */
  private report(error: Error | null): void {
    const fault = error?.message ?? null;
    if (fault !== null && fault !== this.lastFault) {
      this.options.log('warn', `no new price book: ${fault}`, { inForce: this.book?.version ?? null });
    }
    this.lastFault = fault;
  }

  private async pause(ms: number): Promise<void> {
    await sleep(ms * (0.5 + Math.random()), undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }
}
