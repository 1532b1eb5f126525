import { type Condition, inFilter, inScope, type Scope, type UsageFilter } from '../scope.js';
import { unionOf } from './rollup.js';

/**
 * The lines of ratings: `bucket`, `usd_per_million` ('' = none), `source`, `rule`, and `quantity`, `amount`, `events`
 * signed, so that a sum is net of reversals. A line with an empty bucket stands for the call itself. Of a rating without a
 * cost the lines say what was used and never an amount. Over the very range of `usageRows`; read it with `sum()`.
 */
export function ratingLineRows(scope: Scope, filter?: UsageFilter, nowMs = Date.now()): Condition {
  return unionOf(scope, nowMs, {
    ofHours: (hours) => fromRollup(hours, filter),
    ofRows: (cut) => [fromRows(cut, filter)],
  });
}

function fromRollup(scope: Scope, filter?: UsageFilter): Condition {
  const range = inScope(scope, 'hour');
  const narrow = inFilter(filter);
  return {
    sql: `SELECT provider, provider_type, model, unpriced_reason, bucket, usd_per_million, source, rule,
      quantity, amount, events, first_at, last_at
      FROM rating_lines_per_hour_v1 WHERE ${range.sql}${narrow.sql}`,
    params: { ...range.params, ...narrow.params },
  };
}

/** One rating's lines, as migration 0007 reads them. */
const LINES = `arrayConcat(
    [CAST(('', 0, NULL, '', NULL, NULL), 'Tuple(String, Int64, Nullable(String), String, Nullable(String), Nullable(Decimal(38, 12)))')],
    JSONExtract(r.lines, 'Array(Tuple(bucket String, quantity Int64, usdPerMillion Nullable(String), source String, rule Nullable(String), amount Nullable(Decimal(38, 12))))')
  )`;

function fromRows(scope: Scope, filter?: UsageFilter): Condition {
  const range = inScope(scope, 'started_at');
  const narrow = inFilter(filter);
  return {
    sql: `SELECT provider, provider_type, model,
      if(isNull(r.total), ifNull(r.reason, 'unknown'), '') AS unpriced_reason,
      line.1 AS bucket,
      if(isNull(r.total) OR line.4 = 'upstream', '', ifNull(line.3, '')) AS usd_per_million,
      if(isNull(r.total), '', line.4) AS source,
      if(isNull(r.total), '', ifNull(line.5, '')) AS rule,
      toInt128(abs(line.2)) * r.sign AS quantity,
      if(isNull(r.total), toDecimal128(0, 12), abs(ifNull(line.6, toDecimal128(0, 12))) * r.sign) AS amount,
      toInt64(r.sign) AS events,
      r.started_at AS first_at, r.started_at AS last_at
      FROM ratings_v1 AS r ARRAY JOIN ${LINES} AS line
      WHERE ${range.sql}${narrow.sql}`,
    params: { ...range.params, ...narrow.params },
  };
}
