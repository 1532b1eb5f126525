-- Batches are small and come for ever. By default a few of them are merged with the part of the hour or day under way, over and
-- over: as sums collapse, that part stays about as large as it was, and merging took the server more than storing. From here on
-- a part is merged once as much as thirty of its kind have come. Nothing but the number of parts changes, to some twenty a month.
ALTER TABLE usage_events_v1{{local}} {{on_cluster}} MODIFY SETTING merge_selector_base = 30;
ALTER TABLE ratings_v1{{local}} {{on_cluster}} MODIFY SETTING merge_selector_base = 30;
ALTER TABLE usage_per_hour_v1{{local}} {{on_cluster}} MODIFY SETTING merge_selector_base = 30;
ALTER TABLE usage_per_day_v1{{local}} {{on_cluster}} MODIFY SETTING merge_selector_base = 30;
ALTER TABLE provider_usage_per_hour_v1{{local}} {{on_cluster}} MODIFY SETTING merge_selector_base = 30;
ALTER TABLE provider_usage_per_day_v1{{local}} {{on_cluster}} MODIFY SETTING merge_selector_base = 30;
ALTER TABLE split_usage_per_hour_v1{{local}} {{on_cluster}} MODIFY SETTING merge_selector_base = 30;
ALTER TABLE split_usage_per_day_v1{{local}} {{on_cluster}} MODIFY SETTING merge_selector_base = 30;
