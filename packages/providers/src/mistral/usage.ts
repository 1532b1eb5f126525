import { countOf, firstCount, objectOf } from '../json/value.js';
import { OPENAI_USAGE, type UsageConvention } from '../openai/usage-convention.js';

/** Cached tokens are part of the prompt's and spelled in three ways; audio is counted in seconds. https://docs.mistral.ai/api */
export const mistralUsage: UsageConvention = {
  ...OPENAI_USAGE,
  cache: 'inside',
  reasoning: 'inside',
  cachedOf: (usage) => firstCount(usage.num_cached_tokens, objectOf(usage.prompt_token_details)?.cached_tokens),
  // The total holds the tokens of the audio, which is stated in seconds: https://docs.mistral.ai/capabilities/audio
  totalOf: (usage) => (countOf(usage.prompt_audio_seconds) ? undefined : countOf(usage.total_tokens)),
  othersOf: (usage) => ({ audioSeconds: countOf(usage.prompt_audio_seconds) }),
};
