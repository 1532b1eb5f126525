import { z } from 'zod';
import type { Writer } from '../client.js';

/** What a table holds of one batch. */
export interface StoredBatch {
  readonly rows: number;
  /** Since the newest of them was stored, by the server's clock; null = none is stored. */
  readonly ageSeconds: number | null;
  /**
   * It was stored before there were sums of sums. Those were filled with all that was stored by then, and know no tokens of
   * it: sent again, it would be counted there once more.
   */
  readonly isFilled: boolean;
}

/** The worker's side of a table that is filled batch by batch. Times are UTC epoch ms, both ends included. */
export interface BatchTable<Row> {
  readonly name: string;
  readonly columns: readonly string[];
  /** Stores the rows in one block named by `batchId`; the same call repeated changes nothing. */
  insert(rows: readonly Row[], batchId: string): Promise<void>;
  storedCount(batchId: string, from: number, to: number): Promise<StoredBatch>;
  /** Keys of the rows stored, for the batch that is stored in part. */
  storedKeys(batchId: string, from: number, to: number): Promise<Set<string>>;
}

interface Definition<Shape extends z.ZodRawShape> {
  readonly name: string;
  /** Columns, in the order they are sent. */
  readonly row: z.ZodObject<Shape>;
  /** Column that bounds the look-up of a batch. */
  readonly time: 'started_at' | 'batch_from';
  /** Column that tells the rows of a batch apart. */
  readonly key: 'event_id' | 'position';
  /** Column with the server's time of storing. */
  readonly storedAt: 'stored_at' | 'rated_at';
}

/** 0010_split_usage. */
const SUMS_FILLED_BY = 10;

/** The column list is derived from the row schema, so an INSERT names its columns and survives a new one. */
export function batchTable<Shape extends z.ZodRawShape>(
  writer: Writer,
  { name, row, time, key, storedAt }: Definition<Shape>,
): BatchTable<z.output<z.ZodObject<Shape>>> {
  const columns = Object.keys(row.shape);
  const of = `batch_id = {batchId:String} AND ${time} >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND ${time} <= fromUnixTimestamp64Milli({to:Int64}, 'UTC')`;
  return {
    name,
    columns,
    insert: (rows, batchId) =>
      writer.insert({
        name: `insert-${name}`,
        table: name,
        columns,
        rows: rows.map((values) => columns.map((column) => (values as Record<string, unknown>)[column])),
        deduplicationToken: batchId,
      }),
    async storedCount(batchId, from, to) {
      const [found] = await writer.query({
        name: `stored-${name}`,
        sql: `SELECT count() AS rows, if(rows = 0, NULL, dateDiff('second', max(${storedAt}), now64(3, 'UTC'))) AS ageSeconds,
            rows > 0 AND max(${storedAt}) < (SELECT max(applied_at) FROM weir_migrations WHERE number = ${SUMS_FILLED_BY}) AS isFilled
          FROM ${name} WHERE ${of}`,
        params: { batchId, from, to },
        row: z.object({
          rows: z.number().int(),
          ageSeconds: z.number().int().nullable(),
          isFilled: z.number().transform(Boolean),
        }),
      });
      return found ?? { rows: 0, ageSeconds: null, isFilled: false };
    },
    async storedKeys(batchId, from, to) {
      const found = await writer.query({
        name: `stored-keys-${name}`,
        sql: `SELECT toString(${key}) AS rowKey FROM ${name} WHERE ${of}`,
        params: { batchId, from, to },
        row: z.object({ rowKey: z.string() }),
      });
      return new Set(found.map(({ rowKey }) => rowKey));
    },
  };
}
