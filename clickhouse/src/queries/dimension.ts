/** What usage can be split by -> the expression for its key. A closed map: nothing a caller sends is spliced in. */
export const USAGE_DIMENSIONS = {
  provider: 'u.provider',
  model: 'u.model',
  app: 'u.app',
  environment: 'u.environment',
  token_type: 'u.token_type',
} as const;
export type UsageDimension = keyof typeof USAGE_DIMENSIONS;

/** Everything read and written. */
export const TOKENS_SQL = 'u.input_tokens + u.cached_input_tokens + u.cache_write_tokens + u.output_tokens';

/**
 * Kinds of token, in the order of a rate card -> calls that had it, tokens, spend. `output` is without `reasoning`
 * here, so that kinds add up; `other` has spend and no tokens: searches, fees per request.
 */
const KINDS = {
  input: ['u.calls_with_input', 'u.input_tokens', 'u.spend_input'],
  cached_input: ['u.calls_with_cached_input', 'u.cached_input_tokens', 'u.spend_cached_input'],
  cache_write: ['u.calls_with_cache_write', 'u.cache_write_tokens', 'u.spend_cache_write'],
  output: [
    'u.calls_with_output',
    'toUInt64(greatest(u.output_tokens, u.reasoning_tokens) - u.reasoning_tokens)',
    'u.spend_output',
  ],
  reasoning: ['u.calls_with_reasoning', 'u.reasoning_tokens', 'u.spend_reasoning'],
  other: ['toUInt64(0)', 'toUInt64(0)', 'u.spend_other'],
} as const;

export const TOKEN_TYPES = Object.keys(KINDS) as (keyof typeof KINDS)[];

/** The rows of `usageRows`, ready to be grouped by the dimension. */
export function rowsBy(dimension: UsageDimension, rowsSql: string): string {
  return dimension === 'token_type' ? rowsByTokenType(rowsSql) : rowsSql;
}

/** Each row once per kind, with that kind's calls, tokens and spend and zero in everything else. */
function rowsByTokenType(rowsSql: string): string {
  const kinds = Object.entries(KINDS).map(([kind, values]) => `('${kind}', ${values.join(', ')})`);
  const only = (kind: string, value: string, zero: string) => `if(k.1 = '${kind}', ${value}, ${zero})`;
  const tokens = (kind: string) => only(kind, 'k.3', 'toUInt64(0)');
  const spend = (kind: string) => only(kind, 'k.4', 'toDecimal128(0, 12)');
  return `(SELECT k.1 AS token_type, hour, provider_type,
    k.2 AS calls, k.2 AS attempts, toUInt64(0) AS opaque_calls, toUInt64(0) AS retried_calls, toUInt64(0) AS failed_calls, toUInt64(0) AS refused_calls, toUInt64(0) AS estimated_calls,
    toInt64(k.2) AS priced_calls, toInt64(0) AS free_calls, toInt64(0) AS calls_without_usage,
    ${tokens('input')} AS input_tokens, ${tokens('cached_input')} AS cached_input_tokens,
    ${tokens('cache_write')} AS cache_write_tokens,
    if(k.1 IN ('output', 'reasoning'), k.3, toUInt64(0)) AS output_tokens, ${tokens('reasoning')} AS reasoning_tokens,
    k.4 AS spend, ${spend('input')} AS spend_input, ${spend('cached_input')} AS spend_cached_input,
    ${spend('cache_write')} AS spend_cache_write, ${spend('output')} AS spend_output,
    ${spend('reasoning')} AS spend_reasoning, ${spend('other')} AS spend_other
    FROM (SELECT u.hour AS hour, u.provider_type AS provider_type, arrayJoin([${kinds.join(', ')}]) AS k
      FROM ${rowsSql} AS u))`;
}
