import type { Deletion } from '@weir/clickhouse';
import { type TranscriptDeletionWork, WeirError } from '@weir/contracts';
import type { Log } from '../../log.js';
import { Gate } from '../../store/gate.js';
import { WorkLoop } from '../../work-loop.js';
import type { ErasedTable } from './erase.js';
import type { DeletionOrders } from './orders.js';

export interface DeleterOptions {
  readonly orders: DeletionOrders;
  readonly erase: (order: Deletion) => Promise<ErasedTable[]>;
  /** When the bytes were off the disks, UTC epoch ms; null = they are not yet. */
  readonly bytesGone: (signal: AbortSignal) => Promise<number | null>;
  readonly log: Log;
}

const ASK_EVERY_MS = 2_000;
/** Well within the lease, which is 10 s. */
const RENEW_EVERY_MS = 3_000;

/**
 * Carries out orders to delete, one after the other, for as long as the worker runs. A worker that has lost its hold goes on:
 * what is deleted twice is deleted.
 */
export class Deleter extends WorkLoop<TranscriptDeletionWork> {
  private readonly gate: Gate;

  constructor(private readonly options: DeleterOptions) {
    super({ orders: options.orders, log: options.log, askEveryMs: ASK_EVERY_MS, what: 'orders to delete' });
    this.gate = new Gate({
      ...{ firstDelayMs: 250, maxDelayMs: 15_000, signal: this.signal },
      onFailure: (error, failures) => {
        if (Number.isInteger(Math.log2(failures))) options.log('warn', (error as Error).message, { failures });
      },
    });
  }

  protected override async perform(work: TranscriptDeletionWork): Promise<void> {
    await this.carryOut(work).catch(() => undefined);
  }

  /** Rejects when the worker stops. */
  private async carryOut({ id, lease, ...scope }: TranscriptDeletionWork): Promise<void> {
    const { orders, log } = this.options;
    const { signal } = this;
    const renewal = setInterval(() => orders.progress({ id, lease }, signal).catch(() => undefined), RENEW_EVERY_MS);
    try {
      const tables = await this.gate.through(() => this.erased({ ...scope, deletionId: id, isDone: false }));
      if (typeof tables === 'string') {
        log('error', `recorded calls cannot be deleted: ${tables}`, { id });
        await this.gate.through(() => orders.failure({ id, lease, problem: tables }, signal));
        return;
      }
      const bytesGoneAt = await this.gate.through(() => this.options.bytesGone(signal));
      await this.gate.through(() => orders.result({ id, lease, tables, bytesGoneAt }, signal));
      log('info', 'recorded calls deleted', { id, rows: tables.reduce((sum, { found }) => sum + found, 0) });
    } finally {
      clearInterval(renewal);
    }
  }

  /** Until nothing is left. @returns why it never will be, for people */
  private async erased(order: Deletion): Promise<ErasedTable[] | string> {
    try {
      const tables = await this.options.erase(order);
      if (tables.every(({ left }) => left === 0)) return tables;
    } catch (error) {
      if (error instanceof WeirError && error.retryable) throw error;
      return error instanceof WeirError
        ? error.message.slice(0, 1_000)
        : 'Unexpected. See the log of the usage worker.';
    }
    throw new WeirError('TRANSCRIPTS_LEFT', 'recorded calls came in while they were being deleted', {
      retryable: true,
    });
  }
}
