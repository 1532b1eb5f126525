import { type Condition, detailsOf, inFilter, type Scope, type UsageFilter } from '../scope.js';
import { COST_TYPES, keptBy } from './kinds.js';
import { HOUR_MS, type Plan, planOf } from './plan.js';
import { inHours, inRows, unionOf } from './rollup.js';

/**
 * The lines of ratings: `bucket`, `usd_per_million` ('' = none), `source`, `rule`, and `quantity`, `amount`, `events`
 * signed, so that a sum is net of reversals. A line with an empty bucket stands for the call itself. Of a rating without a
 * cost the lines say what was used and never an amount. Over the very range of `usageRows`; read it with `sum()`. Their
 * sums know no users, agents and tags: narrowed by those, every rating of the range is read.
 */
export function ratingLineRows(scope: Scope, filter?: UsageFilter, nowMs = Date.now()): Condition & { plan: Plan } {
  const hours = planOf(scope, [], nowMs, 'hour');
  const plan: Plan =
    detailsOf(filter).length > 0
      ? { ...hours, hours: null, rows: { inHours: null, hours: (hours.to - hours.from) / HOUR_MS } }
      : hours;
  const narrow = inFilter(filter);
  const branches: Condition[] = [];
  if (plan.hours) branches.push(fromRollup(plan, narrow.sql, kindsSql(filter, 'bucket', 'unpriced_reason')));
  if (plan.rows) branches.push(fromRows(plan, narrow.sql, kindsSql(filter, 'line.1', LINE_REASON)));
  return { ...unionOf(scope, branches, narrow.params), plan };
}

/** Which kind of cost a bucket belongs to. */
const kindOf = (bucket: string) =>
  `multiIf(${bucket} IN ('input', 'audio_input', 'image_input'), 'input', ${bucket} = 'tool_use_input', 'tool_use',
    ${bucket} IN ('cached_input', 'cached_audio_input'), 'cached_input', startsWith(${bucket}, 'cache_write'), 'cache_write',
    ${bucket} IN ('output', 'audio_output', 'image_output'), 'output', ${bucket} = 'reasoning', 'reasoning', 'other')`;

/** Begins with ` AND` where a filter leaves out kinds of cost. */
function kindsSql(filter: UsageFilter | undefined, bucket: string, reason: string): string {
  const { spend } = keptBy(filter);
  if (spend.size === COST_TYPES.length) return '';
  const kinds = [...spend].map((kind) => `'${kind}'`);
  if (kinds.length === 0) return ' AND 0';
  return ` AND if(${reason} != '', 'unpriced', ${kindOf(bucket)}) IN (${kinds.join(', ')})`;
}

const LINE_REASON = "if(isNull(r.total), ifNull(r.reason, 'unknown'), '')";

function fromRollup(plan: Plan, narrow: string, kinds: string): Condition {
  const range = inHours(plan);
  return {
    sql: `SELECT provider, provider_type, model, unpriced_reason, bucket, usd_per_million, source, rule,
      quantity, amount, events, first_at, last_at
      FROM rating_lines_per_hour_v1 WHERE ${range.sql}${narrow}${kinds}`,
    params: range.params,
  };
}

/** One rating's lines, as migration 0007 reads them. */
const LINES = `arrayConcat(
    [CAST(('', 0, NULL, '', NULL, NULL), 'Tuple(String, Int64, Nullable(String), String, Nullable(String), Nullable(Decimal(38, 12)))')],
    JSONExtract(r.lines, 'Array(Tuple(bucket String, quantity Int64, usdPerMillion Nullable(String), source String, rule Nullable(String), amount Nullable(Decimal(38, 12))))')
  )`;

function fromRows(plan: Plan, narrow: string, kinds: string): Condition {
  const range = inRows(plan);
  return {
    sql: `SELECT provider, provider_type, model,
      ${LINE_REASON} AS unpriced_reason,
      line.1 AS bucket,
      if(isNull(r.total) OR line.4 = 'upstream', '', ifNull(line.3, '')) AS usd_per_million,
      if(isNull(r.total), '', line.4) AS source,
      if(isNull(r.total), '', ifNull(line.5, '')) AS rule,
      toInt128(abs(line.2)) * r.sign AS quantity,
      if(isNull(r.total), toDecimal128(0, 12), abs(ifNull(line.6, toDecimal128(0, 12))) * r.sign) AS amount,
      toInt64(r.sign) AS events,
      r.started_at AS first_at, r.started_at AS last_at
      FROM ratings_v1 AS r ARRAY JOIN ${LINES} AS line
      WHERE ${range.sql}${narrow}${kinds}`,
    params: range.params,
  };
}
