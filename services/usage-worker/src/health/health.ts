import type { PriceBookSubscription } from '../price-book/subscription.js';
import type { Progress } from '../progress.js';
import type { Reconciler } from '../reconcile.js';
import type { Gate } from '../store/gate.js';

/** How the worker is: alive = not stuck; ready = storing what it is given. */
export interface HealthReport {
  readonly alive: boolean;
  readonly ready: boolean;
  readonly reasons: readonly string[];
}

export interface HealthSources {
  readonly progress: Pick<Progress, 'sinceMs'>;
  readonly gate: Pick<Gate, 'failingSince'>;
  readonly reconciler: Pick<Reconciler, 'state'>;
  readonly priceBook: Pick<PriceBookSubscription, 'current'>;
  readonly stuckAfterMs: number;
}

export class Health {
  /** What start-up waits for; null once batches are taken up. */
  waitingFor: string | null = 'start-up';

  constructor(private readonly sources: HealthSources) {}

  report(): HealthReport {
    const { gate, reconciler, priceBook } = this.sources;
    const { backlog, fault } = reconciler.state;
    const reasons: string[] = [];
    if (this.waitingFor) reasons.push(`waits for ${this.waitingFor}`);
    if (!priceBook.current) reasons.push('has no price book');
    if (gate.failingSince !== null) {
      reasons.push(`ClickHouse takes no inserts since ${new Date(gate.failingSince).toISOString()}`);
    }
    if (fault) reasons.push(fault);
    if (!this.waitingFor && !backlog) reasons.push('the queue does not answer');
    if (this.isStuck) reasons.push('there is a backlog and nothing moves');
    return { alive: !this.isStuck, ready: reasons.length === 0, reasons };
  }

  /**
   * Work waits and nothing has happened for too long: not even a failed try, since a server that is away makes the
   * worker wait, not hang. A new process helps where this one has lost its way.
   */
  get isStuck(): boolean {
    const { backlog } = this.sources.reconciler.state;
    if (this.waitingFor || !backlog) return false;
    return backlog.waiting + backlog.active > 0 && this.sources.progress.sinceMs > this.sources.stuckAfterMs;
  }
}
