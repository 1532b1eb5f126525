import { type Condition, inFilter, inScope, type Scope, type UsageFilter } from '../scope.js';
import { unionOf } from './rollup.js';

/**
 * The lines of ratings, one row per line and rating: `bucket`, `usd_per_million` ('' = none), `source`, `rule`, and
 * `quantity`, `amount`, `events` signed, so that a sum is net of reversals. Each rating has one more row with an empty
 * bucket, which stands for the call itself. Of a rating without a cost the lines say what was used and never an amount.
 */
const LINES_OF_RATING = `arrayConcat(
    [('', toUInt64(0), NULL, '', NULL, NULL)],
    JSONExtract(r.lines, 'Array(Tuple(bucket String, quantity UInt64, usdPerMillion Nullable(String), source String, rule Nullable(String), amount Nullable(String)))')
  )`;

/** A sub-select of lines in scope and filter, over the very range of `usageRows`. Read it with `sum()`. */
export function ratingLineRows(scope: Scope, filter?: UsageFilter, nowMs = Date.now()): Condition {
  return unionOf(scope, nowMs, {
    ofHours: (hours) => fromRows(hours, filter),
    ofRows: (cut) => [fromRows(cut, filter)],
  });
}

function fromRows(scope: Scope, filter?: UsageFilter): Condition {
  const range = inScope(scope, 'started_at');
  const narrow = inFilter(filter);
  return {
    sql: `SELECT provider, provider_type, model,
      if(isNull(r.total), ifNull(r.reason, 'unknown'), '') AS unpriced_reason,
      arrayJoin(${LINES_OF_RATING}) AS line, line.1 AS bucket,
      if(isNull(r.total), '', ifNull(line.3, '')) AS usd_per_million,
      if(isNull(r.total), '', line.4) AS source,
      if(isNull(r.total), '', ifNull(line.5, '')) AS rule,
      toInt128(line.2) * r.sign AS quantity,
      if(isNull(r.total), toDecimal128(0, 12), toDecimal128(ifNull(line.6, '0'), 12) * r.sign) AS amount,
      toInt64(r.sign) AS events,
      r.started_at AS first_at,
      r.started_at AS last_at
      FROM ratings_v1 AS r WHERE ${range.sql}${narrow.sql}`,
    params: { ...range.params, ...narrow.params },
  };
}
