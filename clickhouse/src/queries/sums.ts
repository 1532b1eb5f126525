/** Columns that the rows of `usageRows` have: the same from sums, from events and from ratings. */
const INPUT_CACHE_WRITES =
  'ifNull(e.cache_write_5m_tokens, 0) + ifNull(e.cache_write_1h_tokens, 0) + ifNull(e.cache_write_unknown_tokens, 0)';
const noted = (ms: string) =>
  `if(isNotNull(${ms}) AND e.outcome != 'refused', map(toUInt16(least(ceil(log(greatest(ifNull(${ms}, 0), 0.01) / 0.01) / log(1.02)), 65535)), toUInt64(1)), CAST(map(), 'Map(UInt16, UInt64)'))`;

/** Kinds of token and flags of an event, as bits. */
export const TOKEN_KINDS_OF_EVENT = `toUInt16(if(ifNull(e.input_tokens, 0) > 0, 1, 0) + if(ifNull(e.cached_input_tokens, 0) > 0, 2, 0)
    + if(${INPUT_CACHE_WRITES} > 0, 4, 0) + if(ifNull(e.output_tokens, 0) > ifNull(e.reasoning_tokens, 0), 8, 0)
    + if(ifNull(e.reasoning_tokens, 0) > 0, 16, 0) + if(e.attempt = 1, 32, 0)
    + if(e.outcome NOT IN ('completed', 'client_closed', 'refused'), 64, 0) + if(e.outcome = 'refused', 128, 0)
    + if(e.usage_source IN ('estimated', 'partial'), 256, 0) + if(e.endpoint = 'opaque', 512, 0)
    + if(ifNull(e.client_retry, 0) > 0, 1024, 0))`;

/** Sum -> its value in one row of `usage_events_v1 AS e`; as the views of migration 0008 have it. */
const OF_EVENT = {
  calls: 'toUInt64(e.attempt = 1)',
  attempts: 'toUInt64(1)',
  opaque_calls: "toUInt64(e.endpoint = 'opaque')",
  retried_calls: 'toUInt64(ifNull(e.client_retry, 0) > 0)',
  failed_calls: "toUInt64(e.outcome NOT IN ('completed', 'client_closed', 'refused'))",
  refused_calls: "toUInt64(e.outcome = 'refused')",
  estimated_calls: "toUInt64(e.usage_source IN ('estimated', 'partial'))",
  input_tokens: 'ifNull(e.input_tokens, 0)',
  cached_input_tokens: 'ifNull(e.cached_input_tokens, 0)',
  cache_write_tokens: INPUT_CACHE_WRITES,
  output_tokens: 'ifNull(e.output_tokens, 0)',
  reasoning_tokens: 'ifNull(e.reasoning_tokens, 0)',
  tool_use_input_tokens: 'ifNull(e.tool_use_input_tokens, 0)',
  token_kinds: `map(${TOKEN_KINDS_OF_EVENT}, toUInt64(1))`,
  latencies: noted('e.duration_ms'),
  first_tokens: noted('e.first_token_ms'),
} as const;

/** The same for one row of `ratings_v1 AS r`. */
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
  spend_tool_use: 'r.amount_tool_use',
  cost_kinds: `map(toUInt16(if(r.amount_input != r.amount_tool_use, 1, 0) + if(r.amount_cached_input != 0, 2, 0)
    + if(r.amount_cache_write != 0, 4, 0) + if(r.amount_output != 0, 8, 0) + if(r.amount_reasoning != 0, 16, 0)
    + if(r.amount_tool_use != 0, 32, 0) + if(r.amount_other != 0, 64, 0) + if(isNotNull(r.total), 128, 0)
    + if(r.status = 'free', 256, 0) + if(ifNull(r.reason = 'usage_unknown', 0), 512, 0)), toInt64(r.sign))`,
} as const;

export type Sum = keyof typeof OF_EVENT | keyof typeof OF_RATING;
export const SUMS = [...Object.keys(OF_EVENT), ...Object.keys(OF_RATING)] as readonly Sum[];

/** Sums as columns of what they are read from, each after a comma. */
export const SUMS_FROM = {
  /** `usage_per_hour_v1`, which has cache writes apart. */
  wideHours: (sums: readonly Sum[]) =>
    columns(sums, (sum) =>
      sum === 'cache_write_tokens'
        ? 'cache_write_5m_tokens + cache_write_1h_tokens + cache_write_unknown_tokens AS cache_write_tokens'
        : sum,
    ),
  /** The sums of sums. */
  sums: (sums: readonly Sum[]) => columns(sums, (sum) => sum),
  events: (sums: readonly Sum[]) =>
    columns(sums, (sum) => `${(OF_EVENT as Partial<Record<Sum, string>>)[sum] ?? zero(sum)} AS ${sum}`),
  ratings: (sums: readonly Sum[]) =>
    columns(sums, (sum) => `${(OF_RATING as Partial<Record<Sum, string>>)[sum] ?? zero(sum)} AS ${sum}`),
} as const;

/** Sums times a factor of 1 or -1. What is unsigned wraps, so that adding up what was turned takes it away. */
export function turned(sums: readonly Sum[], factor: string): string {
  return columns(sums, (sum) => {
    if (sum.startsWith('spend')) return `${sum} * ${factor} AS ${sum}`;
    const isSigned = sum in OF_RATING;
    const times = (value: string) =>
      isSigned ? `toInt64(${value} * ${factor})` : `toUInt64(toInt64(${value}) * ${factor})`;
    return isHistogram(sum)
      ? `mapApply((kind, times) -> (kind, ${times('times')}), ${sum}) AS ${sum}`
      : `${times(sum)} AS ${sum}`;
  });
}

function columns(sums: readonly Sum[], of: (sum: Sum) => string): string {
  return sums.map((sum) => `, ${of(sum)}`).join('');
}

const isHistogram = (sum: Sum) => ['token_kinds', 'latencies', 'first_tokens', 'cost_kinds'].includes(sum);

function zero(sum: Sum): string {
  if (sum === 'cost_kinds') return "CAST(map(), 'Map(UInt16, Int64)')";
  if (isHistogram(sum)) return "CAST(map(), 'Map(UInt16, UInt64)')";
  if (sum.startsWith('spend')) return 'toDecimal128(0, 12)';
  return sum in OF_RATING ? 'toInt64(0)' : 'toUInt64(0)';
}
