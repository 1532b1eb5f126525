-- Usage by user alone, and by agent and tags alone: nearly every question about one does not ask for the other, and the rows of
-- both at once (usage_per_hour_v1) are as many as all their pairs. Each row of those is here twice: under split 'user' without
-- agent and tags, under 'labels' without user. As there, a row holds what one insert added, so every read sums; no TTL.
CREATE TABLE IF NOT EXISTS split_usage_per_hour_v1{{local}} {{on_cluster}}
(
    project_id             UUID,
    split                  LowCardinality(String),
    hour                   DateTime('UTC'),
    environment            LowCardinality(String),
    provider               LowCardinality(String),
    provider_type          LowCardinality(String),
    model                  LowCardinality(String),
    app                    LowCardinality(String),
    agent                  LowCardinality(String),
    user                   String,
    tags                   Map(LowCardinality(String), String),
    calls                  UInt64,
    attempts               UInt64,
    opaque_calls           UInt64,
    retried_calls          UInt64,
    failed_calls           UInt64,
    refused_calls          UInt64,
    estimated_calls        UInt64,
    input_tokens           UInt64,
    cached_input_tokens    UInt64,
    cache_write_tokens     UInt64,
    output_tokens          UInt64,
    reasoning_tokens       UInt64,
    tool_use_input_tokens  UInt64,
    token_kinds            SimpleAggregateFunction(sumMap, Map(UInt16, UInt64)),
    latencies              SimpleAggregateFunction(sumMap, Map(UInt16, UInt64)),
    first_tokens           SimpleAggregateFunction(sumMap, Map(UInt16, UInt64)),
    priced_calls           Int64,
    free_calls             Int64,
    calls_without_usage    Int64,
    spend                  Decimal(38, 12),
    spend_input            Decimal(38, 12),
    spend_cached_input     Decimal(38, 12),
    spend_cache_write      Decimal(38, 12),
    spend_output           Decimal(38, 12),
    spend_reasoning        Decimal(38, 12),
    spend_other            Decimal(38, 12),
    spend_tool_use         Decimal(38, 12),
    cost_kinds             SimpleAggregateFunction(sumMap, Map(UInt16, Int64))
)
ENGINE = {{SummingMergeTree}}
PARTITION BY toYYYYMM(hour)
PRIMARY KEY (project_id, split, hour, environment, provider)
ORDER BY (project_id, split, hour, environment, provider, provider_type, model, app, agent, user, tags)
SETTINGS
    non_replicated_deduplication_window = 100000,
    replicated_deduplication_window = 100000,
    replicated_deduplication_window_seconds = 86400;

CREATE MATERIALIZED VIEW IF NOT EXISTS split_usage_per_hour_mv_v1 {{on_cluster}}
TO split_usage_per_hour_v1{{local}} AS
SELECT
    project_id,
    arrayJoin(['user', 'labels']) AS split,
    hour,
    environment, provider, provider_type, model, app, if(split = 'labels', s.agent, '') AS agent,
    if(split = 'user', s.user, '') AS user, if(split = 'labels', s.tags, CAST(map(), 'Map(LowCardinality(String), String)')) AS tags,
    sum(s.calls) AS calls, sum(s.attempts) AS attempts, sum(s.opaque_calls) AS opaque_calls,
    sum(s.retried_calls) AS retried_calls, sum(s.failed_calls) AS failed_calls, sum(s.refused_calls) AS refused_calls,
    sum(s.estimated_calls) AS estimated_calls, sum(s.input_tokens) AS input_tokens,
    sum(s.cached_input_tokens) AS cached_input_tokens,
    sum(cache_write_5m_tokens + cache_write_1h_tokens + cache_write_unknown_tokens) AS cache_write_tokens,
    sum(s.output_tokens) AS output_tokens, sum(s.reasoning_tokens) AS reasoning_tokens,
    sum(s.tool_use_input_tokens) AS tool_use_input_tokens, sumMap(s.token_kinds) AS token_kinds,
    sumMap(s.latencies) AS latencies, sumMap(s.first_tokens) AS first_tokens, sum(s.priced_calls) AS priced_calls,
    sum(s.free_calls) AS free_calls, sum(s.calls_without_usage) AS calls_without_usage, sum(s.spend) AS spend,
    sum(s.spend_input) AS spend_input, sum(s.spend_cached_input) AS spend_cached_input,
    sum(s.spend_cache_write) AS spend_cache_write, sum(s.spend_output) AS spend_output,
    sum(s.spend_reasoning) AS spend_reasoning, sum(s.spend_other) AS spend_other, sum(s.spend_tool_use) AS spend_tool_use,
    sumMap(s.cost_kinds) AS cost_kinds
FROM usage_per_hour_v1{{local}} AS s
GROUP BY project_id, split, hour, environment, provider, provider_type, model, app, agent, user, tags;

{{#cluster}}
CREATE TABLE IF NOT EXISTS split_usage_per_hour_v1 {{on_cluster}} AS split_usage_per_hour_v1{{local}}
ENGINE = Distributed('{{cluster}}', currentDatabase(), split_usage_per_hour_v1{{local}}, cityHash64(project_id, hour));
{{/cluster}}

-- And that by the UTC day.
CREATE TABLE IF NOT EXISTS split_usage_per_day_v1{{local}} {{on_cluster}}
(
    project_id             UUID,
    split                  LowCardinality(String),
    day                    DateTime('UTC'),
    environment            LowCardinality(String),
    provider               LowCardinality(String),
    provider_type          LowCardinality(String),
    model                  LowCardinality(String),
    app                    LowCardinality(String),
    agent                  LowCardinality(String),
    user                   String,
    tags                   Map(LowCardinality(String), String),
    calls                  UInt64,
    attempts               UInt64,
    opaque_calls           UInt64,
    retried_calls          UInt64,
    failed_calls           UInt64,
    refused_calls          UInt64,
    estimated_calls        UInt64,
    input_tokens           UInt64,
    cached_input_tokens    UInt64,
    cache_write_tokens     UInt64,
    output_tokens          UInt64,
    reasoning_tokens       UInt64,
    tool_use_input_tokens  UInt64,
    token_kinds            SimpleAggregateFunction(sumMap, Map(UInt16, UInt64)),
    latencies              SimpleAggregateFunction(sumMap, Map(UInt16, UInt64)),
    first_tokens           SimpleAggregateFunction(sumMap, Map(UInt16, UInt64)),
    priced_calls           Int64,
    free_calls             Int64,
    calls_without_usage    Int64,
    spend                  Decimal(38, 12),
    spend_input            Decimal(38, 12),
    spend_cached_input     Decimal(38, 12),
    spend_cache_write      Decimal(38, 12),
    spend_output           Decimal(38, 12),
    spend_reasoning        Decimal(38, 12),
    spend_other            Decimal(38, 12),
    spend_tool_use         Decimal(38, 12),
    cost_kinds             SimpleAggregateFunction(sumMap, Map(UInt16, Int64))
)
ENGINE = {{SummingMergeTree}}
PARTITION BY toYYYYMM(day)
PRIMARY KEY (project_id, split, day, environment, provider)
ORDER BY (project_id, split, day, environment, provider, provider_type, model, app, agent, user, tags)
SETTINGS
    non_replicated_deduplication_window = 100000,
    replicated_deduplication_window = 100000,
    replicated_deduplication_window_seconds = 86400;

CREATE MATERIALIZED VIEW IF NOT EXISTS split_usage_per_day_mv_v1 {{on_cluster}}
TO split_usage_per_day_v1{{local}} AS
SELECT
    project_id, split, toDateTime(toStartOfDay(hour), 'UTC') AS day,
    environment, provider, provider_type, model, app, agent, user, tags, sum(s.calls) AS calls,
    sum(s.attempts) AS attempts, sum(s.opaque_calls) AS opaque_calls, sum(s.retried_calls) AS retried_calls,
    sum(s.failed_calls) AS failed_calls, sum(s.refused_calls) AS refused_calls, sum(s.estimated_calls) AS estimated_calls,
    sum(s.input_tokens) AS input_tokens, sum(s.cached_input_tokens) AS cached_input_tokens,
    sum(s.cache_write_tokens) AS cache_write_tokens, sum(s.output_tokens) AS output_tokens,
    sum(s.reasoning_tokens) AS reasoning_tokens, sum(s.tool_use_input_tokens) AS tool_use_input_tokens,
    sumMap(s.token_kinds) AS token_kinds, sumMap(s.latencies) AS latencies, sumMap(s.first_tokens) AS first_tokens,
    sum(s.priced_calls) AS priced_calls, sum(s.free_calls) AS free_calls,
    sum(s.calls_without_usage) AS calls_without_usage, sum(s.spend) AS spend, sum(s.spend_input) AS spend_input,
    sum(s.spend_cached_input) AS spend_cached_input, sum(s.spend_cache_write) AS spend_cache_write,
    sum(s.spend_output) AS spend_output, sum(s.spend_reasoning) AS spend_reasoning, sum(s.spend_other) AS spend_other,
    sum(s.spend_tool_use) AS spend_tool_use, sumMap(s.cost_kinds) AS cost_kinds
FROM split_usage_per_hour_v1{{local}} AS s
GROUP BY project_id, split, day, environment, provider, provider_type, model, app, agent, user, tags;

{{#cluster}}
CREATE TABLE IF NOT EXISTS split_usage_per_day_v1 {{on_cluster}} AS split_usage_per_day_v1{{local}}
ENGINE = Distributed('{{cluster}}', currentDatabase(), split_usage_per_day_v1{{local}}, cityHash64(project_id, day));
{{/cluster}}

-- What each lacks of the one before it. The view passes on what is inserted here, so the second is filled by itself: a repeat
-- finds what is missing and nothing else. Day by day, since the sums of years do not fit in memory at once.
INSERT INTO split_usage_per_hour_v1
    (project_id, split, hour, environment, provider, provider_type, model, app, agent, user, tags, calls, attempts,
     opaque_calls, retried_calls, failed_calls, refused_calls, estimated_calls, input_tokens, cached_input_tokens,
     cache_write_tokens, output_tokens, reasoning_tokens, tool_use_input_tokens, token_kinds, latencies, first_tokens,
     priced_calls, free_calls, calls_without_usage, spend, spend_input, spend_cached_input, spend_cache_write,
     spend_output, spend_reasoning, spend_other, spend_tool_use, cost_kinds)
SELECT
    project_id, split, hour, environment, provider, provider_type, model, app, agent, user, tags, sum(d.calls) AS calls,
    sum(d.attempts) AS attempts, sum(d.opaque_calls) AS opaque_calls, sum(d.retried_calls) AS retried_calls,
    sum(d.failed_calls) AS failed_calls, sum(d.refused_calls) AS refused_calls, sum(d.estimated_calls) AS estimated_calls,
    sum(d.input_tokens) AS input_tokens, sum(d.cached_input_tokens) AS cached_input_tokens,
    sum(d.cache_write_tokens) AS cache_write_tokens, sum(d.output_tokens) AS output_tokens,
    sum(d.reasoning_tokens) AS reasoning_tokens, sum(d.tool_use_input_tokens) AS tool_use_input_tokens,
    sumMap(d.token_kinds) AS token_kinds, sumMap(d.latencies) AS latencies, sumMap(d.first_tokens) AS first_tokens,
    sum(d.priced_calls) AS priced_calls, sum(d.free_calls) AS free_calls,
    sum(d.calls_without_usage) AS calls_without_usage, sum(d.spend) AS spend, sum(d.spend_input) AS spend_input,
    sum(d.spend_cached_input) AS spend_cached_input, sum(d.spend_cache_write) AS spend_cache_write,
    sum(d.spend_output) AS spend_output, sum(d.spend_reasoning) AS spend_reasoning, sum(d.spend_other) AS spend_other,
    sum(d.spend_tool_use) AS spend_tool_use, sumMap(d.cost_kinds) AS cost_kinds
FROM
(
    SELECT
        project_id,
        arrayJoin(['user', 'labels']) AS split,
        hour,
        environment, provider, provider_type, model, app, if(split = 'labels', s.agent, '') AS agent,
        if(split = 'user', s.user, '') AS user, if(split = 'labels', s.tags, CAST(map(), 'Map(LowCardinality(String), String)')) AS tags,
        sum(s.calls) AS calls, sum(s.attempts) AS attempts, sum(s.opaque_calls) AS opaque_calls,
        sum(s.retried_calls) AS retried_calls, sum(s.failed_calls) AS failed_calls, sum(s.refused_calls) AS refused_calls,
        sum(s.estimated_calls) AS estimated_calls, sum(s.input_tokens) AS input_tokens,
        sum(s.cached_input_tokens) AS cached_input_tokens,
        sum(cache_write_5m_tokens + cache_write_1h_tokens + cache_write_unknown_tokens) AS cache_write_tokens,
        sum(s.output_tokens) AS output_tokens, sum(s.reasoning_tokens) AS reasoning_tokens,
        sum(s.tool_use_input_tokens) AS tool_use_input_tokens, sumMap(s.token_kinds) AS token_kinds,
        sumMap(s.latencies) AS latencies, sumMap(s.first_tokens) AS first_tokens, sum(s.priced_calls) AS priced_calls,
        sum(s.free_calls) AS free_calls, sum(s.calls_without_usage) AS calls_without_usage, sum(s.spend) AS spend,
        sum(s.spend_input) AS spend_input, sum(s.spend_cached_input) AS spend_cached_input,
        sum(s.spend_cache_write) AS spend_cache_write, sum(s.spend_output) AS spend_output,
        sum(s.spend_reasoning) AS spend_reasoning, sum(s.spend_other) AS spend_other, sum(s.spend_tool_use) AS spend_tool_use,
        sumMap(s.cost_kinds) AS cost_kinds
    FROM usage_per_hour_v1 AS s
    WHERE hour >= {{day of usage_per_hour_v1}} AND hour < {{day of usage_per_hour_v1}} + INTERVAL 1 DAY
    GROUP BY project_id, split, hour, environment, provider, provider_type, model, app, agent, user, tags
    UNION ALL
    SELECT
        project_id, split, hour, environment, provider, provider_type, model, app, agent, user, tags,
        toUInt64(-toInt64(calls)) AS calls, toUInt64(-toInt64(attempts)) AS attempts,
        toUInt64(-toInt64(opaque_calls)) AS opaque_calls, toUInt64(-toInt64(retried_calls)) AS retried_calls,
        toUInt64(-toInt64(failed_calls)) AS failed_calls, toUInt64(-toInt64(refused_calls)) AS refused_calls,
        toUInt64(-toInt64(estimated_calls)) AS estimated_calls, toUInt64(-toInt64(input_tokens)) AS input_tokens,
        toUInt64(-toInt64(cached_input_tokens)) AS cached_input_tokens,
        toUInt64(-toInt64(cache_write_tokens)) AS cache_write_tokens, toUInt64(-toInt64(output_tokens)) AS output_tokens,
        toUInt64(-toInt64(reasoning_tokens)) AS reasoning_tokens,
        toUInt64(-toInt64(tool_use_input_tokens)) AS tool_use_input_tokens,
        mapApply((kind, times) -> (kind, toUInt64(-toInt64(times))), token_kinds) AS token_kinds,
        mapApply((kind, times) -> (kind, toUInt64(-toInt64(times))), latencies) AS latencies,
        mapApply((kind, times) -> (kind, toUInt64(-toInt64(times))), first_tokens) AS first_tokens,
        toInt64(-toInt64(priced_calls)) AS priced_calls, toInt64(-toInt64(free_calls)) AS free_calls,
        toInt64(-toInt64(calls_without_usage)) AS calls_without_usage, -spend AS spend, -spend_input AS spend_input,
        -spend_cached_input AS spend_cached_input, -spend_cache_write AS spend_cache_write, -spend_output AS spend_output,
        -spend_reasoning AS spend_reasoning, -spend_other AS spend_other, -spend_tool_use AS spend_tool_use,
        mapApply((kind, times) -> (kind, toInt64(-toInt64(times))), cost_kinds) AS cost_kinds
    FROM split_usage_per_hour_v1
    WHERE hour >= {{day of usage_per_hour_v1}} AND hour < {{day of usage_per_hour_v1}} + INTERVAL 1 DAY
) AS d
GROUP BY project_id, split, hour, environment, provider, provider_type, model, app, agent, user, tags
HAVING
    calls != 0 OR attempts != 0 OR opaque_calls != 0 OR retried_calls != 0 OR failed_calls != 0 OR refused_calls != 0 OR
    estimated_calls != 0 OR input_tokens != 0 OR cached_input_tokens != 0 OR cache_write_tokens != 0 OR
    output_tokens != 0 OR reasoning_tokens != 0 OR tool_use_input_tokens != 0 OR
    arrayExists(times -> times != 0, mapValues(token_kinds)) OR arrayExists(times -> times != 0, mapValues(latencies)) OR
    arrayExists(times -> times != 0, mapValues(first_tokens)) OR priced_calls != 0 OR free_calls != 0 OR
    calls_without_usage != 0 OR spend != 0 OR spend_input != 0 OR spend_cached_input != 0 OR spend_cache_write != 0 OR
    spend_output != 0 OR spend_reasoning != 0 OR spend_other != 0 OR spend_tool_use != 0 OR
    arrayExists(times -> times != 0, mapValues(cost_kinds))
ORDER BY ALL
SETTINGS deduplicate_insert_select = 'force_enable', max_threads = 4,
    max_bytes_before_external_group_by = 2000000000, max_bytes_before_external_sort = 2000000000;

INSERT INTO split_usage_per_day_v1
    (project_id, split, day, environment, provider, provider_type, model, app, agent, user, tags, calls, attempts,
     opaque_calls, retried_calls, failed_calls, refused_calls, estimated_calls, input_tokens, cached_input_tokens,
     cache_write_tokens, output_tokens, reasoning_tokens, tool_use_input_tokens, token_kinds, latencies, first_tokens,
     priced_calls, free_calls, calls_without_usage, spend, spend_input, spend_cached_input, spend_cache_write,
     spend_output, spend_reasoning, spend_other, spend_tool_use, cost_kinds)
SELECT
    project_id, split, day, environment, provider, provider_type, model, app, agent, user, tags, sum(d.calls) AS calls,
    sum(d.attempts) AS attempts, sum(d.opaque_calls) AS opaque_calls, sum(d.retried_calls) AS retried_calls,
    sum(d.failed_calls) AS failed_calls, sum(d.refused_calls) AS refused_calls, sum(d.estimated_calls) AS estimated_calls,
    sum(d.input_tokens) AS input_tokens, sum(d.cached_input_tokens) AS cached_input_tokens,
    sum(d.cache_write_tokens) AS cache_write_tokens, sum(d.output_tokens) AS output_tokens,
    sum(d.reasoning_tokens) AS reasoning_tokens, sum(d.tool_use_input_tokens) AS tool_use_input_tokens,
    sumMap(d.token_kinds) AS token_kinds, sumMap(d.latencies) AS latencies, sumMap(d.first_tokens) AS first_tokens,
    sum(d.priced_calls) AS priced_calls, sum(d.free_calls) AS free_calls,
    sum(d.calls_without_usage) AS calls_without_usage, sum(d.spend) AS spend, sum(d.spend_input) AS spend_input,
    sum(d.spend_cached_input) AS spend_cached_input, sum(d.spend_cache_write) AS spend_cache_write,
    sum(d.spend_output) AS spend_output, sum(d.spend_reasoning) AS spend_reasoning, sum(d.spend_other) AS spend_other,
    sum(d.spend_tool_use) AS spend_tool_use, sumMap(d.cost_kinds) AS cost_kinds
FROM
(
    SELECT
        project_id, split, toDateTime(toStartOfDay(hour), 'UTC') AS day,
        environment, provider, provider_type, model, app, agent, user, tags, sum(s.calls) AS calls,
        sum(s.attempts) AS attempts, sum(s.opaque_calls) AS opaque_calls, sum(s.retried_calls) AS retried_calls,
        sum(s.failed_calls) AS failed_calls, sum(s.refused_calls) AS refused_calls, sum(s.estimated_calls) AS estimated_calls,
        sum(s.input_tokens) AS input_tokens, sum(s.cached_input_tokens) AS cached_input_tokens,
        sum(s.cache_write_tokens) AS cache_write_tokens, sum(s.output_tokens) AS output_tokens,
        sum(s.reasoning_tokens) AS reasoning_tokens, sum(s.tool_use_input_tokens) AS tool_use_input_tokens,
        sumMap(s.token_kinds) AS token_kinds, sumMap(s.latencies) AS latencies, sumMap(s.first_tokens) AS first_tokens,
        sum(s.priced_calls) AS priced_calls, sum(s.free_calls) AS free_calls,
        sum(s.calls_without_usage) AS calls_without_usage, sum(s.spend) AS spend, sum(s.spend_input) AS spend_input,
        sum(s.spend_cached_input) AS spend_cached_input, sum(s.spend_cache_write) AS spend_cache_write,
        sum(s.spend_output) AS spend_output, sum(s.spend_reasoning) AS spend_reasoning, sum(s.spend_other) AS spend_other,
        sum(s.spend_tool_use) AS spend_tool_use, sumMap(s.cost_kinds) AS cost_kinds
    FROM split_usage_per_hour_v1 AS s
    WHERE hour >= {{day of usage_per_hour_v1}} AND hour < {{day of usage_per_hour_v1}} + INTERVAL 1 DAY
    GROUP BY project_id, split, day, environment, provider, provider_type, model, app, agent, user, tags
    UNION ALL
    SELECT
        project_id, split, day, environment, provider, provider_type, model, app, agent, user, tags,
        toUInt64(-toInt64(calls)) AS calls, toUInt64(-toInt64(attempts)) AS attempts,
        toUInt64(-toInt64(opaque_calls)) AS opaque_calls, toUInt64(-toInt64(retried_calls)) AS retried_calls,
        toUInt64(-toInt64(failed_calls)) AS failed_calls, toUInt64(-toInt64(refused_calls)) AS refused_calls,
        toUInt64(-toInt64(estimated_calls)) AS estimated_calls, toUInt64(-toInt64(input_tokens)) AS input_tokens,
        toUInt64(-toInt64(cached_input_tokens)) AS cached_input_tokens,
        toUInt64(-toInt64(cache_write_tokens)) AS cache_write_tokens, toUInt64(-toInt64(output_tokens)) AS output_tokens,
        toUInt64(-toInt64(reasoning_tokens)) AS reasoning_tokens,
        toUInt64(-toInt64(tool_use_input_tokens)) AS tool_use_input_tokens,
        mapApply((kind, times) -> (kind, toUInt64(-toInt64(times))), token_kinds) AS token_kinds,
        mapApply((kind, times) -> (kind, toUInt64(-toInt64(times))), latencies) AS latencies,
        mapApply((kind, times) -> (kind, toUInt64(-toInt64(times))), first_tokens) AS first_tokens,
        toInt64(-toInt64(priced_calls)) AS priced_calls, toInt64(-toInt64(free_calls)) AS free_calls,
        toInt64(-toInt64(calls_without_usage)) AS calls_without_usage, -spend AS spend, -spend_input AS spend_input,
        -spend_cached_input AS spend_cached_input, -spend_cache_write AS spend_cache_write, -spend_output AS spend_output,
        -spend_reasoning AS spend_reasoning, -spend_other AS spend_other, -spend_tool_use AS spend_tool_use,
        mapApply((kind, times) -> (kind, toInt64(-toInt64(times))), cost_kinds) AS cost_kinds
    FROM split_usage_per_day_v1
    WHERE day = {{day of usage_per_hour_v1}}
) AS d
GROUP BY project_id, split, day, environment, provider, provider_type, model, app, agent, user, tags
HAVING
    calls != 0 OR attempts != 0 OR opaque_calls != 0 OR retried_calls != 0 OR failed_calls != 0 OR refused_calls != 0 OR
    estimated_calls != 0 OR input_tokens != 0 OR cached_input_tokens != 0 OR cache_write_tokens != 0 OR
    output_tokens != 0 OR reasoning_tokens != 0 OR tool_use_input_tokens != 0 OR
    arrayExists(times -> times != 0, mapValues(token_kinds)) OR arrayExists(times -> times != 0, mapValues(latencies)) OR
    arrayExists(times -> times != 0, mapValues(first_tokens)) OR priced_calls != 0 OR free_calls != 0 OR
    calls_without_usage != 0 OR spend != 0 OR spend_input != 0 OR spend_cached_input != 0 OR spend_cache_write != 0 OR
    spend_output != 0 OR spend_reasoning != 0 OR spend_other != 0 OR spend_tool_use != 0 OR
    arrayExists(times -> times != 0, mapValues(cost_kinds))
ORDER BY ALL
SETTINGS deduplicate_insert_select = 'force_enable', max_threads = 4,
    max_bytes_before_external_group_by = 2000000000, max_bytes_before_external_sort = 2000000000;
