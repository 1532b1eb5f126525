import type { UsageEvent } from '@weir/contracts';

/**
 * Whether the listed fee per request is the one of this call. Perplexity's rises with the amount of search context, which it
 * states in `usage`; listed is the lowest (https://docs.perplexity.ai/getting-started/pricing).
 */
export function hasListedFee({ providerType, rawUsage }: Pick<UsageEvent, 'providerType' | 'rawUsage'>): boolean {
  return providerType !== 'perplexity' || searchContextOf(rawUsage) === 'low';
}

function searchContextOf(rawUsage: string | null): unknown {
  try {
    return (JSON.parse(rawUsage ?? 'null') as { search_context_size?: unknown } | null)?.search_context_size;
  } catch {
    return undefined;
  }
}
