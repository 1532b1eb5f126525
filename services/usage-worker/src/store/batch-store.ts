import {
  quarantinedEventsTable,
  type RatingRow,
  ratingsTable,
  type UsageEventRow,
  usageEventsTable,
  type Writer,
} from '@weir/clickhouse';
import type { BatchReceipt, PriceBook } from '@weir/contracts';
import { type OpenBatch } from '../batch/open-batch.js';
import { batchTime, toQuarantinedRow } from '../quarantine.js';
import { toRatingRow } from '../rate.js';
import { toRow } from '../to-row.js';
import type { Gate } from './gate.js';
import { put } from './put.js';

/** Puts whole batches into ClickHouse: events, then ratings, then what was set aside, then the receipt. */
export class BatchStore {
  private readonly events;
  private readonly ratings;
  private readonly quarantined;

  constructor(
    writer: Writer,
    private readonly gate: Gate,
    private readonly deduplication: 'on' | 'off',
  ) {
    this.events = usageEventsTable(writer);
    this.ratings = ratingsTable(writer);
    this.quarantined = quarantinedEventsTable(writer);
  }

  /**
   * Resolves once every row is stored, however long that takes.
   * @param isRepeat the batch may be stored already, in whole or in part
   */
  async store({ batch, events, quarantined }: OpenBatch, book: PriceBook, isRepeat: boolean): Promise<BatchReceipt> {
    const { batchId } = batch;
    const rows = events.map((event) => toRow(event, batchId));
    const times = events.map(({ startedAt }) => startedAt);
    const range = { from: Math.min(...times), to: Math.max(...times) };
    const mayBeStored = (again: boolean) => this.deduplication === 'on' && (isRepeat || again);
    await this.gate.through((again) =>
      put({
        table: this.events,
        rows,
        batchId,
        ...range,
        keyOf: (row: UsageEventRow) => row.event_id,
        mayBeStored: mayBeStored(again),
      }),
    );
    const ratings = events.map((event, index) => toRatingRow(event, rows[index] as UsageEventRow, book));
    await this.gate.through((again) =>
      put({
        table: this.ratings,
        rows: ratings,
        batchId,
        ...range,
        keyOf: (row: RatingRow) => row.event_id,
        mayBeStored: mayBeStored(again),
      }),
    );
    const aside = quarantined.map((one) => toQuarantinedRow(one, batch));
    await this.gate.through((again) =>
      put({
        table: this.quarantined,
        rows: aside,
        batchId,
        from: batchTime(batch),
        to: batchTime(batch),
        keyOf: (row) => String(row.position),
        mayBeStored: mayBeStored(again),
      }),
    );
    return { batchId, stored: rows.length, quarantined: aside.length };
  }
}
