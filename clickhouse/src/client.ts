import { type ClickHouseClient, ClickHouseLogLevel, type ClickHouseSettings, createClient } from '@clickhouse/client';
import { newId, WeirError } from '@weir/contracts';
import { z } from 'zod';
import { toWeirError } from './errors.js';
import { boundQuery } from './wide-params.js';

/** One question to the server. Values are bound by `{name:Type}` in the SQL; nothing is spliced in. */
export interface Query<S extends z.ZodType> {
  /** Shown in the server's query log and in errors. */
  readonly name: string;
  readonly sql: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly row: S;
}

export interface Reader {
  /** @throws WeirError `QUERY_LIMIT`, `CLICKHOUSE_*` (see errors.ts), `CLICKHOUSE_ANSWER` when a row has another shape */
  query<S extends z.ZodType>(query: Query<S>): Promise<z.output<S>[]>;
  close(): Promise<void>;
}

export interface Insert {
  readonly name: string;
  readonly table: string;
  readonly columns: readonly string[];
  /** Values in the order of `columns`. */
  readonly rows: readonly (readonly unknown[])[];
  /** Names these very rows for ever: a repeat inside the table's window changes nothing, here and in its views. */
  readonly deduplicationToken: string;
}

export interface Writer extends Reader {
  insert(insert: Insert): Promise<void>;
  /** Values are bound as in a query. */
  command(name: string, sql: string, params?: Readonly<Record<string, unknown>>): Promise<void>;
}

export interface WriterOptions {
  /** `off` only for the control run that shows what deduplication prevents. */
  readonly deduplication?: 'on' | 'off';
  readonly requestTimeoutMs?: number;
}

const READER_SETTINGS: ClickHouseSettings = {
  readonly: '1',
  max_execution_time: 10,
  timeout_overflow_mode: 'throw',
  max_memory_usage: '2000000000',
  max_result_rows: '50000',
  result_overflow_mode: 'throw',
  max_threads: '4' as never,
  // The answer is complete or an error status; never a broken-off list behind a 200.
  wait_end_of_query: 1,
  output_format_json_quote_64bit_integers: 0,
  output_format_json_quote_decimals: 1,
};

const WRITER_SETTINGS: ClickHouseSettings = {
  // One request is one block is one deduplicated unit; rows never wait in the server's memory for company.
  async_insert: 0,
  deduplicate_blocks_in_dependent_materialized_views: 1,
  input_format_parallel_parsing: 0,
  max_insert_block_size: '1048576',
  min_insert_block_size_bytes: '1073741824',
  // A batch with events of many months is unusual, not wrong; refusing it would hold it up for ever.
  max_partitions_per_insert_block: 0 as never,
  // The views group by their target's key already; merging the block again before it is written costs as much again.
  optimize_on_insert: 0,
  // On a cluster: answer only when the shard has stored the block.
  distributed_foreground_insert: 1 as never,
  materialized_views_ignore_errors: 0,
  output_format_json_quote_64bit_integers: 0,
  output_format_json_quote_decimals: 1,
};

/** For the control plane: read-only, and no question may take more than 10 s, 2 GB or 50,000 rows of answer. */
export function reader(url: string): Reader {
  return open(url, READER_SETTINGS, 15_000, 'reader');
}

/** For the worker and for migrations. */
export function writer(url: string, options: WriterOptions = {}): Writer {
  const settings: ClickHouseSettings =
    options.deduplication === 'off'
      ? { ...WRITER_SETTINGS, deduplicate_insert: 'disable' as never }
      : { ...WRITER_SETTINGS };
  return open(url, settings, options.requestTimeoutMs ?? 60_000, 'writer');
}

function open(url: string, settings: ClickHouseSettings, timeoutMs: number, role: 'reader' | 'writer'): Writer {
  const client: ClickHouseClient = createClient({
    url,
    application: `weir-${role}`,
    request_timeout: timeoutMs,
    max_open_connections: 16,
    clickhouse_settings: settings,
    log: { level: ClickHouseLogLevel.OFF },
    keep_alive: { eagerly_destroy_stale_sockets: true },
    use_multipart_params_auto: true,
  });
  return {
    async query({ name, sql, params, row }) {
      const queryId = `${name}-${newId()}`;
      let rows: unknown;
      try {
        const answer = await client.query({
          ...boundQuery(sql, params),
          format: 'JSONEachRow',
          clickhouse_settings: { log_comment: name },
          query_id: queryId,
        });
        rows = await answer.json();
      } catch (cause) {
        throw toWeirError(queryId, cause, role);
      }
      const parsed = z.array(row).safeParse(rows);
      if (parsed.success) return parsed.data;
      throw new WeirError('CLICKHOUSE_ANSWER', `${name}: the answer has another shape than expected`, {
        cause: parsed.error,
      });
    },
    async insert({ name, table, columns, rows, deduplicationToken }) {
      if (rows.length === 0) return;
      const queryId = `${name}-${newId()}`;
      try {
        await client.insert({
          table,
          columns: columns as [string, ...string[]],
          values: rows,
          format: 'JSONCompactEachRow',
          clickhouse_settings: {
            log_comment: name,
            insert_deduplication_token: deduplicationToken,
            // A batch is small and its views are many: handing its rows between threads would be a sixth of the work.
            max_threads: '1' as never,
          },
          query_id: queryId,
        });
      } catch (cause) {
        throw toWeirError(queryId, cause, role);
      }
    },
    async command(name, sql, params) {
      const queryId = `${name}-${newId()}`;
      try {
        await client.command({
          ...boundQuery(sql, params),
          clickhouse_settings: { log_comment: name },
          query_id: queryId,
        });
      } catch (cause) {
        throw toWeirError(queryId, cause, role);
      }
    },
    close: () => client.close(),
  };
}
