import { countOf, type JsonObject, objectOf } from '../json/value.js';
import { OPENAI_USAGE, type UsageConvention } from '../openai/usage-convention.js';

/**
 * Sonar counts reasoning beside the completion and leaves it out of `total_tokens`; what it read of the web
 * (`citation_tokens`) and its searches are billed apart from both. The Agent API counts its searches by tool.
 * (https://docs.perplexity.ai/docs/sonar/models/sonar-deep-research, https://docs.perplexity.ai/guides/pricing)
 */
export const perplexityUsage: UsageConvention = {
  ...OPENAI_USAGE,
  cache: 'totals',
  reasoning: 'beside',
  othersOf: (usage) => ({
    citationTokens: countOf(usage.citation_tokens),
    webSearches: countOf(usage.num_search_queries) ?? searchesOf(usage),
  }),
};

function searchesOf(usage: JsonObject): number | undefined {
  return countOf(objectOf(objectOf(usage.tool_calls_details)?.web_search)?.invocation);
}
