import { type RatingRow, ratingsTable, storedBatch, type Writer } from '@weir/clickhouse';
import type { RestatementWork } from '@weir/contracts';
import { put } from '../store/put.js';
import { batchIdOf } from './entries.js';
import type { Persist } from './run.js';

/** The pages of a booking in the ledger: each one block under a name of its own. */
export class Pages {
  private readonly table;

  constructor(
    private readonly writer: Writer,
    private readonly work: RestatementWork,
    private readonly persist: Persist,
  ) {
    this.table = ratingsTable(writer);
  }

  /**
   * Sends what is stored from `page` on once more, so that a roll-up catches up that was not written when the server was
   * killed. @returns the number of the first page that is not stored
   */
  async completeFrom(page: number): Promise<number> {
    for (let next = page; ; next++) {
      const batchId = batchIdOf(this.work.id, next);
      const rows = await this.persist(() => storedBatch(this.writer, this.work, batchId));
      if (rows.length === 0) return next;
      await this.store(rows, batchId, true);
    }
  }

  insert(rows: readonly RatingRow[], batchId: string): Promise<void> {
    return this.store(rows, batchId, false);
  }

  private store(rows: readonly RatingRow[], batchId: string, mayBeStored: boolean): Promise<void> {
    const times = rows.map(({ started_at }) => Date.parse(`${started_at.replace(' ', 'T')}Z`));
    return this.persist((isRepeat) =>
      put({
        table: this.table,
        rows,
        batchId,
        from: Math.min(...times),
        to: Math.max(...times),
        keyOf: (row) => row.event_id,
        mayBeStored: mayBeStored || isRepeat,
      }),
    );
  }
}
