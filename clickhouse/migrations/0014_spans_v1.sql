-- Spans that agents send by OpenTelemetry. They tell steps beside the calls of the gateway: no sum is made of them, and nothing
-- of what was said is in them. A span that is sent again, or longer, replaces itself; readers take the newest.
CREATE TABLE IF NOT EXISTS spans_v1{{local}} {{on_cluster}}
(
    project_id      UUID,
    trace_id        FixedString(32),
    -- Microseconds, as steps of one millisecond follow one another; the app's clock.
    started_at      DateTime64(6, 'UTC'),
    app_id          UUID,
    span_id         FixedString(16),
    -- '' = a root, or its parent is not told.
    parent_span_id  String CODEC(ZSTD(1)),
    environment     LowCardinality(String),
    app             LowCardinality(String),
    name            String CODEC(ZSTD(3)),
    kind            LowCardinality(String),
    -- agent, model, tool, retrieval, http, step.
    category        LowCardinality(String),
    -- NULL = its end is not told.
    duration_ms     Nullable(Float64),
    status          LowCardinality(String),
    error_type      LowCardinality(Nullable(String)),
    service         LowCardinality(Nullable(String)),
    -- As the app states them.
    conversation    Nullable(String),
    user            Nullable(String),
    agent           LowCardinality(Nullable(String)),
    tool            LowCardinality(Nullable(String)),
    requested_model LowCardinality(Nullable(String)),
    served_model    LowCardinality(Nullable(String)),
    response_id     Nullable(String),
    -- The gateway's id of the call that the span tells of.
    request_id      Nullable(UUID),
    -- As the app reports them; NULL = it reports none. In no sum.
    input_tokens    Nullable(Float64),
    output_tokens   Nullable(Float64),
    attributes      Map(LowCardinality(String), String) CODEC(ZSTD(3)),
    left_out        UInt32,
    received_at     DateTime64(3, 'UTC'),
    expires_at      Date,
    batch_id        String CODEC(ZSTD(1)),
    stored_at       DateTime64(3, 'UTC') DEFAULT now64(3, 'UTC'),

    -- By these a span is found from a call, a conversation or a log, without its trace.
    INDEX span_id_filter span_id TYPE bloom_filter(0.001) GRANULARITY 1,
    INDEX conversation_filter conversation TYPE bloom_filter(0.001) GRANULARITY 1,
    INDEX response_id_filter response_id TYPE bloom_filter(0.001) GRANULARITY 1,
    INDEX request_id_filter request_id TYPE bloom_filter(0.001) GRANULARITY 1
)
ENGINE = {{ReplacingMergeTree}}(received_at)
PARTITION BY toYYYYMM(started_at)
-- A trace lies together in its order. The app is part of the key, so that none replaces what another one sent.
ORDER BY (project_id, trace_id, started_at, app_id, span_id)
TTL expires_at DELETE
SETTINGS
    old_parts_lifetime = 1,
    cleanup_delay_period = 2,
    max_cleanup_delay_period = 2,
    cleanup_delay_period_random_add = 0,
    min_rows_to_fsync_after_merge = 1,
    fsync_part_directory = 1,
    index_granularity = 1024,
    merge_selector_base = 30,
    non_replicated_deduplication_window = 100000,
    replicated_deduplication_window = 100000,
    replicated_deduplication_window_seconds = 86400;

{{#cluster}}
CREATE TABLE IF NOT EXISTS spans_v1 {{on_cluster}} AS spans_v1{{local}}
ENGINE = Distributed('{{cluster}}', currentDatabase(), spans_v1{{local}}, cityHash64(project_id, trace_id));
{{/cluster}}
