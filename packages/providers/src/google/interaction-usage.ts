import { known } from '../counts/known.js';
import { countOf, type JsonObject, objectOf, textOf } from '../json/value.js';
import type { Counts } from './usage.js';

/** What `usageMetadata` says, in the words of the Interactions API. */
export function interactionCountsOf(usage: JsonObject | null): Counts {
  const input = modalitiesOf(usage?.input_tokens_by_modality);
  const cached = modalitiesOf(usage?.cached_tokens_by_modality);
  const output = modalitiesOf(usage?.output_tokens_by_modality);
  return known({
    prompt: countOf(usage?.total_input_tokens),
    cached: countOf(usage?.total_cached_tokens),
    toolUse: countOf(usage?.total_tool_use_tokens),
    candidates: countOf(usage?.total_output_tokens),
    thoughts: countOf(usage?.total_thought_tokens),
    total: countOf(usage?.total_tokens),
    audioPrompt: input.get('audio'),
    imagePrompt: input.get('image'),
    audioCached: cached.get('audio'),
    imageCached: cached.get('image'),
    audioCandidates: output.get('audio'),
    imageCandidates: output.get('image'),
  });
}

/** Searches as counted by Google itself. */
export function interactionSearchesIn(usage: JsonObject | null): number | undefined {
  const counts = Array.isArray(usage?.grounding_tool_count) ? usage.grounding_tool_count : [];
  const searches = counts.map(objectOf).find((tool) => tool?.type === 'google_search');
  return countOf(searches?.count) || undefined;
}

/** `[{"modality":"audio","tokens":250}]` */
function modalitiesOf(details: unknown): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const detail of Array.isArray(details) ? details : []) {
    const modality = textOf(objectOf(detail)?.modality)?.toLowerCase();
    const count = countOf(objectOf(detail)?.tokens);
    if (modality !== undefined && count !== undefined) counts.set(modality, (counts.get(modality) ?? 0) + count);
  }
  return counts;
}
