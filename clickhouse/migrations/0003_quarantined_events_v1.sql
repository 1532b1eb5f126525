-- Events that cannot be read as usage events: set aside with the reason, so that their neighbours land and nothing
-- disappears. Few rows, read by people.
CREATE TABLE IF NOT EXISTS quarantined_events_v1{{local}} {{on_cluster}}
(
    batch_id     String,
    -- Position in the batch, from 0.
    position     UInt32,
    -- Earliest start of the batch's events; the event's own time may be what is broken.
    batch_from   DateTime64(3, 'UTC'),
    -- Where it could be read; NULL = unknown.
    project_id   Nullable(UUID),
    event_id     Nullable(String),
    -- A stable code, and what exactly was wrong.
    reason       LowCardinality(String),
    detail       String,
    -- The event's text as it arrived, cut to body_bytes_kept.
    body         String CODEC(ZSTD(3)),
    body_bytes   UInt64,
    stored_at    DateTime64(3, 'UTC') DEFAULT now64(3, 'UTC')
)
ENGINE = {{MergeTree}}
PARTITION BY toYYYYMM(batch_from)
-- Looked up by batch, listed by time; both are small.
ORDER BY (batch_from, batch_id, position)
-- No TTL: a quarantined call still counts as served until somebody has dealt with it.
SETTINGS
    non_replicated_deduplication_window = 100000,
    replicated_deduplication_window = 100000,
    replicated_deduplication_window_seconds = 86400;

{{#cluster}}
CREATE TABLE IF NOT EXISTS quarantined_events_v1 {{on_cluster}} AS quarantined_events_v1{{local}}
ENGINE = Distributed('{{cluster}}', currentDatabase(), quarantined_events_v1{{local}}, cityHash64(batch_id));
{{/cluster}}
