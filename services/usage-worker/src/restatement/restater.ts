import { setTimeout as sleep } from 'node:timers/promises';
import type { Writer } from '@weir/clickhouse';
import { type PriceBook, type RestatementCheckpoint, type RestatementWork, WeirError } from '@weir/contracts';
import type { Log } from '../log.js';
import { Gate } from '../store/gate.js';
import { codeOf, WorkLoop } from '../work-loop.js';
import type { Orders } from './orders.js';
import { type Persist, run } from './run.js';

export interface RestaterOptions {
  readonly orders: Orders;
  readonly writer: Writer;
  /** A price book of at least this version, however long it takes. */
  readonly bookOfAtLeast: (version: number, signal: AbortSignal) => Promise<PriceBook>;
  readonly log: Log;
}

const ASK_EVERY_MS = 1_000;
/** Well within the lease, which is 10 s. */
const RENEW_EVERY_MS = 3_000;
/** The lease surely holds for this long after it was renewed. */
const FRESH_MS = 5_000;

/** Takes up previews and bookings, one after the other, for as long as the worker runs. */
export class Restater extends WorkLoop<RestatementWork> {
  constructor(private readonly options: RestaterOptions) {
    super({ orders: options.orders, log: options.log, askEveryMs: ASK_EVERY_MS, what: 'orders' });
  }

  /** Never rejects: what goes wrong is reported, or left for another worker. */
  protected override async perform(work: RestatementWork): Promise<void> {
    const { orders, writer, bookOfAtLeast, log } = this.options;
    const { id, lease, phase } = work;
    const hold = new Hold(orders, work, this.signal);
    log('info', 'takes up a restatement', { id, phase, page: work.checkpoint?.page ?? 0 });
    try {
      const book = await bookOfAtLeast(work.priceBookVersion, hold.signal);
      const persist = persistently(hold.signal, (error) =>
        log('warn', (error as Error).message, { id, code: codeOf(error) }),
      );
      const report = (total: number, checkpoint: RestatementCheckpoint) => hold.report(total, checkpoint);
      const confirm = () => hold.confirm();
      const difference = await run({ writer, work, book, persist, confirm, report });
      await hold.told((signal) => orders.result({ id, lease, difference }, signal));
      log('info', 'restatement worked out', { id, phase, changed: difference.eventsChanged });
    } catch (error) {
      if (hold.signal.aborted) {
        log('info', 'lets go of a restatement', { id, phase, code: codeOf(hold.signal.reason) });
        return;
      }
      log('error', (error as Error).message, { id, code: codeOf(error) });
      const problem =
        error instanceof WeirError ? error.message.slice(0, 1_000) : 'Unexpected. See the log of the usage worker.';
      await hold.told((signal) => orders.failure({ id, lease, problem }, signal)).catch(() => undefined);
    } finally {
      await hold.release();
    }
  }
}

/** The lease on a piece of work: renewed while it is worked on. `signal` aborts when it is lost, or the worker stops. */
class Hold {
  readonly signal: AbortSignal;
  private readonly lost = new AbortController();
  private readonly timer: NodeJS.Timeout;
  private checkpoint: RestatementCheckpoint | null;
  private total: number | null = null;
  private heardMs = performance.now();
  private telling: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly orders: Orders,
    private readonly work: RestatementWork,
    stopping: AbortSignal,
  ) {
    this.checkpoint = work.checkpoint;
    this.signal = AbortSignal.any([stopping, this.lost.signal]);
    this.timer = setInterval(() => {
      this.telling = this.renew().catch(() => undefined);
    }, RENEW_EVERY_MS);
  }

  report(total: number, checkpoint: RestatementCheckpoint): Promise<void> {
    this.checkpoint = checkpoint;
    this.total = total;
    return this.told((signal) => this.renew(signal));
  }

  /** A process that was stopped for a while finds out that its work went on elsewhere, before it does anything. */
  async confirm(): Promise<void> {
    if (performance.now() - this.heardMs > FRESH_MS) await this.told((signal) => this.renew(signal));
  }

  /** Tells until it is heard. Rejects when the hold is lost. */
  async told(tell: (signal: AbortSignal) => Promise<boolean>): Promise<void> {
    await this.telling;
    for (let delayMs = 100; ; delayMs = Math.min(delayMs * 2, 2_000)) {
      this.signal.throwIfAborted();
      try {
        if (await tell(this.signal)) return;
        this.lost.abort(new WeirError('LEASE_LOST', 'the work belongs to another worker, or is no longer wanted'));
      } catch (error) {
        if (error instanceof WeirError && !error.retryable) throw error;
        // The door is shut: what was done stays done, and is told when it opens.
        await sleep(delayMs, undefined, { signal: this.signal });
      }
    }
  }

  async release(): Promise<void> {
    clearInterval(this.timer);
    await this.telling;
  }

  private async renew(signal = this.signal): Promise<boolean> {
    const { id, lease } = this.work;
    const { checkpoint, total } = this;
    const done = checkpoint?.done ?? 0;
    const sentMs = performance.now();
    const isHeld = await this.orders.progress({ id, lease, done, total, checkpoint }, signal);
    if (!isHeld)
      this.lost.abort(new WeirError('LEASE_LOST', 'the work belongs to another worker, or is no longer wanted'));
    this.heardMs = sentMs;
    return isHeld;
  }
}

/** Repeats what fails for a reason that passes; the rest is thrown at once. */
function persistently(signal: AbortSignal, onFailure: (error: unknown) => void): Persist {
  const gate = new Gate({
    ...{ firstDelayMs: 250, maxDelayMs: 15_000, signal },
    onFailure: (error, failures) => {
      if (Number.isInteger(Math.log2(failures))) onFailure(error);
    },
  });
  return async (step) => {
    const outcome = await gate.through(async (isRepeat) => {
      try {
        return { value: await step(isRepeat) };
      } catch (error) {
        if (error instanceof WeirError && error.retryable) throw error;
        return { error };
      }
    });
    if ('error' in outcome) throw outcome.error;
    return outcome.value;
  };
}
