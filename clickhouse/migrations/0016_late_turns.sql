-- A turn that was stored before the one it goes on from is put where it belongs by a second look at what was stored of late. Rows from
-- before have the beginning of time, and are not looked at.
ALTER TABLE transcript_links_v1{{local}} {{on_cluster}}
    ADD COLUMN IF NOT EXISTS stored_at DateTime64(3, 'UTC'),
    ADD INDEX IF NOT EXISTS stored_at_range stored_at TYPE minmax GRANULARITY 1;

-- By what a turn would have been found, had the one that it goes on from been there.
CREATE TABLE IF NOT EXISTS transcript_wanted_v1{{local}} {{on_cluster}}
(
    project_id      UUID,
    key             UUID,
    -- reply, spawn, response_id: of the link that is wanted; reply stands for request, too.
    kind            LowCardinality(String),
    event_id        UUID,
    conversation_id UUID,
    started_at      DateTime64(3, 'UTC'),
    app_id          UUID,
    user            Nullable(String),
    provider_id     UUID,
    expires_at      Date
)
ENGINE = {{ReplacingMergeTree}}
ORDER BY (project_id, key, kind, event_id)
TTL expires_at DELETE
SETTINGS
    old_parts_lifetime = 1,
    cleanup_delay_period = 2,
    max_cleanup_delay_period = 2,
    cleanup_delay_period_random_add = 0,
    min_rows_to_fsync_after_merge = 1,
    fsync_part_directory = 1,
    index_granularity = 512,
    non_replicated_deduplication_window = 100000,
    replicated_deduplication_window = 100000,
    replicated_deduplication_window_seconds = 86400;

-- Conversations that have become part of others, as long as anything that was said is stored under their ids.
CREATE TABLE IF NOT EXISTS transcript_merged_v1{{local}} {{on_cluster}}
(
    project_id      UUID,
    conversation_id UUID,
    into_id         UUID,
    -- Of its first turn.
    started_at      DateTime64(3, 'UTC'),
    merged_at       DateTime64(3, 'UTC'),
    expires_at      Date
)
ENGINE = {{ReplacingMergeTree}}(merged_at)
ORDER BY (project_id, conversation_id)
TTL expires_at DELETE
SETTINGS
    index_granularity = 512,
    non_replicated_deduplication_window = 100000,
    replicated_deduplication_window = 100000,
    replicated_deduplication_window_seconds = 86400;

{{#cluster}}
ALTER TABLE transcript_links_v1 {{on_cluster}}
    ADD COLUMN IF NOT EXISTS stored_at DateTime64(3, 'UTC');

CREATE TABLE IF NOT EXISTS transcript_wanted_v1 {{on_cluster}} AS transcript_wanted_v1{{local}}
ENGINE = Distributed('{{cluster}}', currentDatabase(), transcript_wanted_v1{{local}}, cityHash64(project_id, key));

CREATE TABLE IF NOT EXISTS transcript_merged_v1 {{on_cluster}} AS transcript_merged_v1{{local}}
ENGINE = Distributed('{{cluster}}', currentDatabase(), transcript_merged_v1{{local}}, cityHash64(project_id, conversation_id));
{{/cluster}}
