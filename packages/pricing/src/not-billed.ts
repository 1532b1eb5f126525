import type { UsageEvent } from '@weir/contracts';
import type { RatingReason } from './rating.js';

/**
 * Calls that cost nothing whatever the price list says, with the reason; null = the call may cost something.
 * Only what is known counts: a connection that broke after the request had gone out may have been billed.
 */
export function whyNotBilled(event: UsageEvent): RatingReason | null {
  if (event.outcome === 'refused') return 'refused';
  if (event.errorCode === 'upstream_unreachable' && event.upstreamStatus === null) return 'not_sent';
  if (event.usageSource !== 'none') return null;
  if (NOT_BILLED_ENDPOINTS.has(event.endpoint) || isFreeRead(event) || isFreeModeration(event)) {
    return 'endpoint_not_billed';
  }
  // Vendors bill for answers, not for errors: https://docs.claude.com/en/api/errors, https://openai.com/api/pricing
  if (event.upstreamStatus !== null && event.upstreamStatus >= 400) return 'no_usage_billed';
  return null;
}

/**
 * Listing models is no inference; a realtime session is billed by the turns in it, which are events of their own; counting
 * tokens is free: https://docs.claude.com/en/docs/build-with-claude/token-counting,
 * https://docs.aws.amazon.com/bedrock/latest/userguide/count-tokens.html
 */
const NOT_BILLED_ENDPOINTS = new Set([
  'models',
  'realtime',
  'responses.session',
  'messages.count_tokens',
  'count_tokens',
]);

/** Whether the answers of an endpoint should say what they used: without it their cost is unknown, as a rule. */
export function expectsUsage({ endpoint, providerType }: Pick<UsageEvent, 'endpoint' | 'providerType'>): boolean {
  return (
    !NOT_BILLED_ENDPOINTS.has(endpoint) && endpoint !== 'files.content' && !isFreeModeration({ endpoint, providerType })
  );
}

/** Fetching a file costs nothing, unless it holds the results of a batch, whose cost is then unknown. */
function isFreeRead({ endpoint, otherMeters }: UsageEvent): boolean {
  return endpoint === 'files.content' && otherMeters.batchResults === undefined;
}

/** OpenAI's is free (https://platform.openai.com/docs/guides/moderation); others bill theirs by the token. */
function isFreeModeration({ endpoint, providerType }: Pick<UsageEvent, 'endpoint' | 'providerType'>): boolean {
  return endpoint === 'moderations' && providerType === 'openai';
}
