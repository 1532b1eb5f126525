import { type UsageEventRow, usageEventRow } from '@weir/clickhouse';
import { USERS } from './plan.js';
import { keyOf } from './random.js';
import { MOST_INPUT_TOKENS } from './rate-cards.js';
import { SLOTS } from './routes.js';

/** Name of the proxy that seeded events say they came through. */
export const SEED_PROXY = 'usage-seed';

/** How the calls end, in parts of 1,000; the rest completes. */
const ENDINGS = { drained: 8, cancelled: 7, estimated: 4, error: 12, timeout: 3, refused: 7, interrupted: 1 };
const RETRIED = 14;
/** What an app does for people: each job has its feature and its agent, and the first are done most. */
const JOBS = 6;
/** People keep to what they know: this part of an app's people use a given model. */
const CIRCLES = 6;
/** Now and then a provider fails for three hours, and this many in 1,000 calls with it. */
const OUTAGE = 380;

/**
 * The events of some hours, made by the server out of their numbers alone: the same numbers and seed give the same events.
 * A draw is a hash of the call's number and a key of its own; two attempts of a call share the call's draws.
 */
export function eventsSql(
  seed: number,
  routesTable: string,
): { readonly columns: readonly string[]; readonly select: string } {
  const draw = (purpose: string, number = 'callNo') =>
    `intHash64(bitXor(${number}, toUInt64(${keyOf(seed, purpose)})))`;
  const unit = (hash: string) => `(bitShiftRight(${hash}, 11) / 9007199254740992)`;
  /** Bell-shaped around 0 with a deviation of 1: four uniform numbers out of one hash. */
  const bell = (hash: string) =>
    `((bitAnd(${hash}, 65535) + bitAnd(bitShiftRight(${hash}, 16), 65535) + bitAnd(bitShiftRight(${hash}, 32), 65535) + bitShiftRight(${hash}, 48)) / 65536 - 2) * 1.7320508`;
  const around = (median: string, spread: number, purpose: string, number?: string) =>
    `(${median}) * exp(${spread} * ${bell(draw(purpose, number))})`;
  const chance = (purpose: string, inThousand: number | string, number?: string) =>
    `modulo(${draw(purpose, number)}, 1000) < ${inThousand}`;
  const uuid = (ms: string, purpose: string, number: string) => {
    const high = `bitOr(bitShiftLeft(toUInt64(${ms}), 16), bitOr(toUInt64(28672), bitAnd(${draw(`${purpose} a`, number)}, 4095)))`;
    const low = `bitOr(bitShiftRight(${draw(`${purpose} b`, number)}, 2), toUInt64(9223372036854775808))`;
    // A UUID's first half is the lower one of the number it is kept as.
    return `reinterpret(bitOr(bitShiftLeft(toUInt128(${low}), 64), toUInt128(${high})), 'UUID')`;
  };
  const maybe = (condition: string, value: string) => `if(${condition}, ${value}, NULL)`;

  let bound = 0;
  const upTo = (share: number) => (bound += share);
  const firstEndings = `multiIf(isFirstOfTwo, 'error', ending < ${upTo(ENDINGS.drained)}, 'drained', ending < ${upTo(ENDINGS.cancelled)}, 'cancelled',
    ending < ${upTo(ENDINGS.estimated)}, 'estimated', ending < ${upTo(ENDINGS.timeout)}, 'timeout', ending < ${upTo(ENDINGS.refused)}, 'refused',
    ending < ${upTo(ENDINGS.interrupted)}, 'interrupted', ending < ${bound + ENDINGS.error} + if(isOutage, ${OUTAGE}, 0), 'error', 'completed')`;

  const attempts = `
    SELECT hourNo, era, startMs, number,
      startMs + toUInt64(((place + ${unit(draw('moment', 'number'))}) * 3600000) / hourEvents) AS startedMs,
      modulo(place, 2) = 1 AND ${chance('retried', RETRIED, 'intDiv(number - place, 2) + intDiv(place, 2)')} AS isSecond,
      modulo(place, 2) = 0 AND place + 1 < hourEvents AND ${chance('retried', RETRIED, 'intDiv(number - place, 2) + intDiv(place, 2)')} AS isFirstOfTwo,
      number - isSecond AS callNo,
      toUInt32(era * ${SLOTS} + modulo(${draw('route')}, ${SLOTS})) AS slot
    FROM
    (
      SELECT tupleElement(hour, 1) AS startMs, tupleElement(hour, 3) AS hourEvents, tupleElement(hour, 4) AS era,
        intDiv(startMs, 3600000) AS hourNo, arrayJoin(range(hourEvents)) AS place, tupleElement(hour, 2) + place AS number
      FROM (SELECT arrayJoin({hours:Array(Tuple(UInt64, UInt64, UInt64, UInt64))}) AS hour)
    )`;

  const drawn = `
    SELECT a.*, r.* EXCEPT slot,
      toUInt64(modulo(${draw('ending', 'a.number')}, 1000)) AS ending,
      modulo(intDiv(hourNo, 24) * 7 + r.provider_no * 13, 41) = 0 AND modulo(hourNo, 24) BETWEEN 13 AND 15 AS isOutage,
      ${firstEndings} AS ended,
      ended IN ('completed', 'drained', 'estimated') AS hasUsage,
      r.kind = 'embedding' AS isEmbedding,
      NOT isEmbedding AND modulo(${draw('streamed')}, 100) < r.stream_share AS isStreamed,
      ended IN ('completed', 'drained', 'cancelled', 'estimated') AS isAnswered,
      toUInt64(greatest(1, least(${MOST_INPUT_TOKENS}, round(${around('r.input_median', 0.8, 'input')} * if(r.app_no = 7 AND modulo(intDiv(hourNo, 24), 45) = 20, 4, 1))))) AS read,
      NOT isEmbedding AND ended != 'estimated' AS isSplit,
      if(isSplit AND ${chance('cached', 'r.cache_share')}, toUInt64(floor(read * (0.3 + 0.6 * ${unit(draw('cached part'))}))), 0) AS cached,
      if(isSplit AND r.kind = 'messages' AND ${chance('written', 260)}, toUInt64(floor((read - cached) * 0.6)), 0) AS written,
      ${chance('written for an hour', 120)} AS isWrittenForAnHour,
      toUInt64(read - cached - written) AS fresh,
      if(isSplit AND r.kind = 'gemini' AND ${chance('tools', 90)}, toUInt64(floor(fresh * 0.2)), 0) AS toolUse,
      if(isEmbedding, 0, toUInt64(greatest(1, round(${around('r.output_median', 0.7, 'output')})))) AS wrote,
      if(isSplit AND r.kind IN ('reasoning', 'gemini') AND ${chance('thinks', 700)}, toUInt64(floor(wrote * (0.2 + 0.5 * ${unit(draw('thought'))}))), 0) AS thought,
      if(isSplit AND r.searches AND ${chance('searches', 12)}, 1 + modulo(${draw('how many searches')}, 3), 0) AS searches,
      toUInt64(floor(${JOBS} * pow(${unit(draw('job'))}, 3))) AS job,
      round(${around('r.first_byte_ms', 0.45, 'first byte', 'a.number')} * if(isOutage, 2.5, 1), 2) AS firstByte,
      if(r.user_count = 0 OR modulo(${draw('has user')}, 100) < 8, NULL,
        concat('user-', leftPad(toString(modulo(r.user_first + modulo(r.user_offset + toUInt64(floor(r.user_count / ${CIRCLES} * pow(${unit(draw('user'))}, 2.2))), r.user_count), ${USERS})), 4, '0'))) AS userId
    FROM (${attempts}) AS a
    INNER JOIN ${routesTable} AS r ON a.slot = r.slot`;

  const used = (value: string) => maybe('hasUsage', value);
  const split = (value: string) => maybe('hasUsage AND isSplit', value);
  const failure = `modulo(${draw('failure', 'number')}, 100)`;
  const upstreamStatus = `multiIf(isAnswered, 200, ended = 'error', multiIf(${failure} < 60, 429, ${failure} < 85, 500, 529), NULL)`;
  const rawUsage = `if(kind = 'messages',
    concat('{"input_tokens":', toString(fresh), ',"cache_read_input_tokens":', toString(cached), ',"cache_creation_input_tokens":', toString(written), ',"output_tokens":', toString(wrote), '}'),
    concat('{"prompt_tokens":', toString(read), ',"completion_tokens":', toString(wrote), ',"total_tokens":', toString(read + wrote), '}'))`;

  const values: Record<keyof UsageEventRow, string> = {
    project_id: '{projectId:UUID}',
    started_at: "fromUnixTimestamp64Milli(toInt64(startedMs), 'UTC')",
    event_id: uuid('startedMs', 'event', 'number'),
    call_id: uuid('startMs', 'call', 'callNo'),
    attempt: 'isSecond + 1',
    environment: 'environment',
    provider: 'provider',
    provider_id: 'provider_id',
    provider_type: 'provider_type',
    endpoint: 'endpoint',
    method: "'POST'",
    path: 'path',
    requested_model: 'model',
    served_model: maybe('isAnswered', 'model'),
    service_tier: 'NULL',
    streamed: 'isStreamed',
    app_id: 'app_id',
    app: 'app',
    token_id: 'token_id',
    user: 'userId',
    agent: `if(empty(agents) OR job = ${JOBS - 1}, NULL, agents[modulo(job, length(agents)) + 1])`,
    tags: `CAST(map('team', team, 'cost-center', cost_center, 'feature', features[modulo(job, length(features)) + 1]), 'Map(LowCardinality(String), String)')`,
    conversation: maybe(
      chance('conversation', 300),
      "concat('conv-', toString(modulo(cityHash64(app, userId, hourNo), 1048576)))",
    ),
    trace_id: 'NULL',
    outcome: `multiIf(ended = 'completed', 'completed', ended IN ('drained', 'cancelled', 'estimated'), 'client_closed', ended = 'error', 'upstream_error', ended = 'timeout', 'upstream_timeout', ended)`,
    error_code: `multiIf(ended = 'error', multiIf(${failure} < 60, 'rate_limit_exceeded', ${failure} < 85, 'server_error', 'overloaded_error'), ended = 'timeout', 'upstream_timeout', ended = 'refused', if(${failure} < 50, 'budget_exceeded', 'model_not_allowed'), ended = 'interrupted', 'interrupted', NULL)`,
    status: `multiIf(isAnswered OR ended = 'error', ${upstreamStatus}, ended = 'timeout', 504, ended = 'refused', if(${failure} < 50, 429, 403), NULL)`,
    upstream_status: upstreamStatus,
    upstream_request_id: maybe(
      "isAnswered OR ended = 'error'",
      `concat('req_', lower(substring(hex(${draw('request', 'number')}), 5)))`,
    ),
    first_byte_ms: maybe("isAnswered OR ended = 'error'", 'firstByte'),
    first_token_ms: maybe(
      'isAnswered AND isStreamed',
      `round(firstByte + ${around('6', 0.8, 'first token', 'number')}, 2)`,
    ),
    duration_ms: `multiIf(isAnswered, round(firstByte + wrote * ms_per_token * (0.7 + 0.6 * ${unit(draw('speed', 'number'))}) + 1, 2), ended = 'error', firstByte + 0.5, ended = 'timeout', 60000 + modulo(${draw('late', 'number')}, 900), ended = 'refused', round(${around('0.6', 0.4, 'refusal', 'number')}, 2), NULL)`,
    overhead_ms: maybe("ended != 'interrupted'", `round(${around('0.35', 0.4, 'overhead', 'number')}, 2)`),
    request_bytes: 'read * 4 + 220',
    response_bytes: 'if(isAnswered, wrote * 5 + 640, 180)',
    abort_action: "multiIf(ended = 'drained', 'drained', ended IN ('cancelled', 'estimated'), 'cancelled', NULL)",
    client_retry: maybe("provider_type IN ('openai', 'anthropic')", chance('client retry', 25)),
    input_tokens: used('fresh'),
    cached_input_tokens: split('cached'),
    cache_write_5m_tokens: maybe("hasUsage AND isSplit AND kind = 'messages'", 'if(isWrittenForAnHour, 0, written)'),
    cache_write_1h_tokens: maybe("hasUsage AND isSplit AND kind = 'messages'", 'if(isWrittenForAnHour, written, 0)'),
    cache_write_unknown_tokens: 'NULL',
    output_tokens: maybe('hasUsage AND NOT isEmbedding', 'wrote'),
    reasoning_tokens: maybe("hasUsage AND isSplit AND kind IN ('reasoning', 'gemini')", 'thought'),
    tool_use_input_tokens: maybe("hasUsage AND isSplit AND kind = 'gemini'", 'toolUse'),
    audio_input_tokens: 'NULL',
    audio_output_tokens: 'NULL',
    image_input_tokens: 'NULL',
    image_output_tokens: 'NULL',
    cached_audio_input_tokens: 'NULL',
    other_meters:
      "CAST(if(hasUsage AND searches > 0, map('webSearches', toUInt64(searches)), CAST(map(), 'Map(String, UInt64)')), 'Map(LowCardinality(String), UInt64)')",
    usage_source: "multiIf(ended = 'estimated', 'estimated', hasUsage, 'reported', 'none')",
    estimator: maybe("ended = 'estimated'", "'o200k_base'"),
    estimated_meters:
      "if(ended = 'estimated', arrayFilter(meter -> meter != 'output' OR NOT isEmbedding, ['input', 'output']), [])",
    raw_usage: maybe("hasUsage AND ended != 'estimated'", rawUsage),
    provider_stated_cost_usd: 'NULL',
    alterations: "if(ended = 'refused', [], ['credential_replaced'])",
    snapshot_version: '{snapshotVersion:UInt64}',
    proxy_id: `'${SEED_PROXY}'`,
    batch_id: '{batchId:String}',
  };
  const columns = Object.keys(usageEventRow.shape) as (keyof UsageEventRow)[];
  return {
    columns,
    select: `SELECT ${columns.map((column) => `${values[column]} AS c_${column}`).join(',\n')}\nFROM (${drawn})`,
  };
}
