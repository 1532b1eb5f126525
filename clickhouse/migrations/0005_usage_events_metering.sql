-- What happened to the upstream when the client went away, which counts are estimates and by what, and cached audio.
-- Added columns read as their default in parts written before them: nothing is rewritten.
ALTER TABLE usage_events_v1{{local}} {{on_cluster}}
    ADD COLUMN IF NOT EXISTS abort_action LowCardinality(Nullable(String)) AFTER response_bytes,
    ADD COLUMN IF NOT EXISTS client_retry Nullable(UInt16) AFTER abort_action,
    -- Part of cached_input_tokens.
    ADD COLUMN IF NOT EXISTS cached_audio_input_tokens Nullable(UInt64) AFTER image_output_tokens,
    ADD COLUMN IF NOT EXISTS estimator LowCardinality(Nullable(String)) AFTER usage_source,
    ADD COLUMN IF NOT EXISTS estimated_meters Array(LowCardinality(String)) AFTER estimator;

{{#cluster}}
ALTER TABLE usage_events_v1 {{on_cluster}}
    ADD COLUMN IF NOT EXISTS abort_action LowCardinality(Nullable(String)) AFTER response_bytes,
    ADD COLUMN IF NOT EXISTS client_retry Nullable(UInt16) AFTER abort_action,
    ADD COLUMN IF NOT EXISTS cached_audio_input_tokens Nullable(UInt64) AFTER image_output_tokens,
    ADD COLUMN IF NOT EXISTS estimator LowCardinality(Nullable(String)) AFTER usage_source,
    ADD COLUMN IF NOT EXISTS estimated_meters Array(LowCardinality(String)) AFTER estimator;
{{/cluster}}
