import { countsOf, hasMisstatement, otherMetersOf, tierOf } from '../anthropic/usage.js';
import { objectOf } from '../json/value.js';
import { countUsage } from '../openai/usage.js';
import { converseCounts, isConverseSound } from './converse-usage.js';
import type { Stated } from './stated.js';

/** A model family's `usage` object in an InvokeModel answer. */
export interface BodyUsage {
  readonly counts: Stated;
  readonly otherMeters: Readonly<Record<string, number>>;
  readonly serviceTier: string | null;
  readonly raw: string;
  /** Its numbers are counts that agree with one another. */
  readonly isSound: boolean;
}

/**
 * Whose usage it is, its own keys say: the id in the path may be an opaque profile. Converse and Nova count as Bedrock
 * does, Mistral, AI21, DeepSeek and gpt-oss as OpenAI does (totals that include their parts), the rest is Anthropic's.
 * @param raw as sent; null when it is no object
 */
export function bodyUsage(raw: string | null): BodyUsage | null {
  const usage = raw === null ? null : objectOf(parsed(raw));
  if (raw === null || usage === null) return null;
  if ('inputTokens' in usage || 'outputTokens' in usage) {
    return { counts: converseCounts(usage), otherMeters: {}, serviceTier: null, raw, isSound: isConverseSound(usage) };
  }
  if ('prompt_tokens' in usage || 'completion_tokens' in usage) {
    const { meters, otherMeters, isSound } = countUsage(raw);
    const { input, output, cachedInput, cacheWriteUnknown, reasoning } = meters;
    return {
      counts: { input, output, cachedInput, cacheWrite: cacheWriteUnknown, reasoning },
      otherMeters,
      serviceTier: null,
      raw,
      isSound,
    };
  }
  const counts = countsOf(usage);
  const isSound = !hasMisstatement(usage);
  return { counts, otherMeters: otherMetersOf(counts), serviceTier: tierOf(usage), raw, isSound };
}

function parsed(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    // The upstream's usage is no JSON: nothing is stated.
    return null;
  }
}
