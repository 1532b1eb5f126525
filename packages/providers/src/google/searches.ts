const KEPT_AT_MOST = 1_000;

/** Adds the queries of one `webSearchQueries` list (parsed, per candidate) to those already seen. Empty ones are not billed. */
export function withQueries(seen: readonly string[], lists: readonly unknown[]): readonly string[] {
  const named = lists.flat().filter((query): query is string => typeof query === 'string' && query.trim() !== '');
  const fresh = [...new Set(named)].filter((query) => !seen.includes(query));
  return fresh.length === 0 ? seen : [...seen, ...fresh].slice(0, KEPT_AT_MOST);
}

/**
 * Searches as Google bills them: from Gemini 3 on each different query, before it the prompt, however many queries it
 * led to. (https://ai.google.dev/gemini-api/docs/google-search#pricing)
 */
export function billedSearches(queries: readonly string[], model: string | null): number | undefined {
  if (queries.length === 0) return undefined;
  const generation = /(?:^|\/)gemini-(\d+)/.exec(model ?? '')?.[1];
  return generation !== undefined && Number(generation) < 3 ? 1 : queries.length;
}
