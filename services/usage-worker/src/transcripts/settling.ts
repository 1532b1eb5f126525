import { setTimeout as sleep } from 'node:timers/promises';

/**
 * How long after its end a call may still be on its way here: proxies end a file after half a second, look for such four
 * times a second, and each process has files of its own. As much again is for machines that are busy.
 */
const SETTLE_MS = 2_000;
/** What is due within this is stored together. */
const TOGETHER_MS = 250;

/** Part of a batch, to be dealt with once those before it have come. */
interface Pending<T> {
  readonly item: T;
  /** On the wall clock, as the ends of calls are. */
  readonly dueMs: number;
  readonly batch: Batch;
}

interface Batch {
  left: number;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Holds what came until what ended before it has come as well, by whichever process and batch, and gives it on together.
 * What is older than that is given on at once, so that a backlog does not wait.
 */
export class Settling<T> {
  private pending: Pending<T>[] = [];
  private working: Promise<void> | null = null;

  /**
   * @param endedAtMs when a call ended, UTC epoch ms
   * @param work rejects only where the batches of these have to come again
   */
  constructor(
    private readonly endedAtMs: (item: T) => number,
    private readonly work: (items: readonly T[]) => Promise<void>,
  ) {}

  /** Resolves once all of a batch are dealt with. */
  settle(items: readonly T[]): Promise<void> {
    if (items.length === 0) return Promise.resolve();
    // A clock that is ahead holds nothing back for longer.
    const latestMs = Date.now() + SETTLE_MS;
    return new Promise((done, failed) => {
      const batch: Batch = { left: items.length, done, failed };
      for (const item of items) {
        const dueMs = Math.min(this.endedAtMs(item) + SETTLE_MS, latestMs);
        this.pending.push({ item, dueMs: Math.ceil(dueMs / TOGETHER_MS) * TOGETHER_MS, batch });
      }
      this.working ??= this.run();
    });
  }

  private async run(): Promise<void> {
    while (this.pending.length > 0) {
      const due = this.takeDue();
      if (due.length === 0) await sleep(TOGETHER_MS / 5);
      else await this.deal(due);
    }
    this.working = null;
  }

  private takeDue(): Pending<T>[] {
    const nowMs = Date.now();
    const { due = [], later = [] } = Object.groupBy(this.pending, ({ dueMs }) => (dueMs <= nowMs ? 'due' : 'later'));
    this.pending = later;
    return due;
  }

  private async deal(due: readonly Pending<T>[]): Promise<void> {
    try {
      await this.work(due.map(({ item }) => item));
    } catch (error) {
      const batches = new Set(due.map(({ batch }) => batch));
      this.pending = this.pending.filter(({ batch }) => !batches.has(batch));
      for (const { failed } of batches) failed(error);
      return;
    }
    for (const { batch } of due) {
      batch.left--;
      if (batch.left === 0) batch.done();
    }
  }
}
