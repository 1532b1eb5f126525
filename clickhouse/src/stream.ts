import { addAbortSignal } from 'node:stream';
import { type ClickHouseClient, ClickHouseLogLevel, type ClickHouseSettings, createClient } from '@clickhouse/client';
import { newId } from '@weir/contracts';
import { toWeirError } from './errors.js';
import type { Params } from './scope.js';
import { boundQuery } from './wide-params.js';

/** A question whose answer is taken as it comes. Values are bound, as in `Query`. */
export interface Streamed {
  readonly name: string;
  /** Without FORMAT. */
  readonly sql: string;
  readonly params: Params;
  readonly format: 'JSONCompactEachRow' | 'Parquet';
  readonly settings?: ClickHouseSettings;
  readonly signal?: AbortSignal | undefined;
}

export interface Streamer {
  /**
   * The bytes of the answer, no faster than they are taken. An answer may break off with the server's text of an error
   * behind what came before: whoever reads it must be able to tell. Leaving the loop ends the question.
   * @throws WeirError as `Reader.query`
   */
  stream(question: Streamed): AsyncGenerator<Uint8Array, void, undefined>;
  close(): Promise<void>;
}

/**
 * Long answers take what charts leave over: two threads, 2 GB, and the disk where more than a quarter of that would be held.
 * There is no limit to rows, and ten minutes for one question.
 */
const SETTINGS: ClickHouseSettings = {
  readonly: '1',
  max_execution_time: 600,
  timeout_overflow_mode: 'throw',
  max_memory_usage: '2000000000',
  max_bytes_before_external_group_by: '500000000',
  max_bytes_before_external_sort: '500000000',
  max_threads: '2' as never,
  max_block_size: '8192' as never,
  wait_end_of_query: 0,
  output_format_json_quote_64bit_integers: 1,
  output_format_json_quote_decimals: 1,
  output_format_json_validate_utf8: 1 as never,
};
const SILENCE_MS = 620_000;

/** For files made in the background: read-only. */
export function streamer(url: string): Streamer {
  const client: ClickHouseClient = createClient({
    url,
    application: 'weir-reports',
    request_timeout: SILENCE_MS,
    max_open_connections: 4,
    clickhouse_settings: SETTINGS,
    log: { level: ClickHouseLogLevel.OFF },
    keep_alive: { eagerly_destroy_stale_sockets: true },
    use_multipart_params_auto: true,
  });
  return {
    async *stream({ name, sql, params, format, settings, signal }) {
      const queryId = `${name}-${newId()}`;
      const leaving = new AbortController();
      const over = signal ? AbortSignal.any([signal, leaving.signal]) : leaving.signal;
      try {
        const answer = await client.exec({
          ...boundQuery(`${sql} FORMAT ${format}`, params),
          clickhouse_settings: { ...settings, log_comment: name },
          query_id: queryId,
          abort_signal: over,
        });
        // The client heeds the signal only until the answer begins.
        addAbortSignal(over, answer.stream);
        for await (const chunk of answer.stream) yield chunk as Uint8Array;
      } catch (cause) {
        throw toWeirError(queryId, cause, 'reader');
      } finally {
        leaving.abort();
      }
    },
    close: () => client.close(),
  };
}

/** Lines of text as they come, without their ends. */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}
