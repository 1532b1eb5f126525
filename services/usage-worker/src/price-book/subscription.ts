import { setTimeout as sleep } from 'node:timers/promises';
import { type PriceBook, WeirError } from '@weir/contracts';
import type { Log } from '../log.js';
import type { Door } from './door.js';
import type { PriceBookFile } from './file.js';
import { parsePriceBook } from './parse.js';

export interface SubscriptionOptions {
  readonly door: Door;
  readonly file: PriceBookFile;
  readonly log: Log;
  /** Between two looks when nothing is announced; jittered. */
  readonly pollMs?: number;
  /** Between two tries while the door is shut; jittered. */
  readonly retryMs?: number;
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
  private readonly first = Promise.withResolvers<void>();
  private lastFault: string | null = null;

  constructor(private readonly options: SubscriptionOptions) {}

  /** null until there is one. */
  get current(): PriceBook | null {
    return this.book;
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
    await Promise.allSettled(this.running);
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

  /** Never rejects: whatever goes wrong, the book in hand stays. */
  private async refresh(): Promise<boolean> {
    const { door, file } = this.options;
    try {
      const fetched = await door.priceBook(this.etag, this.stopping.signal);
      if (fetched) {
        const book = parsePriceBook(fetched.text);
        if (this.accept(book)) await file.write(fetched.text);
        this.etag = fetched.etag;
      }
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
