-- Usage and money by tag, kind of token and kind of cost, and how long answers took, in the sums themselves.

-- Worked out from the lines where a writer does not say it.
ALTER TABLE ratings_v1{{local}} {{on_cluster}}
    ADD COLUMN IF NOT EXISTS tags Map(LowCardinality(String), String) AFTER agent,
    -- Part of amount_input.
    ADD COLUMN IF NOT EXISTS amount_tool_use Decimal(38, 12) DEFAULT if(isNull(total) OR position(lines, '"tool_use_input"') = 0, toDecimal128(0, 12), sign * arraySum(line -> if(line.1 = 'tool_use_input', abs(ifNull(line.2, toDecimal128(0, 12))), toDecimal128(0, 12)), JSONExtract(lines, 'Array(Tuple(bucket String, amount Nullable(Decimal(38, 12))))'))) AFTER amount_other;

{{#cluster}}
ALTER TABLE ratings_v1 {{on_cluster}}
    ADD COLUMN IF NOT EXISTS tags Map(LowCardinality(String), String) AFTER agent,
    ADD COLUMN IF NOT EXISTS amount_tool_use Decimal(38, 12) AFTER amount_other;
{{/cluster}}

-- Ratings of calls that were tagged before ratings knew of tags. Tags are known by event, and stay with every reversal.
ALTER TABLE ratings_v1{{local}} {{on_cluster}}
    UPDATE tags = JSONExtract(transform(toString(event_id),
            (SELECT groupArray(toString(event_id)) FROM (SELECT event_id FROM usage_events_v1 WHERE notEmpty(tags) ORDER BY started_at, event_id)),
            (SELECT groupArray(toJSONString(tags)) FROM (SELECT mapSort(tags) AS tags FROM usage_events_v1 WHERE notEmpty(tags) ORDER BY started_at, event_id)),
            '{}'), 'Map(LowCardinality(String), String)')
    WHERE empty(tags) AND (SELECT count() FROM usage_events_v1 WHERE notEmpty(tags)) > 0
    SETTINGS mutations_sync = 2, allow_nondeterministic_mutations = 1;

ALTER TABLE usage_per_hour_v1{{local}} {{on_cluster}}
    ADD COLUMN IF NOT EXISTS tags Map(LowCardinality(String), String) AFTER user,
    -- Attempts by what they had: input 1, cached input 2, cache write 4, output 8, reasoning 16 tokens; first attempt 32,
    -- failed 64, refused 128, estimated 256, opaque 512, retried 1024.
    ADD COLUMN IF NOT EXISTS token_kinds SimpleAggregateFunction(sumMap, Map(UInt16, UInt64)) AFTER timed_calls,
    -- How often each length of time: key k = up to 0.01 ms x 1.02^k, and more than that of k - 1. Refused calls are left out.
    ADD COLUMN IF NOT EXISTS latencies SimpleAggregateFunction(sumMap, Map(UInt16, UInt64)) AFTER token_kinds,
    ADD COLUMN IF NOT EXISTS first_tokens SimpleAggregateFunction(sumMap, Map(UInt16, UInt64)) AFTER latencies,
    -- Part of spend_input.
    ADD COLUMN IF NOT EXISTS spend_tool_use Decimal(38, 12) AFTER spend_other,
    -- Ratings by what they charged for: input 1, cached input 2, cache write 4, output 8, reasoning 16, tool use 32,
    -- other 64; priced 128, free 256, without usage 512.
    ADD COLUMN IF NOT EXISTS cost_kinds SimpleAggregateFunction(sumMap, Map(UInt16, Int64)) AFTER spend_tool_use,
    MODIFY ORDER BY (project_id, hour, environment, provider, provider_type, model, app, agent, user, tags);

{{#cluster}}
-- With a key to shard by, which filling it needs.
CREATE OR REPLACE TABLE usage_per_hour_v1 {{on_cluster}} AS usage_per_hour_v1{{local}}
ENGINE = Distributed('{{cluster}}', currentDatabase(), usage_per_hour_v1{{local}}, cityHash64(project_id, hour));
{{/cluster}}

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
    mapSort(e.tags) AS tags,
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
    countIf(isNotNull(e.duration_ms)) AS timed_calls,
    sumMap(map(toUInt16(
        if(e.input_tokens > 0, 1, 0) + if(e.cached_input_tokens > 0, 2, 0)
        + if(ifNull(e.cache_write_5m_tokens, 0) + ifNull(e.cache_write_1h_tokens, 0) + ifNull(e.cache_write_unknown_tokens, 0) > 0, 4, 0)
        + if(ifNull(e.output_tokens, 0) > ifNull(e.reasoning_tokens, 0), 8, 0) + if(e.reasoning_tokens > 0, 16, 0)
        + if(attempt = 1, 32, 0) + if(outcome NOT IN ('completed', 'client_closed', 'refused'), 64, 0)
        + if(outcome = 'refused', 128, 0) + if(usage_source IN ('estimated', 'partial'), 256, 0)
        + if(endpoint = 'opaque', 512, 0) + if(client_retry > 0, 1024, 0)
    ), toUInt64(1))) AS token_kinds,
    sumMapIf(map(toUInt16(least(ceil(log(greatest(ifNull(e.duration_ms, 0), 0.01) / 0.01) / log(1.02)), 65535)), toUInt64(1)), isNotNull(e.duration_ms) AND outcome != 'refused') AS latencies,
    sumMapIf(map(toUInt16(least(ceil(log(greatest(ifNull(e.first_token_ms, 0), 0.01) / 0.01) / log(1.02)), 65535)), toUInt64(1)), isNotNull(e.first_token_ms) AND outcome != 'refused') AS first_tokens
FROM usage_events_v1{{local}} AS e
GROUP BY project_id, hour, environment, provider, provider_type, model, app, agent, user, tags;

CREATE OR REPLACE MATERIALIZED VIEW usage_per_hour_from_ratings_mv_v1 {{on_cluster}}
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
    mapSort(r.tags) AS tags,
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
    sum(amount_other) AS spend_other,
    sum(amount_tool_use) AS spend_tool_use,
    sumMap(map(toUInt16(
        if(amount_input != amount_tool_use, 1, 0) + if(amount_cached_input != 0, 2, 0) + if(amount_cache_write != 0, 4, 0)
        + if(amount_output != 0, 8, 0) + if(amount_reasoning != 0, 16, 0) + if(amount_tool_use != 0, 32, 0)
        + if(amount_other != 0, 64, 0) + if(isNotNull(total), 128, 0) + if(status = 'free', 256, 0)
        + if(reason = 'usage_unknown', 512, 0)
    ), toInt64(sign))) AS cost_kinds
FROM ratings_v1{{local}} AS r
GROUP BY project_id, hour, environment, provider, provider_type, model, app, agent, user, tags;

-- What the sums lack of the rows, or have too much: a repeat finds nothing to add. Sums wrap, so that unsigned columns take
-- what is too much as well. No install is older than the time that rows are kept. Nothing may write while schemas change.
INSERT INTO usage_per_hour_v1
    (project_id, hour, environment, provider, provider_type, model, app, agent, user, tags, calls, attempts, opaque_calls,
     retried_calls, failed_calls, refused_calls, client_closed_calls, estimated_calls, input_tokens, cached_input_tokens,
     cache_write_5m_tokens, cache_write_1h_tokens, cache_write_unknown_tokens, output_tokens, reasoning_tokens,
     tool_use_input_tokens, audio_input_tokens, audio_output_tokens, image_input_tokens, image_output_tokens,
     cached_audio_input_tokens, calls_with_input, calls_with_cached_input, calls_with_cache_write, calls_with_output,
     calls_with_reasoning, duration_ms, timed_calls, token_kinds, latencies, first_tokens, rated_calls, priced_calls,
     free_calls, calls_without_usage, spend, spend_input, spend_cached_input, spend_cache_write, spend_output,
     spend_reasoning, spend_other, spend_tool_use, cost_kinds)
SELECT
    project_id, hour, environment, provider, provider_type, model, app, agent, user, tags, sum(d.calls) AS calls,
    sum(d.attempts) AS attempts, sum(d.opaque_calls) AS opaque_calls, sum(d.retried_calls) AS retried_calls,
    sum(d.failed_calls) AS failed_calls, sum(d.refused_calls) AS refused_calls,
    sum(d.client_closed_calls) AS client_closed_calls, sum(d.estimated_calls) AS estimated_calls,
    sum(d.input_tokens) AS input_tokens, sum(d.cached_input_tokens) AS cached_input_tokens,
    sum(d.cache_write_5m_tokens) AS cache_write_5m_tokens, sum(d.cache_write_1h_tokens) AS cache_write_1h_tokens,
    sum(d.cache_write_unknown_tokens) AS cache_write_unknown_tokens, sum(d.output_tokens) AS output_tokens,
    sum(d.reasoning_tokens) AS reasoning_tokens, sum(d.tool_use_input_tokens) AS tool_use_input_tokens,
    sum(d.audio_input_tokens) AS audio_input_tokens, sum(d.audio_output_tokens) AS audio_output_tokens,
    sum(d.image_input_tokens) AS image_input_tokens, sum(d.image_output_tokens) AS image_output_tokens,
    sum(d.cached_audio_input_tokens) AS cached_audio_input_tokens, sum(d.calls_with_input) AS calls_with_input,
    sum(d.calls_with_cached_input) AS calls_with_cached_input, sum(d.calls_with_cache_write) AS calls_with_cache_write,
    sum(d.calls_with_output) AS calls_with_output, sum(d.calls_with_reasoning) AS calls_with_reasoning,
    sum(d.duration_ms) AS duration_ms, sum(d.timed_calls) AS timed_calls, sumMap(d.token_kinds) AS token_kinds,
    sumMap(d.latencies) AS latencies, sumMap(d.first_tokens) AS first_tokens, sum(d.rated_calls) AS rated_calls,
    sum(d.priced_calls) AS priced_calls, sum(d.free_calls) AS free_calls, sum(d.calls_without_usage) AS calls_without_usage,
    sum(d.spend) AS spend, sum(d.spend_input) AS spend_input, sum(d.spend_cached_input) AS spend_cached_input,
    sum(d.spend_cache_write) AS spend_cache_write, sum(d.spend_output) AS spend_output,
    sum(d.spend_reasoning) AS spend_reasoning, sum(d.spend_other) AS spend_other, sum(d.spend_tool_use) AS spend_tool_use,
    sumMap(d.cost_kinds) AS cost_kinds
FROM
(
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
        mapSort(e.tags) AS tags,
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
        countIf(isNotNull(e.duration_ms)) AS timed_calls,
        sumMap(map(toUInt16(
            if(e.input_tokens > 0, 1, 0) + if(e.cached_input_tokens > 0, 2, 0)
            + if(ifNull(e.cache_write_5m_tokens, 0) + ifNull(e.cache_write_1h_tokens, 0) + ifNull(e.cache_write_unknown_tokens, 0) > 0, 4, 0)
            + if(ifNull(e.output_tokens, 0) > ifNull(e.reasoning_tokens, 0), 8, 0) + if(e.reasoning_tokens > 0, 16, 0)
            + if(attempt = 1, 32, 0) + if(outcome NOT IN ('completed', 'client_closed', 'refused'), 64, 0)
            + if(outcome = 'refused', 128, 0) + if(usage_source IN ('estimated', 'partial'), 256, 0)
            + if(endpoint = 'opaque', 512, 0) + if(client_retry > 0, 1024, 0)
        ), toUInt64(1))) AS token_kinds,
        sumMapIf(map(toUInt16(least(ceil(log(greatest(ifNull(e.duration_ms, 0), 0.01) / 0.01) / log(1.02)), 65535)), toUInt64(1)), isNotNull(e.duration_ms) AND outcome != 'refused') AS latencies,
        sumMapIf(map(toUInt16(least(ceil(log(greatest(ifNull(e.first_token_ms, 0), 0.01) / 0.01) / log(1.02)), 65535)), toUInt64(1)), isNotNull(e.first_token_ms) AND outcome != 'refused') AS first_tokens,
        toInt64(0) AS rated_calls, toInt64(0) AS priced_calls, toInt64(0) AS free_calls, toInt64(0) AS calls_without_usage,
        toDecimal128(0, 12) AS spend, toDecimal128(0, 12) AS spend_input, toDecimal128(0, 12) AS spend_cached_input,
        toDecimal128(0, 12) AS spend_cache_write, toDecimal128(0, 12) AS spend_output, toDecimal128(0, 12) AS spend_reasoning,
        toDecimal128(0, 12) AS spend_other, toDecimal128(0, 12) AS spend_tool_use,
        CAST(map(), 'Map(UInt16, Int64)') AS cost_kinds
    FROM usage_events_v1 AS e
    GROUP BY project_id, hour, environment, provider, provider_type, model, app, agent, user, tags
    UNION ALL
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
        mapSort(r.tags) AS tags,
        toUInt64(0) AS calls, toUInt64(0) AS attempts, toUInt64(0) AS opaque_calls, toUInt64(0) AS retried_calls,
        toUInt64(0) AS failed_calls, toUInt64(0) AS refused_calls, toUInt64(0) AS client_closed_calls,
        toUInt64(0) AS estimated_calls, toUInt64(0) AS input_tokens, toUInt64(0) AS cached_input_tokens,
        toUInt64(0) AS cache_write_5m_tokens, toUInt64(0) AS cache_write_1h_tokens, toUInt64(0) AS cache_write_unknown_tokens,
        toUInt64(0) AS output_tokens, toUInt64(0) AS reasoning_tokens, toUInt64(0) AS tool_use_input_tokens,
        toUInt64(0) AS audio_input_tokens, toUInt64(0) AS audio_output_tokens, toUInt64(0) AS image_input_tokens,
        toUInt64(0) AS image_output_tokens, toUInt64(0) AS cached_audio_input_tokens, toUInt64(0) AS calls_with_input,
        toUInt64(0) AS calls_with_cached_input, toUInt64(0) AS calls_with_cache_write, toUInt64(0) AS calls_with_output,
        toUInt64(0) AS calls_with_reasoning, toFloat64(0) AS duration_ms, toUInt64(0) AS timed_calls,
        CAST(map(), 'Map(UInt16, UInt64)') AS token_kinds, CAST(map(), 'Map(UInt16, UInt64)') AS latencies,
        CAST(map(), 'Map(UInt16, UInt64)') AS first_tokens,
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
        sum(amount_other) AS spend_other,
        sum(amount_tool_use) AS spend_tool_use,
        sumMap(map(toUInt16(
            if(amount_input != amount_tool_use, 1, 0) + if(amount_cached_input != 0, 2, 0) + if(amount_cache_write != 0, 4, 0)
            + if(amount_output != 0, 8, 0) + if(amount_reasoning != 0, 16, 0) + if(amount_tool_use != 0, 32, 0)
            + if(amount_other != 0, 64, 0) + if(isNotNull(total), 128, 0) + if(status = 'free', 256, 0)
            + if(reason = 'usage_unknown', 512, 0)
        ), toInt64(sign))) AS cost_kinds
    FROM ratings_v1 AS r
    GROUP BY project_id, hour, environment, provider, provider_type, model, app, agent, user, tags
    UNION ALL
    SELECT
        project_id, hour, environment, provider, provider_type, model, app, agent, user, tags,
        toUInt64(-toInt64(calls)) AS calls, toUInt64(-toInt64(attempts)) AS attempts,
        toUInt64(-toInt64(opaque_calls)) AS opaque_calls, toUInt64(-toInt64(retried_calls)) AS retried_calls,
        toUInt64(-toInt64(failed_calls)) AS failed_calls, toUInt64(-toInt64(refused_calls)) AS refused_calls,
        toUInt64(-toInt64(client_closed_calls)) AS client_closed_calls,
        toUInt64(-toInt64(estimated_calls)) AS estimated_calls, toUInt64(-toInt64(input_tokens)) AS input_tokens,
        toUInt64(-toInt64(cached_input_tokens)) AS cached_input_tokens,
        toUInt64(-toInt64(cache_write_5m_tokens)) AS cache_write_5m_tokens,
        toUInt64(-toInt64(cache_write_1h_tokens)) AS cache_write_1h_tokens,
        toUInt64(-toInt64(cache_write_unknown_tokens)) AS cache_write_unknown_tokens,
        toUInt64(-toInt64(output_tokens)) AS output_tokens, toUInt64(-toInt64(reasoning_tokens)) AS reasoning_tokens,
        toUInt64(-toInt64(tool_use_input_tokens)) AS tool_use_input_tokens,
        toUInt64(-toInt64(audio_input_tokens)) AS audio_input_tokens,
        toUInt64(-toInt64(audio_output_tokens)) AS audio_output_tokens,
        toUInt64(-toInt64(image_input_tokens)) AS image_input_tokens,
        toUInt64(-toInt64(image_output_tokens)) AS image_output_tokens,
        toUInt64(-toInt64(cached_audio_input_tokens)) AS cached_audio_input_tokens,
        toUInt64(-toInt64(calls_with_input)) AS calls_with_input,
        toUInt64(-toInt64(calls_with_cached_input)) AS calls_with_cached_input,
        toUInt64(-toInt64(calls_with_cache_write)) AS calls_with_cache_write,
        toUInt64(-toInt64(calls_with_output)) AS calls_with_output,
        toUInt64(-toInt64(calls_with_reasoning)) AS calls_with_reasoning, -duration_ms AS duration_ms,
        toUInt64(-toInt64(timed_calls)) AS timed_calls,
        mapApply((kind, times) -> (kind, toUInt64(-toInt64(times))), token_kinds) AS token_kinds,
        mapApply((kind, times) -> (kind, toUInt64(-toInt64(times))), latencies) AS latencies,
        mapApply((kind, times) -> (kind, toUInt64(-toInt64(times))), first_tokens) AS first_tokens,
        toInt64(-toInt64(rated_calls)) AS rated_calls, toInt64(-toInt64(priced_calls)) AS priced_calls,
        toInt64(-toInt64(free_calls)) AS free_calls, toInt64(-toInt64(calls_without_usage)) AS calls_without_usage,
        -spend AS spend, -spend_input AS spend_input, -spend_cached_input AS spend_cached_input,
        -spend_cache_write AS spend_cache_write, -spend_output AS spend_output, -spend_reasoning AS spend_reasoning,
        -spend_other AS spend_other, -spend_tool_use AS spend_tool_use,
        mapApply((kind, times) -> (kind, toInt64(-toInt64(times))), cost_kinds) AS cost_kinds
    FROM usage_per_hour_v1
) AS d
GROUP BY project_id, hour, environment, provider, provider_type, model, app, agent, user, tags
HAVING calls != 0 OR attempts != 0 OR opaque_calls != 0 OR retried_calls != 0 OR failed_calls != 0 OR
    refused_calls != 0 OR client_closed_calls != 0 OR estimated_calls != 0 OR input_tokens != 0 OR
    cached_input_tokens != 0 OR cache_write_5m_tokens != 0 OR cache_write_1h_tokens != 0 OR
    cache_write_unknown_tokens != 0 OR output_tokens != 0 OR reasoning_tokens != 0 OR tool_use_input_tokens != 0 OR
    audio_input_tokens != 0 OR audio_output_tokens != 0 OR image_input_tokens != 0 OR image_output_tokens != 0 OR
    cached_audio_input_tokens != 0 OR calls_with_input != 0 OR calls_with_cached_input != 0 OR
    calls_with_cache_write != 0 OR calls_with_output != 0 OR calls_with_reasoning != 0 OR timed_calls != 0 OR
    arrayExists(times -> times != 0, mapValues(token_kinds)) OR arrayExists(times -> times != 0, mapValues(latencies)) OR
    arrayExists(times -> times != 0, mapValues(first_tokens)) OR rated_calls != 0 OR priced_calls != 0 OR
    free_calls != 0 OR calls_without_usage != 0 OR spend != 0 OR spend_input != 0 OR spend_cached_input != 0 OR
    spend_cache_write != 0 OR spend_output != 0 OR spend_reasoning != 0 OR spend_other != 0 OR spend_tool_use != 0 OR
    arrayExists(times -> times != 0, mapValues(cost_kinds))
ORDER BY ALL
SETTINGS deduplicate_insert_select = 'force_enable', max_threads = 4,
    max_bytes_before_external_group_by = 2000000000, max_bytes_before_external_sort = 2000000000;
