import { type RatingRow, ratingRow } from '@weir/clickhouse';
import { BUCKETS, type BucketName } from './rate-cards.js';

/** How much of each bucket an event used. Tool-use input is part of input, reasoning of output; each token once. */
const QUANTITIES: Readonly<Record<BucketName, string>> = {
  input: 'ifNull(e.input_tokens, 0) - ifNull(e.tool_use_input_tokens, 0)',
  tool_use_input: 'ifNull(e.tool_use_input_tokens, 0)',
  cached_input: 'ifNull(e.cached_input_tokens, 0)',
  cache_write_5m: 'ifNull(e.cache_write_5m_tokens, 0)',
  cache_write_1h: 'ifNull(e.cache_write_1h_tokens, 0)',
  output: 'ifNull(e.output_tokens, 0) - ifNull(e.reasoning_tokens, 0)',
  reasoning: 'ifNull(e.reasoning_tokens, 0)',
  web_search: "e.other_meters['webSearches']",
};

type PartName = (typeof BUCKETS)[number]['part'];
const ZERO = 'toDecimal128(0, 12)';

/**
 * What seeded events cost, by the rate cards of their time: the rows that the worker would have written. Reads the stored
 * events of one batch that began in `[from, to)`.
 */
export function ratingsSql(cardsTable: string): { readonly columns: readonly string[]; readonly select: string } {
  const quantities = BUCKETS.map(({ name }) => `toUInt64(${QUANTITIES[name]}) AS q_${name}`);
  const amounts = BUCKETS.map(
    ({ name }) => `if(q_${name} = 0, ${ZERO}, ifNull(r.${name}_usd, ${ZERO}) * q_${name}) AS a_${name}`,
  );
  const lines = BUCKETS.map(
    ({ name }) =>
      `if(q_${name} = 0, '', concat(r.${name}_head, toString(q_${name}), r.${name}_tail, if(isNull(r.${name}_usd), 'null}', concat('"', toString(a_${name}), '"}'))))`,
  );
  const isMissing = BUCKETS.map(({ name }) => `(q_${name} > 0 AND isNull(r.${name}_usd))`).join(' OR ');
  const used = `
    SELECT e.*, r.*, coalesce(e.served_model, e.requested_model, '') AS modelName, ${quantities.join(', ')}, ${amounts.join(', ')},
      multiIf(e.outcome = 'refused', 'refused', e.usage_source = 'none' AND e.upstream_status >= 400, 'no_usage_billed', '') AS freeReason,
      freeReason = '' AND e.usage_source != 'none' AS isCounted,
      multiIf(NOT isCounted, 'usage_unknown', NOT r.is_priced, 'model_unknown', ${isMissing}, 'meter_without_rate:webSearches', '') AS gap,
      freeReason = '' AND gap = '' AS isPaid,
      if(isCounted, concat('[', arrayStringConcat(arrayFilter(line -> line != '', [${lines.join(', ')}]), ','), ']'), '[]') AS linesText
    FROM (SELECT * FROM usage_events_v1
      WHERE project_id = {projectId:UUID} AND started_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
        AND started_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC') AND batch_id = {batchId:String}) AS e
    INNER JOIN ${cardsTable} AS r ON e.provider = r.card_provider AND coalesce(e.served_model, e.requested_model, '') = r.card_model`;
  const part = (name: PartName) => {
    const sum = BUCKETS.filter((bucket) => bucket.part === name).map((bucket) => `a_${bucket.name}`);
    return `if(isPaid, ${sum.join(' + ')}, ${ZERO})`;
  };
  const all = BUCKETS.map(({ name }) => `a_${name}`).join(' + ');
  const values: Record<keyof RatingRow, string> = {
    project_id: 'project_id',
    started_at: 'started_at',
    event_id: 'event_id',
    run_id: "'initial'",
    sign: '1',
    environment: 'environment',
    provider: 'provider',
    provider_type: "ifNull(provider_type, '')",
    model: 'modelName',
    app: 'app',
    user: "ifNull(user, '')",
    agent: "ifNull(agent, '')",
    tags: 'tags',
    status:
      "multiIf(freeReason != '', 'free', gap != '', 'unpriced', usage_source = 'reported', 'computed', 'estimated')",
    reason: "multiIf(freeReason != '', freeReason, gap != '', gap, NULL)",
    price_version: '{priceVersion:Nullable(String)}',
    price_book_version: '{bookVersion:UInt64}',
    known_at: "if({knownAt:Int64} = 0, NULL, fromUnixTimestamp64Milli({knownAt:Int64}, 'UTC'))",
    total: `multiIf(freeReason != '', ${ZERO}, isPaid, ${all}, NULL)`,
    amount_input: `if(isPaid, a_input + a_tool_use_input, ${ZERO})`,
    amount_cached_input: part('cached_input'),
    amount_cache_write: part('cache_write'),
    amount_output: part('output'),
    amount_reasoning: part('reasoning'),
    amount_other: part('other'),
    amount_tool_use: part('tool_use'),
    lines: 'linesText',
    batch_id: 'batch_id',
  };
  const columns = Object.keys(ratingRow.shape) as (keyof RatingRow)[];
  return {
    columns,
    select: `SELECT ${columns.map((column) => `${values[column]} AS c_${column}`).join(',\n')}\nFROM (${used})`,
  };
}
