import { WeirError } from '@weir/contracts';
import type { Params, Scope, UsageFilter } from '../scope.js';
import { linesOf, type Streamer } from '../stream.js';
import { detailOf, keyOf, type UsageDimension } from './dimension.js';
import { figuresOf } from './figures.js';
import { bucketOf } from './group-rows.js';
import { keptBy } from './kinds.js';
import { type AsOf, usageRows } from './rollup.js';
import { bucketStarts, type Interval } from './time/buckets.js';
import { unchanged } from './unchanged.js';

/** What a report can be split by, one column each; tags beside them by their keys. Kinds are columns of every report. */
export const REPORT_DIMENSIONS = [
  'provider',
  'provider_type',
  'model',
  'app',
  'user',
  'agent',
  'environment',
] as const satisfies readonly UsageDimension[];
export type ReportDimension = (typeof REPORT_DIMENSIONS)[number];

/** A total is one bucket, which begins where the range does. */
type ReportInterval = Interval | 'total';

/** Every hour of 800 days. */
const MAX_BUCKETS = 20_000;

type Figures = ReturnType<typeof figuresOf>;

/** Figures of every row, in the order of the columns -> how they are made. Kinds of token add up to all, kinds of cost to spend. */
const FIGURES = {
  calls: ({ calls }: Figures) => calls,
  attempts: ({ attempts }: Figures) => attempts,
  failed_attempts: ({ failedCalls }: Figures) => failedCalls,
  refused_attempts: ({ refusedCalls }: Figures) => refusedCalls,
  unpriced_attempts: ({ unpricedCalls }: Figures) => unpricedCalls,
  estimated_attempts: ({ estimatedCalls }: Figures) => estimatedCalls,
  input_tokens: ({ inputTokens }: Figures) => inputTokens,
  cached_input_tokens: ({ cachedInputTokens }: Figures) => cachedInputTokens,
  cache_write_tokens: ({ cacheWriteTokens }: Figures) => cacheWriteTokens,
  output_tokens_without_reasoning: ({ outputTokens, reasoningTokens }: Figures) =>
    `toInt64(${outputTokens}) - toInt64(${reasoningTokens})`,
  reasoning_tokens: ({ reasoningTokens }: Figures) => reasoningTokens,
  total_tokens: ({ totalTokens }: Figures) => totalTokens,
  input_usd: ({ spendInput }: Figures) => spendInput,
  cached_input_usd: ({ spendCachedInput }: Figures) => spendCachedInput,
  cache_write_usd: ({ spendCacheWrite }: Figures) => spendCacheWrite,
  output_usd: ({ spendOutput }: Figures) => spendOutput,
  reasoning_usd: ({ spendReasoning }: Figures) => spendReasoning,
  tool_use_usd: ({ spendToolUse }: Figures) => spendToolUse,
  other_usd: ({ spendOther }: Figures) => spendOther,
  spend_usd: ({ spend }: Figures) => spend,
} as const;

export interface ReportQuery {
  readonly interval: ReportInterval;
  /** IANA name. */
  readonly timeZone: string;
  readonly dimensions: readonly ReportDimension[];
  readonly tagKeys: readonly string[];
  readonly filter?: UsageFilter | undefined;
  /** Only what was stored by then counts, however long the reading takes; UTC epoch ms by the clock of the store. */
  readonly storedByMs: number;
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
function grouped(scope: Scope, query: ReportQuery, asOf: AsOf): Grouped {
  const { interval, timeZone, dimensions, tagKeys, filter } = query;
  const starts = interval === 'total' ? undefined : bucketStarts(scope, interval, timeZone, MAX_BUCKETS);
  const details = [...dimensions.flatMap(detailOf), ...(tagKeys.length > 0 ? detailOf('tag') : [])];
  const rows = usageRows({ scope, filter, starts, details, nowMs: Number.POSITIVE_INFINITY, asOf });
  const bucket = bucketOf(starts);
  const figures = figuresOf(keptBy(filter));
  const keys = [
    ...dimensions.map((groupBy) => keyOf({ groupBy })),
    ...tagKeys.map((tagKey, index) => keyOf({ groupBy: 'tag', tagKey }, `reportTag_${index}`)),
  ];
  const aliases = keys.map((_, index) => `key_${index}`);
  const columns = [
    starts ? `toInt64(${bucket.sql}) * 1000 AS bucket` : '{start:Int64} AS bucket',
    ...keys.map(({ sql }, index) => `${sql} AS key_${index}`),
    ...Object.entries(FIGURES).map(([name, of]) => `${of(figures)} AS ${name}`),
  ];
  return {
    keys: ['bucket', ...aliases],
    sql: `SELECT ${columns.join(', ')} FROM ${rows.sql} AS u
      GROUP BY ${['bucket', ...aliases].join(', ')}
      HAVING attempts > 0 OR spend_usd != 0 OR total_tokens > 0`,
    params: Object.assign({ start: scope.from }, rows.params, bucket.params, ...keys.map(({ params }) => params)),
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
  const columns = [...outputKeys(query), ...Object.keys(FIGURES)].map((column) => `toString(${column})`);
  const answer = unchanged(streamer, scope, query.storedByMs, signal, (asOf) => {
    const { sql, params, keys } = grouped(scope, query, asOf);
    const known = after.length > 0 ? `WHERE (${keys.join(', ')}) > (${after.map(boundKey).join(', ')})` : '';
    return {
      name: 'usage-report',
      sql: `SELECT ${columns.join(', ')} FROM (${sql}) ${known} ORDER BY ${keys.join(', ')}`,
      params: { ...params, ...nameParams(query), ...Object.fromEntries(after.map((key, at) => [`after_${at}`, key])) },
      format: 'JSONCompactEachRow',
    };
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
  const columns = [
    "fromUnixTimestamp64Milli(bucket, 'UTC')",
    ...outputKeys(query)
      .slice(1)
      .map((key) => `toLowCardinality(${key})`),
    ...Object.keys(FIGURES).map((name) =>
      name.endsWith('_usd') ? `CAST(${name}, 'Decimal(38, 12)')` : `toInt64(${name})`,
    ),
  ];
  const named = columns.map((column, index) => `${column} AS c${index}`).join(', ');
  return unchanged(streamer, scope, query.storedByMs, signal, (asOf) => {
    const { sql, params, keys } = grouped(scope, query, asOf);
    return {
      name: 'usage-report-parquet',
      sql: `SELECT ${named} FROM (${sql}) ORDER BY ${keys.join(', ')}`,
      params: { ...params, ...nameParams(query) },
      format: 'Parquet',
      settings: PARQUET,
    };
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
function outputKeys({ dimensions, tagKeys, providerNames }: ReportQuery): string[] {
  const name = (key: string) =>
    providerNames.size > 0
      ? `transform(${key}, {providerKeys:Array(String)}, {providerNames:Array(String)}, ${key})`
      : key;
  const keys = dimensions.flatMap((dimension, index) =>
    dimension === 'provider' ? [`key_${index}`, name(`key_${index}`)] : [`key_${index}`],
  );
  const tags = tagKeys.map((_, index) => `key_${dimensions.length + index}`);
  return ['bucket', ...keys, ...tags];
}

function nameParams({ dimensions, providerNames }: ReportQuery): Params {
  if (!dimensions.includes('provider') || providerNames.size === 0) return {};
  return { providerKeys: [...providerNames.keys()], providerNames: [...providerNames.values()] };
}

const boundKey = (_: string, index: number) => `{after_${index}:${index === 0 ? 'Int64' : 'String'}}`;

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
