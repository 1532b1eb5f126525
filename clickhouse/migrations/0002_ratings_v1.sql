-- Append-only money: one row per event and rating run. A reversal repeats the row it takes back with sign = -1 and
-- every amount negated, under the same run_id, so that sums are always net. Nothing is updated or deleted.
CREATE TABLE IF NOT EXISTS ratings_v1{{local}} {{on_cluster}}
(
    project_id         UUID,
    started_at         DateTime64(3, 'UTC'),
    event_id           UUID,
    -- `initial`, or the id of a later restatement.
    run_id             LowCardinality(String),
    -- 1 = rating, -1 = reversal.
    sign               Int8,

    -- The dimensions of the roll-up, as on the event.
    environment        LowCardinality(String),
    provider           LowCardinality(String),
    provider_type      LowCardinality(String),
    model              LowCardinality(String),
    app                LowCardinality(String),
    user               String,
    agent              LowCardinality(String),

    status             LowCardinality(String),
    -- Why a status is what it is, where the status alone does not say; a stable code.
    reason             LowCardinality(Nullable(String)),
    price_version      LowCardinality(Nullable(String)),
    price_book_version UInt64,

    -- NULL = unpriced: the cost is unknown. The six parts add up to the total exactly; in an unpriced row they are 0.
    total              Nullable(Decimal(38, 12)),
    amount_input       Decimal(38, 12),
    amount_cached_input Decimal(38, 12),
    amount_cache_write Decimal(38, 12),
    amount_output      Decimal(38, 12),
    amount_reasoning   Decimal(38, 12),
    amount_other       Decimal(38, 12),
    -- JSON: [{bucket, quantity, usdPerMillion, source, rule, amount}]
    lines              String CODEC(ZSTD(3)),

    batch_id           String,
    rated_at           DateTime64(3, 'UTC') DEFAULT now64(3, 'UTC'),

    INDEX event_id_filter event_id TYPE bloom_filter(0.001) GRANULARITY 1,
    INDEX batch_id_filter batch_id TYPE bloom_filter(0.01) GRANULARITY 1
)
ENGINE = {{MergeTree}}
PARTITION BY toYYYYMM(started_at)
-- The key of usage_events_v1, so that the ratings of a page of calls lie beside each other.
ORDER BY (project_id, started_at, event_id)
-- No TTL: what was charged stays provable for as long as the operator keeps the partition.
SETTINGS
    -- As on usage_events_v1: without a window a repeated insert is stored twice.
    non_replicated_deduplication_window = 100000,
    replicated_deduplication_window = 100000,
    replicated_deduplication_window_seconds = 86400;

{{#cluster}}
CREATE TABLE IF NOT EXISTS ratings_v1 {{on_cluster}} AS ratings_v1{{local}}
ENGINE = Distributed('{{cluster}}', currentDatabase(), ratings_v1{{local}}, cityHash64(batch_id));
{{/cluster}}
