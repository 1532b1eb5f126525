-- The last change of prices that a rating takes into account, so that it can be made again as it was.
-- NULL = not noted, as in every rating before this column.
ALTER TABLE ratings_v1{{local}} {{on_cluster}}
    ADD COLUMN IF NOT EXISTS known_at Nullable(DateTime64(3, 'UTC')) AFTER price_book_version;

{{#cluster}}
ALTER TABLE ratings_v1 {{on_cluster}}
    ADD COLUMN IF NOT EXISTS known_at Nullable(DateTime64(3, 'UTC')) AFTER price_book_version;
{{/cluster}}
