import { WeirError } from '@weir/contracts';
import type { Params, Scope, UsageFilter } from '../scope.js';
import type { Streamer } from '../stream.js';
import { usageRows } from './rollup.js';

/** What a report can be split by, one column each -> the expression for its key. */
const DIMENSIONS = {
  provider: 'u.provider',
  provider_type: 'u.provider_type',
  model: 'u.model',
  app: 'u.app',
  environment: 'u.environment',
} as const;
export type ReportDimension = keyof typeof DIMENSIONS;
export const REPORT_DIMENSIONS = Object.keys(DIMENSIONS) as ReportDimension[];

/** Starts of buckets by the clock of a zone, UTC epoch ms. A total is one bucket, which begins where the range does. */
const BUCKETS = {
  hour: 'toInt64(toUnixTimestamp(toStartOfHour(toTimeZone(u.hour, {timeZone:String})))) * 1000',
  day: 'toInt64(toUnixTimestamp(toStartOfDay(toTimeZone(u.hour, {timeZone:String})))) * 1000',
  month:
    'toInt64(toUnixTimestamp(toDateTime(toStartOfMonth(toTimeZone(u.hour, {timeZone:String})), {timeZone:String}))) * 1000',
  total: '{start:Int64}',
} as const;
export type ReportInterval = keyof typeof BUCKETS;

const OUTPUT_ONLY = 'greatest(sum(u.output_tokens), sum(u.reasoning_tokens)) - sum(u.reasoning_tokens)';

/** Figures of every row, in the order of the columns -> how they are made. Kinds of token add up to all, kinds of cost to spend. */
const FIGURES = {
  calls: 'sum(u.calls)',
  attempts: 'sum(u.attempts)',
  failed_attempts: 'sum(u.failed_calls)',
  refused_attempts: 'sum(u.refused_calls)',
  unpriced_attempts: 'toInt64(sum(u.attempts)) - sum(u.priced_calls)',
  estimated_attempts: 'sum(u.estimated_calls)',
  input_tokens: 'sum(u.input_tokens)',
  cached_input_tokens: 'sum(u.cached_input_tokens)',
  cache_write_tokens: 'sum(u.cache_write_tokens)',
  output_tokens_without_reasoning: OUTPUT_ONLY,
  reasoning_tokens: 'sum(u.reasoning_tokens)',
  total_tokens: 'sum(u.input_tokens + u.cached_input_tokens + u.cache_write_tokens + u.output_tokens)',
  input_usd: 'sum(u.spend_input)',
  cached_input_usd: 'sum(u.spend_cached_input)',
  cache_write_usd: 'sum(u.spend_cache_write)',
  output_usd: 'sum(u.spend_output)',
  reasoning_usd: 'sum(u.spend_reasoning)',
  other_usd: 'sum(u.spend_other)',
  spend_usd: 'sum(u.spend)',
} as const;

export interface ReportQuery {
  readonly interval: ReportInterval;
  /** IANA name. */
  readonly timeZone: string;
  readonly dimensions: readonly ReportDimension[];
  readonly tagKeys: readonly string[];
  readonly filter?: UsageFilter | undefined;
  /** Readable names of providers by their keys; the others stand for themselves. */
  readonly providerNames: ReadonlyMap<string, string>;
}

export interface ReportColumn {
  readonly name: string;
  readonly kind: 'instant' | 'text' | 'count' | 'usd';
}

/** The columns of a report, in their order. */
export function reportColumns({ dimensions, tagKeys }: Pick<ReportQuery, 'dimensions' | 'tagKeys'>): ReportColumn[] {
  const text = (name: string): ReportColumn => ({ name, kind: 'text' });
  return [
    { name: 'period_start', kind: 'instant' },
    ...dimensions.flatMap((name) => (name === 'provider' ? [text(name), text('provider_name')] : [text(name)])),
    ...tagKeys.map((key) => text(`tag_${key}`)),
    ...Object.keys(FIGURES).map((name): ReportColumn => ({ name, kind: name.endsWith('_usd') ? 'usd' : 'count' })),
  ];
}

interface Grouped {
  readonly sql: string;
  readonly params: Params;
  readonly keys: readonly string[];
}

/** One row per bucket and group. Aliases are ours, whatever keys of tags are called. */
function grouped(scope: Scope, query: ReportQuery): Grouped {
  const rows = usageRows(scope, query.filter, Number.POSITIVE_INFINITY);
  const keys = query.dimensions.map((dimension, index) => [`key_${index}`, DIMENSIONS[dimension]] as const);
  const columns = [
    `${BUCKETS[query.interval]} AS bucket`,
    ...keys.map(([alias, sql]) => `toString(${sql}) AS ${alias}`),
    ...Object.entries(FIGURES).map(([name, sql]) => `${sql} AS ${name}`),
  ];
  return {
    keys: ['bucket', ...keys.map(([alias]) => alias)],
    sql: `SELECT ${columns.join(', ')} FROM ${rows.sql} AS u
      GROUP BY ${['bucket', ...keys.map(([alias]) => alias)].join(', ')}
      HAVING attempts > 0 OR spend_usd != 0 OR total_tokens > 0`,
    params: { ...rows.params, timeZone: query.timeZone, start: scope.from },
  };
}

/** A row as text: start of its bucket in UTC epoch ms, keys, figures; in the order of `reportColumns`. */
export type ReportRow = readonly string[];

/**
 * The rows of a range in the order of bucket and keys, as they come. `after` is the key of the last row that is known
 * already (`keyOfRow`). @throws WeirError `CLICKHOUSE_ANSWER` when the answer broke off; else as `Streamer.stream`
 */
export async function* reportRows(
  streamer: Streamer,
  scope: Scope,
  query: ReportQuery,
  after: readonly string[] = [],
  signal?: AbortSignal,
): AsyncGenerator<ReportRow, void, undefined> {
  const { sql, params, keys } = grouped(scope, query);
  const columns = [...outputKeys(query), ...Object.keys(FIGURES)].map((column) => `toString(${column})`);
  const known = after.length > 0 ? `WHERE (${keys.join(', ')}) > (${after.map(boundKey).join(', ')})` : '';
  const answer = streamer.stream({
    name: 'usage-report',
    sql: `SELECT ${columns.join(', ')} FROM (${sql}) ${known} ORDER BY ${keys.join(', ')}`,
    params: { ...params, ...nameParams(query), ...Object.fromEntries(after.map((key, at) => [`after_${at}`, key])) },
    format: 'JSONCompactEachRow',
    signal,
  });
  for await (const line of linesOf(answer)) yield rowOf(line, columns.length);
}

/** What `reportRows` goes on after. */
export function keyOfRow(row: ReportRow, query: Pick<ReportQuery, 'dimensions' | 'tagKeys'>): string[] {
  const columns = reportColumns(query);
  return row.filter((_, index) => {
    const column = columns[index];
    return column?.kind === 'instant' || (column?.kind === 'text' && column.name !== 'provider_name');
  });
}

/** The same rows as one Parquet file: instants in UTC, INT64 counts, DECIMAL(38, 12) money. Columns are numbered `c0`, `c1`, … */
export function reportParquet(
  streamer: Streamer,
  scope: Scope,
  query: ReportQuery,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { sql, params, keys } = grouped(scope, query);
  const columns = [
    "fromUnixTimestamp64Milli(bucket, 'UTC')",
    ...outputKeys(query)
      .slice(1)
      .map((key) => `toLowCardinality(${key})`),
    ...Object.keys(FIGURES).map((name) =>
      name.endsWith('_usd') ? `CAST(${name}, 'Decimal(38, 12)')` : `toInt64(${name})`,
    ),
  ];
  return streamer.stream({
    name: 'usage-report-parquet',
    sql: `SELECT ${columns.map((column, index) => `${column} AS c${index}`).join(', ')} FROM (${sql}) ORDER BY ${keys.join(', ')}`,
    params: { ...params, ...nameParams(query) },
    format: 'Parquet',
    settings: PARQUET,
    signal,
  });
}

/** Compression that every reader knows, and nothing behind the column chunks that names places in the file. */
const PARQUET = {
  output_format_parquet_compression_method: 'snappy',
  output_format_parquet_string_as_string: 1,
  output_format_parquet_row_group_size: '100000',
  output_format_parquet_write_page_index: 0,
  output_format_parquet_write_bloom_filter: 0,
} as const;

/** `bucket`, keys, and the readable name behind the key of a provider. */
function outputKeys({ dimensions, providerNames }: ReportQuery): string[] {
  const name = (key: string) =>
    providerNames.size > 0
      ? `transform(${key}, {providerKeys:Array(String)}, {providerNames:Array(String)}, ${key})`
      : key;
  const keys = dimensions.flatMap((dimension, index) =>
    dimension === 'provider' ? [`key_${index}`, name(`key_${index}`)] : [`key_${index}`],
  );
  return ['bucket', ...keys];
}

function nameParams({ dimensions, providerNames }: ReportQuery): Params {
  if (!dimensions.includes('provider') || providerNames.size === 0) return {};
  return { providerKeys: [...providerNames.keys()], providerNames: [...providerNames.values()] };
}

const boundKey = (_: string, index: number) => `{after_${index}:${index === 0 ? 'Int64' : 'String'}}`;

async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}

/** An error behind rows that were sent already arrives as text among them. */
function rowOf(line: string, width: number): ReportRow {
  try {
    const row: unknown = JSON.parse(line);
    if (Array.isArray(row) && row.length === width && row.every((value) => typeof value === 'string')) return row;
  } catch {
    // Told below, as anything else that is no row.
  }
  throw new WeirError('CLICKHOUSE_ANSWER', 'usage-report: the answer broke off', { retryable: true });
}
