-- Recorded calls. What was said is stored once by content within its conversation and nowhere else, so that taking out a
-- conversation takes out all of it. What a turn used and cost is not copied: it is in usage_events_v1 and ratings_v1 under
-- the same time and event id. Every row names the day it is gone; readers stop there even before the server has cleared it.
-- Files that no longer belong to a table hold what was deleted: they go within seconds, and not after the eight minutes that guard
-- against a loss of power by default, so what a merge or a deletion wrote is synced before.
CREATE TABLE IF NOT EXISTS transcript_turns_v1{{local}} {{on_cluster}}
(
    project_id             UUID,
    conversation_id        UUID,
    started_at             DateTime64(3, 'UTC'),
    event_id               UUID,
    call_id                UUID,
    attempt                UInt16,
    environment            LowCardinality(String),

    provider               LowCardinality(String),
    provider_id            UUID,
    provider_type          LowCardinality(String),
    endpoint               LowCardinality(String),
    path                   String CODEC(ZSTD(3)),
    requested_model        LowCardinality(Nullable(String)),
    served_model           LowCardinality(Nullable(String)),
    streamed               Bool,
    app_id                 UUID,
    app                    LowCardinality(String),
    user                   Nullable(String),
    agent                  LowCardinality(Nullable(String)),
    tags                   Map(LowCardinality(String), String),

    -- The conversation's id as the caller or the upstream stated it; NULL = it was inferred from what was said.
    stated_id              Nullable(String),
    inferred_by            LowCardinality(Nullable(String)),
    -- starts, continues, forks, repeats, spawned.
    relation               LowCardinality(String),
    parent_event_id        Nullable(UUID),
    -- The parent's call of a tool that started a sub-agent.
    spawn_call_id          Nullable(String),
    agent_id               Nullable(String),
    parent_agent_id        Nullable(String),
    parent_session_id      Nullable(String),
    trace_id               Nullable(String),
    span_id                Nullable(String),
    response_id            Nullable(String),

    outcome                LowCardinality(String),
    error_code             LowCardinality(Nullable(String)),
    status                 Nullable(UInt16),
    upstream_error_code    Nullable(String),
    upstream_error_message Nullable(String) CODEC(ZSTD(3)),
    -- NULL = the answer was whole, or none was recorded.
    incomplete_reason      LowCardinality(Nullable(String)),
    is_failed              Bool,
    -- The answer ended in a call of a tool, so that another turn is to follow.
    awaits_tool            Bool,
    first_token_ms         Nullable(Float64),
    duration_ms            Nullable(Float64),

    -- Beginning of what a person asked first; '' = nothing such.
    title                  String CODEC(ZSTD(3)),
    -- Ids in transcript_messages_v1, '' = none.
    system_id              String CODEC(ZSTD(3)),
    tools_id               String CODEC(ZSTD(3)),
    input_ids              Array(String) CODEC(ZSTD(3)),
    -- Of input_ids, how many the parent had already.
    input_known            UInt32,
    output_ids             Array(String) CODEC(ZSTD(3)),
    -- Of bodies that no message could be read from.
    text_ids               Array(String) CODEC(ZSTD(3)),
    -- One for each of output_ids, '' = not stated; the convention's word, and the upstream's.
    finish_reasons         Array(LowCardinality(String)),
    native_finish_reasons  Array(LowCardinality(String)),

    request_state          LowCardinality(String),
    request_reason         LowCardinality(Nullable(String)),
    request_content_type   LowCardinality(String),
    request_bytes          Nullable(UInt64),
    request_kept_bytes     UInt64,
    request_redactions     Map(LowCardinality(String), UInt32),
    -- Base64 of what is left of the body and of the references to its pieces; '' = nothing is kept.
    request_skeleton       String CODEC(ZSTD(3)),
    response_state         LowCardinality(String),
    response_reason        LowCardinality(Nullable(String)),
    response_content_type  LowCardinality(String),
    response_bytes         Nullable(UInt64),
    response_kept_bytes    UInt64,
    response_redactions    Map(LowCardinality(String), UInt32),
    response_skeleton      String CODEC(ZSTD(3)),

    expires_at             Date,
    batch_id               String,
    stored_at              DateTime64(3, 'UTC') DEFAULT now64(3, 'UTC'),

    -- A person who looks for an id has it from a log, and knows nothing else of the conversation.
    INDEX stated_id_filter stated_id TYPE bloom_filter(0.001) GRANULARITY 1,
    INDEX response_id_filter response_id TYPE bloom_filter(0.001) GRANULARITY 1,
    INDEX trace_id_filter trace_id TYPE bloom_filter(0.001) GRANULARITY 1
)
-- Replacing, since a turn whose way into the table below broke off is sent once more; reads do not rely on it.
ENGINE = {{ReplacingMergeTree}}
PARTITION BY toYYYYMM(started_at)
-- A conversation lies together in its order: paged by key, and each skeleton beside the one it repeats.
ORDER BY (project_id, conversation_id, started_at, event_id)
TTL expires_at DELETE
SETTINGS
    old_parts_lifetime = 1,
    cleanup_delay_period = 2,
    max_cleanup_delay_period = 2,
    cleanup_delay_period_random_add = 0,
    min_rows_to_fsync_after_merge = 1,
    fsync_part_directory = 1,
    index_granularity = 1024,
    non_replicated_deduplication_window = 100000,
    replicated_deduplication_window = 100000,
    replicated_deduplication_window_seconds = 86400;

-- The same turns by time, with what lists are filtered by.
CREATE TABLE IF NOT EXISTS transcript_turns_by_time_v1{{local}} {{on_cluster}}
(
    project_id      UUID,
    started_at      DateTime64(3, 'UTC'),
    event_id        UUID,
    conversation_id UUID,
    call_id         UUID,
    environment     LowCardinality(String),
    provider        LowCardinality(String),
    provider_id     UUID,
    -- Served, else asked for; '' = not known.
    model           LowCardinality(String),
    app_id          UUID,
    app             LowCardinality(String),
    -- '' = not set, here and below.
    user            String,
    agent           LowCardinality(String),
    tags            Map(LowCardinality(String), String),
    -- Ours and the upstream's.
    error_codes     Array(LowCardinality(String)),
    is_failed       Bool,
    duration_ms     Nullable(Float64),
    expires_at      Date,

    INDEX conversation_id_filter conversation_id TYPE bloom_filter(0.01) GRANULARITY 1,
    INDEX event_id_filter event_id TYPE bloom_filter(0.001) GRANULARITY 1,
    INDEX call_id_filter call_id TYPE bloom_filter(0.001) GRANULARITY 1
)
ENGINE = {{ReplacingMergeTree}}
PARTITION BY toYYYYMM(started_at)
ORDER BY (project_id, started_at, event_id)
TTL expires_at DELETE
SETTINGS
    old_parts_lifetime = 1,
    cleanup_delay_period = 2,
    max_cleanup_delay_period = 2,
    cleanup_delay_period_random_add = 0,
    min_rows_to_fsync_after_merge = 1,
    fsync_part_directory = 1,
    non_replicated_deduplication_window = 100000,
    replicated_deduplication_window = 100000,
    replicated_deduplication_window_seconds = 86400;

CREATE MATERIALIZED VIEW IF NOT EXISTS transcript_turns_by_time_mv_v1 {{on_cluster}}
TO transcript_turns_by_time_v1{{local}} AS
SELECT
    project_id,
    started_at,
    event_id,
    conversation_id,
    call_id,
    environment,
    provider,
    provider_id,
    coalesce(served_model, requested_model, '') AS model,
    app_id,
    app,
    ifNull(user, '') AS user,
    ifNull(agent, '') AS agent,
    tags,
    arrayFilter(code -> code != '', [ifNull(error_code, ''), ifNull(upstream_error_code, '')]) AS error_codes,
    is_failed,
    duration_ms,
    expires_at
FROM transcript_turns_v1{{local}};

-- Bytes that bodies of a conversation have in common, by their SHA-256. Where a conversation goes on, what it still refers
-- to is stored again for longer; the older row goes in a merge, or by itself.
CREATE TABLE IF NOT EXISTS transcript_pieces_v1{{local}} {{on_cluster}}
(
    project_id      UUID,
    conversation_id UUID,
    id              String CODEC(ZSTD(1)),
    -- base64 where the bytes are no UTF-8.
    is_base64       Bool,
    data            String CODEC(ZSTD(3)),
    -- Whose conversation it is, so that their content can be deleted by it.
    app_id          UUID,
    user            Nullable(String),
    expires_at      Date
)
ENGINE = {{ReplacingMergeTree}}(expires_at)
ORDER BY (project_id, conversation_id, id)
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

-- What was said, in the one form of all dialects.
CREATE TABLE IF NOT EXISTS transcript_messages_v1{{local}} {{on_cluster}}
(
    project_id      UUID,
    conversation_id UUID,
    id              String CODEC(ZSTD(1)),
    -- message; system: instructions; tools: definitions of tools; text: a body of no known form, for search alone.
    kind            LowCardinality(String),
    role            LowCardinality(String),
    -- JSON.
    content         String CODEC(ZSTD(3)),
    -- Each word of it once, as `searchWords` makes them.
    words           String CODEC(ZSTD(3)),
    app_id          UUID,
    user            Nullable(String),
    expires_at      Date,

    INDEX words_index words TYPE text(tokenizer = splitByString([' ']))
)
ENGINE = {{ReplacingMergeTree}}(expires_at)
ORDER BY (project_id, conversation_id, id)
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

-- By what later turns find earlier ones: hashes of what was said up to a point, ids of answers, turns that were gone on from.
CREATE TABLE IF NOT EXISTS transcript_links_v1{{local}} {{on_cluster}}
(
    project_id      UUID,
    -- First half of a SHA-256.
    key             UUID,
    -- request, reply, after, spawn, response_id, parent.
    kind            LowCardinality(String),
    event_id        UUID,
    conversation_id UUID,
    started_at      DateTime64(3, 'UTC'),
    -- As in a KnownTurn.
    request_key     Nullable(UUID),
    after_key       Nullable(UUID),
    has_reply       Bool,
    persona         UUID,
    is_incomplete   Bool,
    call_id         Nullable(String),
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

-- What was ordered to be deleted. It names scopes and holds nothing of what was said. A row comes before anything is
-- deleted, and the one that replaces it once nothing was found to be left.
CREATE TABLE IF NOT EXISTS transcript_deletions_v1{{local}} {{on_cluster}}
(
    project_id      UUID,
    deletion_id     UUID,
    ordered_at      DateTime64(3, 'UTC'),
    -- NULL = no restriction; all that are set have to hold.
    conversation_id Nullable(UUID),
    app_id          Nullable(UUID),
    user            Nullable(String),
    provider_id     Nullable(UUID),
    -- Calls that began in [from_at, to_at).
    from_at         Nullable(DateTime64(3, 'UTC')),
    to_at           Nullable(DateTime64(3, 'UTC')),
    is_done         Bool,
    stored_at       DateTime64(3, 'UTC') DEFAULT now64(3, 'UTC')
)
ENGINE = {{ReplacingMergeTree}}(is_done)
-- No TTL: a call that was late must not bring back what was deleted, however late it is.
ORDER BY (project_id, deletion_id)
SETTINGS
    non_replicated_deduplication_window = 100000,
    replicated_deduplication_window = 100000,
    replicated_deduplication_window_seconds = 86400;

{{#cluster}}
-- A conversation is on one shard as a whole; the view writes to the shard it is on.
CREATE TABLE IF NOT EXISTS transcript_turns_v1 {{on_cluster}} AS transcript_turns_v1{{local}}
ENGINE = Distributed('{{cluster}}', currentDatabase(), transcript_turns_v1{{local}}, cityHash64(project_id, conversation_id));

CREATE TABLE IF NOT EXISTS transcript_turns_by_time_v1 {{on_cluster}} AS transcript_turns_by_time_v1{{local}}
ENGINE = Distributed('{{cluster}}', currentDatabase(), transcript_turns_by_time_v1{{local}}, cityHash64(project_id, conversation_id));

CREATE TABLE IF NOT EXISTS transcript_pieces_v1 {{on_cluster}} AS transcript_pieces_v1{{local}}
ENGINE = Distributed('{{cluster}}', currentDatabase(), transcript_pieces_v1{{local}}, cityHash64(project_id, conversation_id));

CREATE TABLE IF NOT EXISTS transcript_messages_v1 {{on_cluster}} AS transcript_messages_v1{{local}}
ENGINE = Distributed('{{cluster}}', currentDatabase(), transcript_messages_v1{{local}}, cityHash64(project_id, conversation_id));

CREATE TABLE IF NOT EXISTS transcript_links_v1 {{on_cluster}} AS transcript_links_v1{{local}}
ENGINE = Distributed('{{cluster}}', currentDatabase(), transcript_links_v1{{local}}, cityHash64(project_id, key));

CREATE TABLE IF NOT EXISTS transcript_deletions_v1 {{on_cluster}} AS transcript_deletions_v1{{local}}
ENGINE = Distributed('{{cluster}}', currentDatabase(), transcript_deletions_v1{{local}}, cityHash64(project_id, deletion_id));
{{/cluster}}
