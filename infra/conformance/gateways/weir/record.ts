import { formatUsd, parseUsd } from '@weir/contracts';
import type { GatewayRecord, RecordedCost } from '../gateway.js';
import type { AnsweredCall } from './answered.js';
import { metersOf, type StoredEvent, type StoredRating } from './stored.js';

/** One event with everything else that Weir holds of it, and whatever of that does not agree. */
export function toRecord(
  event: StoredEvent,
  ratings: readonly StoredRating[],
  answered: AnsweredCall | undefined,
): GatewayRecord {
  const [rating] = ratings;
  const cost = rating ? costOf(rating) : undefined;
  return {
    nonce: event.tags.nonce ?? null,
    outcome: event.outcome,
    endpoint: event.endpoint,
    streamed: event.streamed,
    requestedModel: event.requested_model,
    servedModel: event.served_model,
    serviceTier: event.service_tier,
    callId: event.call_id,
    attempt: event.attempt,
    errorCode: event.error_code,
    abortAction: event.abort_action,
    user: event.user,
    usageSource: event.usage_source,
    meters: metersOf(event),
    otherMeters: Object.fromEntries(Object.entries(event.other_meters).map(([name, count]) => [name, Number(count)])),
    estimator: event.estimator,
    estimatedMeters: event.estimated_meters,
    statedCostUsd: event.provider_stated_cost_usd,
    ...(cost && { cost }),
    contradictions: [...withinRating(ratings), ...betweenBooks(event, rating, answered)],
    text: JSON.stringify([event, ratings, answered]),
  };
}

interface Line {
  readonly amount: string | null;
  readonly rule: string | null;
}

function costOf({ status, total, reason, lines }: StoredRating): RecordedCost {
  const parsed = JSON.parse(lines) as Line[];
  return {
    ...{ status, reason, usd: total === null ? null : plain(total) },
    lines: parsed.flatMap(({ amount }) => amount ?? []),
    rules: parsed.flatMap(({ rule }) => rule ?? []),
  };
}

/** Without the zeros that a column's scale puts at its end. */
const plain = (decimal: string): string => formatUsd(parseUsd(decimal));

function withinRating(ratings: readonly StoredRating[]): string[] {
  const [rating] = ratings;
  if (rating === undefined) return ['the event has no rating'];
  if (ratings.length > 1) return [`the event has ${ratings.length} ratings`];
  if (rating.total === null) return [];
  if (plain(rating.parts) === plain(rating.total)) return [];
  return [`parts of the rating add up to ${rating.parts}, its total is ${rating.total}`];
}

function betweenBooks(
  event: StoredEvent,
  rating: StoredRating | undefined,
  answered: AnsweredCall | undefined,
): string[] {
  if (answered === undefined) return ['GraphQL does not list the event'];
  const meters = metersOf(event);
  const pairs: [string, unknown, unknown][] = [
    ['outcome', event.outcome, answered.outcome],
    ['usageSource', event.usage_source, answered.usageSource],
    ['requestedModel', event.requested_model, answered.requestedModel],
    ['servedModel', event.served_model, answered.servedModel],
    ['errorCode', event.error_code, answered.errorCode],
    ['callId', event.call_id, answered.callId],
    ['attempt', event.attempt, answered.attempt],
    ['inputTokens', meters.input ?? null, answered.inputTokens],
    ['cachedInputTokens', meters.cachedInput ?? null, answered.cachedInputTokens],
    ['outputTokens', meters.output ?? null, answered.outputTokens],
    ['reasoningTokens', meters.reasoning ?? null, answered.reasoningTokens],
    ['status', rating?.status, answered.rating?.status],
    ['cost', amount(rating?.total ?? null), amount(answered.rating?.cost ?? null)],
  ];
  return pairs
    .filter(([, stored, shown]) => stored !== shown)
    .map(([name, stored, shown]) => `${name} is ${String(stored)} in ClickHouse and ${String(shown)} in GraphQL`);
}

const amount = (decimal: string | null): string | null => (decimal === null ? null : plain(decimal));
