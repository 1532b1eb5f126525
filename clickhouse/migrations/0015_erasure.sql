-- By what turns of a conversation that was deleted would be found: a call of it that comes late has its whole past in its prompt, and
-- must be known to be a turn of it. Hashes and ids alone, for as long as such a call would be kept.
CREATE TABLE IF NOT EXISTS transcript_buried_links_v1{{local}} {{on_cluster}}
(
    project_id      UUID,
    key             UUID,
    kind            LowCardinality(String),
    event_id        UUID,
    conversation_id UUID,
    started_at      DateTime64(3, 'UTC'),
    request_key     Nullable(UUID),
    after_key       Nullable(UUID),
    has_reply       Bool,
    persona         UUID,
    is_incomplete   Bool,
    -- Calls that began before are meant.
    ordered_at      DateTime64(3, 'UTC'),
    expires_at      Date
)
ENGINE = {{ReplacingMergeTree}}(ordered_at)
ORDER BY (project_id, key, kind, event_id)
TTL expires_at DELETE
SETTINGS
    index_granularity = 512,
    non_replicated_deduplication_window = 100000,
    replicated_deduplication_window = 100000,
    replicated_deduplication_window_seconds = 86400;

{{#cluster}}
CREATE TABLE IF NOT EXISTS transcript_buried_links_v1 {{on_cluster}} AS transcript_buried_links_v1{{local}}
ENGINE = Distributed('{{cluster}}', currentDatabase(), transcript_buried_links_v1{{local}}, cityHash64(project_id, key));
{{/cluster}}
