import type { Call } from '@weir/clickhouse';
import type { CallType, RatingType } from './calls.types.js';
import type { AbortAction, Outcome, RatingStatus, UsageSource } from './enums.js';

function toRating(rating: NonNullable<Call['rating']>): RatingType {
  const { status, cost, priceVersion, lines } = rating;
  return { status: status as RatingStatus, cost, priceVersion, lines: [...lines] };
}

/** A stored row as the console shows it: unknown stays null. */
export function toCall(call: Call): CallType {
  return {
    ...call,
    startedAt: new Date(call.startedAt),
    tags: Object.entries(call.tags).map(([key, value]) => ({ key, value })),
    outcome: call.outcome as Outcome,
    abortAction: call.abortAction as AbortAction | null,
    usageSource: call.usageSource as UsageSource,
    rating: call.rating && toRating(call.rating),
  };
}
