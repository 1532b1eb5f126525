-- What money is made of: the lines of all ratings, summed per hour, so that a total of any size opens down to
-- quantity x rate = amount. Fed from ratings_v1; a row holds what one insert added, so every read sums.
CREATE TABLE IF NOT EXISTS rating_lines_per_hour_v1{{local}} {{on_cluster}}
(
    project_id      UUID,
    hour            DateTime('UTC'),
    environment     LowCardinality(String),
    provider        LowCardinality(String),
    -- '' = not known, here and below.
    provider_type   LowCardinality(String),
    model           LowCardinality(String),
    app             LowCardinality(String),
    -- Why the cost of these calls is unknown; '' = it is known. Lines of unknown cost say what was used, at no rate.
    unpriced_reason LowCardinality(String),
    -- '' = the call itself: one such line per rating, so that calls can be counted whatever lines they have.
    bucket          LowCardinality(String),
    -- Decimal text as rated; '' = there is no rate, or the upstream stated the cost itself.
    usd_per_million LowCardinality(String),
    source          LowCardinality(String),
    rule            LowCardinality(String),

    -- Net of reversals. Wide, since quantity x rate has to be the amount whatever apps and upstreams claim.
    quantity        Int128,
    amount          Decimal(38, 12),
    events          Int64,
    -- Starts of the first and last call, reversed ones included.
    first_at        SimpleAggregateFunction(min, DateTime64(3, 'UTC')),
    last_at         SimpleAggregateFunction(max, DateTime64(3, 'UTC'))
)
ENGINE = {{SummingMergeTree}}
PARTITION BY toYYYYMM(hour)
-- As in usage_per_hour_v1; a receipt reads the whole of what a chart reads.
PRIMARY KEY (project_id, hour, environment, provider)
ORDER BY (project_id, hour, environment, provider, provider_type, model, app, unpriced_reason, bucket, usd_per_million, source, rule)
-- No TTL, like the money it explains.
SETTINGS
    non_replicated_deduplication_window = 100000,
    replicated_deduplication_window = 100000,
    replicated_deduplication_window_seconds = 86400;

CREATE MATERIALIZED VIEW IF NOT EXISTS rating_lines_per_hour_mv_v1 {{on_cluster}}
TO rating_lines_per_hour_v1{{local}} AS
SELECT
    project_id,
    toDateTime(toStartOfHour(started_at), 'UTC') AS hour,
    environment,
    provider,
    provider_type,
    model,
    app,
    if(isNull(total), ifNull(reason, 'unknown'), '') AS unpriced_reason,
    line.1 AS bucket,
    if(isNull(total) OR line.4 = 'upstream', '', ifNull(line.3, '')) AS usd_per_million,
    if(isNull(total), '', line.4) AS source,
    if(isNull(total), '', ifNull(line.5, '')) AS rule,
    sum(toInt128(abs(line.2)) * sign) AS quantity,
    sum(if(isNull(total), toDecimal128(0, 12), abs(ifNull(line.6, toDecimal128(0, 12))) * sign)) AS amount,
    sum(toInt64(sign)) AS events,
    min(started_at) AS first_at,
    max(started_at) AS last_at
FROM
(
    SELECT project_id, started_at, environment, provider, provider_type, model, app, reason, total, sign,
        arrayJoin(arrayConcat(
            [CAST(('', 0, NULL, '', NULL, NULL), 'Tuple(String, Int64, Nullable(String), String, Nullable(String), Nullable(Decimal(38, 12)))')],
            JSONExtract(lines, 'Array(Tuple(bucket String, quantity Int64, usdPerMillion Nullable(String), source String, rule Nullable(String), amount Nullable(Decimal(38, 12))))')
        )) AS line
    FROM ratings_v1{{local}}
)
GROUP BY project_id, hour, environment, provider, provider_type, model, app, unpriced_reason, bucket, usd_per_million, source, rule;

{{#cluster}}
-- Sharded only for the back-fill below; views write to the shard they are on.
CREATE TABLE IF NOT EXISTS rating_lines_per_hour_v1 {{on_cluster}} AS rating_lines_per_hour_v1{{local}}
ENGINE = Distributed('{{cluster}}', currentDatabase(), rating_lines_per_hour_v1{{local}}, cityHash64(project_id, hour));
{{/cluster}}

-- Everything rated before there was the view. Sorted and under tokens of its own, so that a repeat, also one beside the
-- first, inserts the same blocks and changes nothing. Nothing may write while schemas change.
INSERT INTO rating_lines_per_hour_v1
    (project_id, hour, environment, provider, provider_type, model, app, unpriced_reason, bucket, usd_per_million, source,
     rule, quantity, amount, events, first_at, last_at)
SELECT
    project_id,
    toDateTime(toStartOfHour(started_at), 'UTC') AS hour,
    environment,
    provider,
    provider_type,
    model,
    app,
    if(isNull(total), ifNull(reason, 'unknown'), '') AS unpriced_reason,
    line.1 AS bucket,
    if(isNull(total) OR line.4 = 'upstream', '', ifNull(line.3, '')) AS usd_per_million,
    if(isNull(total), '', line.4) AS source,
    if(isNull(total), '', ifNull(line.5, '')) AS rule,
    sum(toInt128(abs(line.2)) * sign) AS quantity,
    sum(if(isNull(total), toDecimal128(0, 12), abs(ifNull(line.6, toDecimal128(0, 12))) * sign)) AS amount,
    sum(toInt64(sign)) AS events,
    min(started_at) AS first_at,
    max(started_at) AS last_at
FROM
(
    SELECT project_id, started_at, environment, provider, provider_type, model, app, reason, total, sign,
        arrayJoin(arrayConcat(
            [CAST(('', 0, NULL, '', NULL, NULL), 'Tuple(String, Int64, Nullable(String), String, Nullable(String), Nullable(Decimal(38, 12)))')],
            JSONExtract(lines, 'Array(Tuple(bucket String, quantity Int64, usdPerMillion Nullable(String), source String, rule Nullable(String), amount Nullable(Decimal(38, 12))))')
        )) AS line
    FROM ratings_v1
    WHERE rated_at < (SELECT max(metadata_modification_time) + INTERVAL 1 SECOND FROM system.tables
        WHERE database = currentDatabase() AND name = 'rating_lines_per_hour_mv_v1')
)
GROUP BY project_id, hour, environment, provider, provider_type, model, app, unpriced_reason, bucket, usd_per_million, source, rule
ORDER BY ALL
SETTINGS insert_deduplication_token = 'fill-0007-lines', deduplicate_insert_select = 'force_enable', max_threads = 4,
    max_bytes_before_external_group_by = 2000000000, max_bytes_before_external_sort = 2000000000;

-- How many answers of each endpoint of a provider told what they used. Only answers that should have: complete, or read to
-- the end after their client left, and no look-ups through paths that nothing is known of.
CREATE TABLE IF NOT EXISTS usage_reports_per_hour_v1{{local}} {{on_cluster}}
(
    project_id       UUID,
    hour             DateTime('UTC'),
    provider         LowCardinality(String),
    endpoint         LowCardinality(String),
    reported         UInt64,
    estimated        UInt64,
    silent           UInt64,
    -- Starts of calls; 1970 or 2100 = there was none.
    last_reported_at SimpleAggregateFunction(max, DateTime64(3, 'UTC')),
    last_estimated_at SimpleAggregateFunction(max, DateTime64(3, 'UTC')),
    last_silent_at   SimpleAggregateFunction(max, DateTime64(3, 'UTC')),
    first_missing_at SimpleAggregateFunction(min, DateTime64(3, 'UTC'))
)
ENGINE = {{SummingMergeTree}}
PARTITION BY toYYYYMM(hour)
ORDER BY (project_id, hour, provider, endpoint)
-- No TTL: a few rows an hour.
SETTINGS
    non_replicated_deduplication_window = 100000,
    replicated_deduplication_window = 100000,
    replicated_deduplication_window_seconds = 86400;

CREATE MATERIALIZED VIEW IF NOT EXISTS usage_reports_per_hour_mv_v1 {{on_cluster}}
TO usage_reports_per_hour_v1{{local}} AS
SELECT
    project_id,
    toDateTime(toStartOfHour(started_at), 'UTC') AS hour,
    provider,
    endpoint,
    countIf(usage_source IN ('reported', 'partial')) AS reported,
    countIf(usage_source = 'estimated') AS estimated,
    countIf(usage_source = 'none') AS silent,
    maxIf(started_at, usage_source IN ('reported', 'partial')) AS last_reported_at,
    maxIf(started_at, usage_source = 'estimated') AS last_estimated_at,
    maxIf(started_at, usage_source = 'none') AS last_silent_at,
    min(if(usage_source IN ('estimated', 'none'), started_at, toDateTime64('2100-01-01 00:00:00', 3, 'UTC'))) AS first_missing_at
FROM usage_events_v1{{local}}
WHERE (outcome = 'completed' OR abort_action = 'drained') AND upstream_status BETWEEN 200 AND 299
    AND NOT (endpoint = 'opaque' AND method IN ('GET', 'HEAD', 'OPTIONS', 'DELETE'))
GROUP BY project_id, hour, provider, endpoint;

{{#cluster}}
CREATE TABLE IF NOT EXISTS usage_reports_per_hour_v1 {{on_cluster}} AS usage_reports_per_hour_v1{{local}}
ENGINE = Distributed('{{cluster}}', currentDatabase(), usage_reports_per_hour_v1{{local}}, cityHash64(project_id, hour));
{{/cluster}}

-- The last days, which is as far back as anybody is told of.
INSERT INTO usage_reports_per_hour_v1
    (project_id, hour, provider, endpoint, reported, estimated, silent, last_reported_at, last_estimated_at, last_silent_at,
     first_missing_at)
SELECT
    project_id,
    toDateTime(toStartOfHour(started_at), 'UTC') AS hour,
    provider,
    endpoint,
    countIf(usage_source IN ('reported', 'partial')) AS reported,
    countIf(usage_source = 'estimated') AS estimated,
    countIf(usage_source = 'none') AS silent,
    maxIf(started_at, usage_source IN ('reported', 'partial')) AS last_reported_at,
    maxIf(started_at, usage_source = 'estimated') AS last_estimated_at,
    maxIf(started_at, usage_source = 'none') AS last_silent_at,
    min(if(usage_source IN ('estimated', 'none'), started_at, toDateTime64('2100-01-01 00:00:00', 3, 'UTC'))) AS first_missing_at
FROM usage_events_v1
WHERE stored_at < (SELECT max(metadata_modification_time) + INTERVAL 1 SECOND FROM system.tables
        WHERE database = currentDatabase() AND name = 'usage_reports_per_hour_mv_v1')
    AND started_at >= (SELECT max(metadata_modification_time) - INTERVAL 10 DAY FROM system.tables
        WHERE database = currentDatabase() AND name = 'usage_reports_per_hour_mv_v1')
    AND (outcome = 'completed' OR abort_action = 'drained') AND upstream_status BETWEEN 200 AND 299
    AND NOT (endpoint = 'opaque' AND method IN ('GET', 'HEAD', 'OPTIONS', 'DELETE'))
GROUP BY project_id, hour, provider, endpoint
ORDER BY ALL
SETTINGS insert_deduplication_token = 'fill-0007-reports', deduplicate_insert_select = 'force_enable';

-- Calls are first attempts from now on, and attempts are all of them. What was summed before has no second attempts, so its
-- attempts are its calls, which the default says without a rewrite.
ALTER TABLE usage_per_hour_v1{{local}} {{on_cluster}}
    ADD COLUMN IF NOT EXISTS attempts UInt64 DEFAULT calls AFTER calls,
    ADD COLUMN IF NOT EXISTS opaque_calls UInt64 AFTER attempts,
    ADD COLUMN IF NOT EXISTS retried_calls UInt64 AFTER opaque_calls,
    ADD COLUMN IF NOT EXISTS cached_audio_input_tokens UInt64 AFTER image_output_tokens;

{{#cluster}}
ALTER TABLE usage_per_hour_v1 {{on_cluster}}
    ADD COLUMN IF NOT EXISTS attempts UInt64 DEFAULT calls AFTER calls,
    ADD COLUMN IF NOT EXISTS opaque_calls UInt64 AFTER attempts,
    ADD COLUMN IF NOT EXISTS retried_calls UInt64 AFTER opaque_calls,
    ADD COLUMN IF NOT EXISTS cached_audio_input_tokens UInt64 AFTER image_output_tokens;
{{/cluster}}

-- Replaced as a whole: under MODIFY QUERY the server gives inserts into the target other tokens until it is started anew, and
-- what is sent again after that would be counted twice.
CREATE OR REPLACE MATERIALIZED VIEW usage_per_hour_from_events_mv_v1 {{on_cluster}}
TO usage_per_hour_v1{{local}} AS
SELECT
    project_id,
    toDateTime(toStartOfHour(started_at), 'UTC') AS hour,
    environment,
    provider,
    ifNull(provider_type, '') AS provider_type,
    coalesce(served_model, requested_model, '') AS model,
    app,
    ifNull(agent, '') AS agent,
    ifNull(user, '') AS user,
    countIf(attempt = 1) AS calls,
    count() AS attempts,
    countIf(endpoint = 'opaque') AS opaque_calls,
    countIf(client_retry > 0) AS retried_calls,
    countIf(outcome NOT IN ('completed', 'client_closed', 'refused')) AS failed_calls,
    countIf(outcome = 'refused') AS refused_calls,
    countIf(outcome = 'client_closed') AS client_closed_calls,
    countIf(usage_source IN ('estimated', 'partial')) AS estimated_calls,
    sum(ifNull(e.input_tokens, 0)) AS input_tokens,
    sum(ifNull(e.cached_input_tokens, 0)) AS cached_input_tokens,
    sum(ifNull(e.cache_write_5m_tokens, 0)) AS cache_write_5m_tokens,
    sum(ifNull(e.cache_write_1h_tokens, 0)) AS cache_write_1h_tokens,
    sum(ifNull(e.cache_write_unknown_tokens, 0)) AS cache_write_unknown_tokens,
    sum(ifNull(e.output_tokens, 0)) AS output_tokens,
    sum(ifNull(e.reasoning_tokens, 0)) AS reasoning_tokens,
    sum(ifNull(e.tool_use_input_tokens, 0)) AS tool_use_input_tokens,
    sum(ifNull(e.audio_input_tokens, 0)) AS audio_input_tokens,
    sum(ifNull(e.audio_output_tokens, 0)) AS audio_output_tokens,
    sum(ifNull(e.image_input_tokens, 0)) AS image_input_tokens,
    sum(ifNull(e.image_output_tokens, 0)) AS image_output_tokens,
    sum(ifNull(e.cached_audio_input_tokens, 0)) AS cached_audio_input_tokens,
    countIf(e.input_tokens > 0) AS calls_with_input,
    countIf(e.cached_input_tokens > 0) AS calls_with_cached_input,
    countIf(ifNull(e.cache_write_5m_tokens, 0) + ifNull(e.cache_write_1h_tokens, 0) + ifNull(e.cache_write_unknown_tokens, 0) > 0) AS calls_with_cache_write,
    countIf(ifNull(e.output_tokens, 0) > ifNull(e.reasoning_tokens, 0)) AS calls_with_output,
    countIf(e.reasoning_tokens > 0) AS calls_with_reasoning,
    sum(ifNull(e.duration_ms, 0)) AS duration_ms,
    countIf(isNotNull(e.duration_ms)) AS timed_calls
FROM usage_events_v1{{local}} AS e
GROUP BY project_id, hour, environment, provider, provider_type, model, app, agent, user;
