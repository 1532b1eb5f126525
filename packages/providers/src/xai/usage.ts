import { plainDecimal } from '../json/decimal.js';
import { countOf, objectOf } from '../json/value.js';
import { OPENAI_USAGE, type UsageConvention } from '../openai/usage-convention.js';

const COST_MAX_LENGTH = 63;

/**
 * Chat counts reasoning beside `completion_tokens` and inside `total_tokens`; Responses counts it inside `output_tokens`
 * (https://docs.x.ai/docs/key-information/consumption-and-rate-limits). The cost is stated in ticks of 10^-10 USD
 * (https://docs.x.ai/developers/cost-tracking).
 */
export const xaiUsage: UsageConvention = {
  ...OPENAI_USAGE,
  cache: 'inside',
  reasoning: 'totals',
  othersOf: (usage) => {
    const tools = objectOf(usage.server_side_tool_usage_details);
    return {
      searchSources: countOf(usage.num_sources_used),
      webSearches: countOf(tools?.web_search_calls),
      xSearches: countOf(tools?.x_search_calls),
    };
  },
  costUsdOf: ({ cost_in_usd_ticks: ticks }) =>
    countOf(ticks) === undefined ? null : plainDecimal(`${ticks}e-10`, COST_MAX_LENGTH),
};
