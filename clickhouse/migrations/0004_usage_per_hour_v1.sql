-- Sums per hour, fed by two views: counts and tokens from the events, money from the ratings. A row holds what one
-- insert added; rows of one key are merged in the background, so every read sums.
CREATE TABLE IF NOT EXISTS usage_per_hour_v1{{local}} {{on_cluster}}
(
    project_id                 UUID,
    hour                       DateTime('UTC'),
    environment                LowCardinality(String),
    provider                   LowCardinality(String),
    -- '' = not known, here and below.
    provider_type              LowCardinality(String),
    -- The model that served, else the one asked for.
    model                      LowCardinality(String),
    app                        LowCardinality(String),
    agent                      LowCardinality(String),
    user                       String,

    -- From usage_events_v1.
    calls                      UInt64,
    failed_calls               UInt64,
    refused_calls              UInt64,
    client_closed_calls        UInt64,
    estimated_calls            UInt64,
    -- Sums of the quantities that are known.
    input_tokens               UInt64,
    cached_input_tokens        UInt64,
    cache_write_5m_tokens      UInt64,
    cache_write_1h_tokens      UInt64,
    cache_write_unknown_tokens UInt64,
    output_tokens              UInt64,
    reasoning_tokens           UInt64,
    tool_use_input_tokens      UInt64,
    audio_input_tokens         UInt64,
    audio_output_tokens        UInt64,
    image_input_tokens         UInt64,
    image_output_tokens        UInt64,
    -- Calls that had any of it, for the split by kind of token.
    calls_with_input           UInt64,
    calls_with_cached_input    UInt64,
    calls_with_cache_write     UInt64,
    calls_with_output          UInt64,
    calls_with_reasoning       UInt64,
    duration_ms                Float64,
    timed_calls                UInt64,

    -- From ratings_v1, net of reversals; signed, since a reversal may come before its hour is merged.
    rated_calls                Int64,
    priced_calls               Int64,
    free_calls                 Int64,
    calls_without_usage        Int64,
    spend                      Decimal(38, 12),
    spend_input                Decimal(38, 12),
    spend_cached_input         Decimal(38, 12),
    spend_cache_write          Decimal(38, 12),
    spend_output               Decimal(38, 12),
    spend_reasoning            Decimal(38, 12),
    spend_other                Decimal(38, 12)
)
ENGINE = {{SummingMergeTree}}
PARTITION BY toYYYYMM(hour)
-- Project and time come first in every question. The sparse index needs no more than the first four.
PRIMARY KEY (project_id, hour, environment, provider)
ORDER BY (project_id, hour, environment, provider, provider_type, model, app, agent, user)
-- No TTL: a chart of past years costs next to nothing to keep.
SETTINGS
    -- A view's target needs a window of its own: with one on the source only, a repeated insert is dropped there and
    -- counted again here.
    non_replicated_deduplication_window = 100000,
    replicated_deduplication_window = 100000,
    replicated_deduplication_window_seconds = 86400;

CREATE MATERIALIZED VIEW IF NOT EXISTS usage_per_hour_from_events_mv_v1 {{on_cluster}}
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
    count() AS calls,
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
    countIf(e.input_tokens > 0) AS calls_with_input,
    countIf(e.cached_input_tokens > 0) AS calls_with_cached_input,
    countIf(ifNull(e.cache_write_5m_tokens, 0) + ifNull(e.cache_write_1h_tokens, 0) + ifNull(e.cache_write_unknown_tokens, 0) > 0) AS calls_with_cache_write,
    countIf(ifNull(e.output_tokens, 0) > ifNull(e.reasoning_tokens, 0)) AS calls_with_output,
    countIf(e.reasoning_tokens > 0) AS calls_with_reasoning,
    sum(ifNull(e.duration_ms, 0)) AS duration_ms,
    countIf(isNotNull(e.duration_ms)) AS timed_calls
FROM usage_events_v1{{local}} AS e
GROUP BY project_id, hour, environment, provider, provider_type, model, app, agent, user;

CREATE MATERIALIZED VIEW IF NOT EXISTS usage_per_hour_from_ratings_mv_v1 {{on_cluster}}
TO usage_per_hour_v1{{local}} AS
SELECT
    project_id,
    toDateTime(toStartOfHour(started_at), 'UTC') AS hour,
    environment,
    provider,
    provider_type,
    model,
    app,
    agent,
    user,
    sum(toInt64(sign)) AS rated_calls,
    sumIf(toInt64(sign), isNotNull(total)) AS priced_calls,
    sumIf(toInt64(sign), status = 'free') AS free_calls,
    sumIf(toInt64(sign), reason = 'usage_unknown') AS calls_without_usage,
    sum(ifNull(total, toDecimal128(0, 12))) AS spend,
    sum(amount_input) AS spend_input,
    sum(amount_cached_input) AS spend_cached_input,
    sum(amount_cache_write) AS spend_cache_write,
    sum(amount_output) AS spend_output,
    sum(amount_reasoning) AS spend_reasoning,
    sum(amount_other) AS spend_other
FROM ratings_v1{{local}}
GROUP BY project_id, hour, environment, provider, provider_type, model, app, agent, user;

{{#cluster}}
CREATE TABLE IF NOT EXISTS usage_per_hour_v1 {{on_cluster}} AS usage_per_hour_v1{{local}}
ENGINE = Distributed('{{cluster}}', currentDatabase(), usage_per_hour_v1{{local}});
{{/cluster}}
