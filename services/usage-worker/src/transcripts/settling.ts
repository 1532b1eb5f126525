import { setTimeout as sleep } from 'node:timers/promises';
import { Sources } from './sources.js';

/**
 * How long after its end a call may still be on its way here: proxies end a file after half a second, look for such four
 * times a second, and each process has files of its own. As much again is for machines that are busy.
 */
const SETTLE_MS = 2_000;
/** What is due within this is stored together. */
const TOGETHER_MS = 250;
/** Of a backlog. */
const AT_ONCE = 2_000;

/** Part of a batch, to be dealt with once those before it have come. */
interface Pending<T> {
  readonly item: T;
  /** On the wall clock, as are those of other machines. */
  readonly endedMs: number;
  readonly dueMs: number;
  readonly batch: Batch;
}

interface Batch {
  left: number;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Holds what came until what ended before it has come as well, by whichever process and batch, and gives it on together, the
 * earliest first: two seconds, and longer while a process that is behind still sends what is older.
 */
export class Settling<T> {
  private pending: Pending<T>[] = [];
  private working: Promise<void> | null = null;
  private readonly sources = new Sources(SETTLE_MS);

  /**
   * @param endedAtMs when a call ended, UTC epoch ms
   * @param work rejects only where the batches of these have to come again
   */
  constructor(
    private readonly endedAtMs: (item: T) => number,
    private readonly work: (items: readonly T[]) => Promise<void>,
  ) {}

  /**
   * Resolves once all of a batch are dealt with.
   * @param source whose batch it is; each sends its own in the order in which they ended
   */
  async settle(items: readonly T[], source: string): Promise<void> {
    if (items.length === 0) return;
    const nowMs = Date.now();
    const ends = items.map((item) => this.endedAtMs(item));
    const leave = this.sources.arrive(source, ends, nowMs);
    try {
      await new Promise<void>((done, failed) => {
        const batch: Batch = { left: items.length, done, failed };
        items.forEach((item, index) => {
          const endedMs = ends[index] as number;
          // A clock that is ahead holds nothing back for longer.
          const dueMs = Math.min(endedMs, nowMs) + SETTLE_MS;
          this.pending.push({ item, endedMs, dueMs: Math.ceil(dueMs / TOGETHER_MS) * TOGETHER_MS, batch });
        });
        this.working ??= this.run();
      });
    } finally {
      leave();
    }
  }

  private async run(): Promise<void> {
    // Of a backlog, batches of several processes come together.
    await sleep(TOGETHER_MS);
    while (this.pending.length > 0) {
      const due = this.takeDue();
      if (due.length === 0) await sleep(TOGETHER_MS / 5);
      else await this.deal(due);
    }
    this.working = null;
  }

  private takeDue(): Pending<T>[] {
    const nowMs = Date.now();
    const allCameUntilMs = this.sources.allCameUntil(nowMs);
    const { due = [], later = [] } = Object.groupBy(this.pending, ({ dueMs, endedMs }) =>
      dueMs <= nowMs && endedMs <= allCameUntilMs ? 'due' : 'later',
    );
    due.sort((a, b) => a.endedMs - b.endedMs);
    this.pending = [...due.splice(AT_ONCE), ...later];
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
