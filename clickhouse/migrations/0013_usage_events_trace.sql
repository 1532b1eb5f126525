-- The W3C trace a call was part of; NULL = the app named none, as in every event before this column.
-- All calls of a trace are looked up by its id alone; one filter covers 8,192 rows. Parts written before have no filter, and
-- nothing in the column to read.
ALTER TABLE usage_events_v1{{local}} {{on_cluster}}
    ADD COLUMN IF NOT EXISTS trace_id Nullable(String) AFTER conversation,
    ADD INDEX IF NOT EXISTS trace_id_filter trace_id TYPE bloom_filter(0.001) GRANULARITY 1;

{{#cluster}}
ALTER TABLE usage_events_v1 {{on_cluster}}
    ADD COLUMN IF NOT EXISTS trace_id Nullable(String) AFTER conversation;
{{/cluster}}
