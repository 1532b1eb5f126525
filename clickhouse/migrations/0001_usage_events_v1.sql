-- One immutable row per attempt: every field of the usage event, typed. Never updated; money lives in ratings_v1.
-- Meters are Nullable because a quantity that the upstream did not state is unknown, which is not zero.
CREATE TABLE IF NOT EXISTS usage_events_v1{{local}} {{on_cluster}}
(
    project_id               UUID,
    started_at               DateTime64(3, 'UTC'),
    event_id                 UUID,
    call_id                  UUID,
    attempt                  UInt16,
    environment              LowCardinality(String),

    provider                 LowCardinality(String),
    provider_id              Nullable(UUID),
    provider_type            LowCardinality(Nullable(String)),
    endpoint                 LowCardinality(String),
    method                   LowCardinality(String),
    path                     String,
    requested_model          LowCardinality(Nullable(String)),
    served_model             LowCardinality(Nullable(String)),
    service_tier             LowCardinality(Nullable(String)),
    streamed                 Bool,

    app_id                   UUID,
    app                      LowCardinality(String),
    token_id                 UUID,
    user                     Nullable(String),
    agent                    LowCardinality(Nullable(String)),
    tags                     Map(LowCardinality(String), String),
    conversation             Nullable(String),

    outcome                  LowCardinality(String),
    error_code               LowCardinality(Nullable(String)),
    status                   Nullable(UInt16),
    upstream_status          Nullable(UInt16),
    upstream_request_id      Nullable(String),

    first_byte_ms            Nullable(Float64),
    first_token_ms           Nullable(Float64),
    duration_ms              Nullable(Float64),
    overhead_ms              Nullable(Float64),
    request_bytes            UInt64,
    response_bytes           UInt64,

    input_tokens             Nullable(UInt64),
    cached_input_tokens      Nullable(UInt64),
    cache_write_5m_tokens    Nullable(UInt64),
    cache_write_1h_tokens    Nullable(UInt64),
    cache_write_unknown_tokens Nullable(UInt64),
    output_tokens            Nullable(UInt64),
    reasoning_tokens         Nullable(UInt64),
    tool_use_input_tokens    Nullable(UInt64),
    audio_input_tokens       Nullable(UInt64),
    audio_output_tokens      Nullable(UInt64),
    image_input_tokens       Nullable(UInt64),
    image_output_tokens      Nullable(UInt64),
    other_meters             Map(LowCardinality(String), UInt64),
    usage_source             LowCardinality(String),
    raw_usage                Nullable(String) CODEC(ZSTD(3)),
    provider_stated_cost_usd Nullable(String),
    alterations              Array(LowCardinality(String)),

    snapshot_version         UInt64,
    proxy_id                 LowCardinality(String),
    batch_id                 String,
    stored_at                DateTime64(3, 'UTC') DEFAULT now64(3, 'UTC'),

    -- A single event and a replayed batch are looked up by id inside a time range; one filter covers 8,192 rows.
    INDEX event_id_filter event_id TYPE bloom_filter(0.001) GRANULARITY 1,
    INDEX batch_id_filter batch_id TYPE bloom_filter(0.01) GRANULARITY 1
)
ENGINE = {{MergeTree}}
-- Month partitions: retention drops whole parts, and a batch touches one partition, at the turn of a month two.
PARTITION BY toYYYYMM(started_at)
-- "Newest calls of a project" reads this key backwards and stops at the page; a range is one contiguous slice.
-- event_id makes the order total, which paging by key needs.
ORDER BY (project_id, started_at, event_id)
-- 25 months: this month can be compared with the same month of the last two years. Counted from arrival, so that a
-- proxy with a wrong clock cannot have its events deleted on arrival. Sums and money outlive it (0002, 0004).
TTL toDateTime(stored_at) + INTERVAL 25 MONTH DELETE
SETTINGS
    ttl_only_drop_parts = 1,
    -- Without a window a plain MergeTree ignores insert_deduplication_token. 100,000 inserts are 27 minutes at 60
    -- batches a second, longer than any retry lasts before the worker asks which rows are stored.
    non_replicated_deduplication_window = 100000,
    replicated_deduplication_window = 100000,
    replicated_deduplication_window_seconds = 86400;

{{#cluster}}
-- A batch goes to one shard as a whole, so that its deduplication token is seen by the replicas that know it.
CREATE TABLE IF NOT EXISTS usage_events_v1 {{on_cluster}} AS usage_events_v1{{local}}
ENGINE = Distributed('{{cluster}}', currentDatabase(), usage_events_v1{{local}}, cityHash64(batch_id));
{{/cluster}}
