import { ClickHouseLogLevel, type ClickHouseSettings, createClient } from '@clickhouse/client';

type Params = Readonly<Record<string, unknown>>;

/** The ClickHouse that is filled, as one who may write. */
export interface SeedServer {
  command(sql: string): Promise<void>;
  insert(table: string, rows: readonly Record<string, unknown>[]): Promise<void>;
  /** Stores what a SELECT gives as one block of the name `token`: a repeat changes nothing. */
  insertSelect(
    into: { readonly table: string; readonly columns: readonly string[]; readonly token: string },
    select: string,
    params: Params,
  ): Promise<void>;
  query<T>(sql: string, params?: Params): Promise<T[]>;
  close(): Promise<void>;
}

/** As the worker inserts (clickhouse/src/client.ts), and the whole of a SELECT in one block by one thread. */
const INSERT_SELECT: ClickHouseSettings = {
  deduplicate_insert_select: 'force_enable' as never,
  deduplicate_blocks_in_dependent_materialized_views: 1,
  optimize_on_insert: 0,
  max_threads: 1 as never,
  max_insert_threads: '1',
  max_insert_block_size: '16777216',
  min_insert_block_size_rows: '16777216',
  min_insert_block_size_bytes: '0',
  max_partitions_per_insert_block: 0 as never,
  max_memory_usage: '4000000000',
};

const WITHIN_MS = 600_000;

export function openServer(url: string): SeedServer {
  const client = createClient({
    url,
    application: 'weir-seed',
    request_timeout: WITHIN_MS,
    use_multipart_params_auto: true,
    clickhouse_settings: {
      output_format_json_quote_64bit_integers: 0,
      output_format_json_quote_decimals: 1,
      // A connection on which nothing comes for minutes is taken for dead on the way.
      send_progress_in_http_headers: 1,
      http_headers_progress_interval_ms: '20000',
    },
    log: { level: ClickHouseLogLevel.OFF },
  });
  return {
    async command(sql) {
      await client.command({ query: sql });
    },
    async insert(table, rows) {
      await client.insert({ table, values: [...rows], format: 'JSONEachRow' });
    },
    async insertSelect({ table, columns, token }, select, params) {
      await client.command({
        query: `INSERT INTO ${table} (${columns.join(', ')}) ${select}`,
        query_params: { ...params },
        clickhouse_settings: { ...INSERT_SELECT, insert_deduplication_token: token },
      });
    },
    async query<T>(sql: string, params: Params = {}) {
      const answer = await client.query({ query: sql, query_params: { ...params }, format: 'JSONEachRow' });
      return answer.json<T>();
    },
    close: () => client.close(),
  };
}
