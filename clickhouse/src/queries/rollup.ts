import { type Condition, inFilter, inScope, MODEL_OF_EVENT, type Scope, type UsageFilter } from '../scope.js';

/**
 * Which table serves which interval; the only such place. Whole hours come from the roll-up, the cut hours at the two
 * ends of a range from the rows themselves, so that a range is exact to the millisecond and cheap however long it is.
 */
const HOUR_MS = 3_600_000;

export const INTERVALS = { hour: 'toStartOfHour(hour)', day: 'toStartOfDay(hour)' } as const;
export type Interval = keyof typeof INTERVALS;
export const INTERVAL_MS: Readonly<Record<Interval, number>> = { hour: HOUR_MS, day: 24 * HOUR_MS };

const DIMENSIONS = ['environment', 'provider', 'provider_type', 'model', 'app'] as const;

/** Sums of the roll-up that questions may use -> the same value for one row of usage_events_v1. */
const OF_EVENT = {
  calls: 'toUInt64(e.attempt = 1)',
  attempts: 'toUInt64(1)',
  opaque_calls: "toUInt64(e.endpoint = 'opaque')",
  retried_calls: 'toUInt64(ifNull(e.client_retry, 0) > 0)',
  failed_calls: "toUInt64(outcome NOT IN ('completed', 'client_closed', 'refused'))",
  refused_calls: "toUInt64(outcome = 'refused')",
  estimated_calls: "toUInt64(usage_source IN ('estimated', 'partial'))",
  input_tokens: 'ifNull(e.input_tokens, 0)',
  cached_input_tokens: 'ifNull(e.cached_input_tokens, 0)',
  cache_write_tokens:
    'ifNull(e.cache_write_5m_tokens, 0) + ifNull(e.cache_write_1h_tokens, 0) + ifNull(e.cache_write_unknown_tokens, 0)',
  output_tokens: 'ifNull(e.output_tokens, 0)',
  reasoning_tokens: 'ifNull(e.reasoning_tokens, 0)',
  calls_with_input: 'toUInt64(ifNull(e.input_tokens, 0) > 0)',
  calls_with_cached_input: 'toUInt64(ifNull(e.cached_input_tokens, 0) > 0)',
  calls_with_cache_write:
    'toUInt64(ifNull(e.cache_write_5m_tokens, 0) + ifNull(e.cache_write_1h_tokens, 0) + ifNull(e.cache_write_unknown_tokens, 0) > 0)',
  calls_with_output: 'toUInt64(ifNull(e.output_tokens, 0) > ifNull(e.reasoning_tokens, 0))',
  calls_with_reasoning: 'toUInt64(ifNull(e.reasoning_tokens, 0) > 0)',
} as const;

/** The same for one row of ratings_v1. */
const OF_RATING = {
  priced_calls: 'toInt64(r.sign) * isNotNull(r.total)',
  free_calls: "toInt64(r.sign) * (r.status = 'free')",
  calls_without_usage: "toInt64(r.sign) * ifNull(r.reason = 'usage_unknown', 0)",
  spend: 'ifNull(r.total, toDecimal128(0, 12))',
  spend_input: 'r.amount_input',
  spend_cached_input: 'r.amount_cached_input',
  spend_cache_write: 'r.amount_cache_write',
  spend_output: 'r.amount_output',
  spend_reasoning: 'r.amount_reasoning',
  spend_other: 'r.amount_other',
} as const;

const IN_ROLLUP: Readonly<Record<string, string>> = {
  cache_write_tokens: 'cache_write_5m_tokens + cache_write_1h_tokens + cache_write_unknown_tokens',
};

/**
 * A sub-select with one row per hour, dimensions and source row or sum, in scope and filter. Read it with `sum()`.
 * A range that reaches `nowMs` includes the hour under way as a whole.
 */
export function usageRows(scope: Scope, filter?: UsageFilter, nowMs = Date.now()): Condition {
  return unionOf(scope, nowMs, {
    ofHours: (hours) => fromRollup(hours, filter),
    ofRows: (cut) => fromRows(cut, filter),
  });
}

interface Sources {
  /** Reads whole hours. */
  readonly ofHours: (scope: Scope) => Condition;
  /** Reads a part of an hour. */
  readonly ofRows: (scope: Scope) => readonly Condition[];
}

/** One sub-select over a range: its whole hours from sums, the rest from rows. */
export function unionOf(scope: Scope, nowMs: number, { ofHours, ofRows }: Sources): Condition {
  const { from, to } = wholeEnd(scope, nowMs);
  const firstWhole = Math.ceil(from / HOUR_MS) * HOUR_MS;
  const endOfWhole = Math.floor(to / HOUR_MS) * HOUR_MS;
  const branches: Condition[] = [];
  if (firstWhole < endOfWhole) branches.push(ofHours({ ...scope, from: firstWhole, to: endOfWhole }));
  const cut =
    firstWhole > endOfWhole
      ? [[from, to]]
      : [
          [from, firstWhole],
          [endOfWhole, to],
        ];
  for (const [start = 0, end = 0] of cut) {
    if (start < end) branches.push(...ofRows({ ...scope, from: start, to: end }));
  }
  if (branches.length === 0) branches.push(ofHours(scope));
  return {
    sql: `(${branches.map(({ sql }, index) => numbered(sql, index)).join('\nUNION ALL\n')})`,
    params: Object.assign(
      {},
      ...branches.map(({ params }, index) => ({
        ...params,
        [`from_${index}`]: params.from,
        [`to_${index}`]: params.to,
      })),
    ),
  };
}

function wholeEnd({ from, to }: Scope, nowMs: number): { from: number; to: number } {
  return { from, to: to >= nowMs ? Math.ceil(to / HOUR_MS) * HOUR_MS : to };
}

/** Each branch has bounds of its own. */
function numbered(sql: string, index: number): string {
  return sql.replaceAll('{from:Int64}', `{from_${index}:Int64}`).replaceAll('{to:Int64}', `{to_${index}:Int64}`);
}

function fromRollup(scope: Scope, filter?: UsageFilter): Condition {
  const range = inScope(scope, 'hour');
  const narrow = inFilter(filter);
  const sums = [...Object.keys(OF_EVENT), ...Object.keys(OF_RATING)]
    .map((column) => (IN_ROLLUP[column] ? `${IN_ROLLUP[column]} AS ${column}` : column))
    .join(', ');
  return {
    sql: `SELECT hour, ${DIMENSIONS.join(', ')}, ${sums} FROM usage_per_hour_v1 WHERE ${range.sql}${narrow.sql}`,
    params: { ...range.params, ...narrow.params },
  };
}

function fromRows(scope: Scope, filter?: UsageFilter): Condition[] {
  const range = inScope(scope, 'started_at');
  const hour = "toDateTime(toStartOfHour(started_at), 'UTC') AS hour";
  const select = (own: Readonly<Record<string, string>>, prefix: string) =>
    [...Object.keys(OF_EVENT), ...Object.keys(OF_RATING)]
      .map((column) => `${own[column] ?? zero(column)} AS ${prefix}${column}`)
      .join(', ');
  const events = inFilter(filter, {
    providers: 'e.provider',
    models: MODEL_OF_EVENT,
    apps: 'e.app',
    environments: 'e.environment',
  });
  const ratings = inFilter(filter);
  return [
    {
      sql: `SELECT ${hour}, e.environment, e.provider, ifNull(e.provider_type, '') AS provider_type, ${MODEL_OF_EVENT} AS model, e.app, ${select(OF_EVENT, '')} FROM usage_events_v1 AS e WHERE ${range.sql}${events.sql}`,
      params: { ...range.params, ...events.params },
    },
    {
      sql: `SELECT ${hour}, ${DIMENSIONS.join(', ')}, ${select(OF_RATING, '')} FROM ratings_v1 AS r WHERE ${range.sql}${ratings.sql}`,
      params: { ...range.params, ...ratings.params },
    },
  ];
}

function zero(column: string): string {
  if (column.startsWith('spend')) return 'toDecimal128(0, 12)';
  return column in OF_RATING ? 'toInt64(0)' : 'toUInt64(0)';
}
