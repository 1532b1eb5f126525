import type { UsageFilter } from '../scope.js';
import { type CostType, keptBy } from './kinds.js';
import { TOKEN_KINDS_OF_EVENT } from './sums.js';

const CHARGED: Readonly<Record<Exclude<CostType, 'unpriced'>, string>> = {
  input: 'r.amount_input != r.amount_tool_use',
  cached_input: 'r.amount_cached_input != 0',
  cache_write: 'r.amount_cache_write != 0',
  output: 'r.amount_output != 0',
  reasoning: 'r.amount_reasoning != 0',
  tool_use: 'r.amount_tool_use != 0',
  other: 'r.amount_other != 0',
};

/**
 * Restricts rows of `usage_events_v1 AS e` to those that a filter by kinds counts; begins with ` AND` where there is one.
 * @param inRatings restricts `ratings_v1` to the same part of the range
 */
export function havingKinds(filter: UsageFilter, inRatings: string): string {
  const { calls, spend } = keptBy(filter);
  if (calls.by === 'all') return '';
  if (calls.by === 'tokens') return ` AND bitAnd(${TOKEN_KINDS_OF_EVENT}, ${calls.bits}) != 0`;
  const events = (net: string) =>
    `(SELECT r.event_id FROM ratings_v1 AS r WHERE ${inRatings} GROUP BY r.event_id HAVING ${net} > 0)`;
  const charged = [...spend].flatMap((kind) => (kind === 'unpriced' ? [] : [CHARGED[kind]]));
  const either = [
    ...(charged.length > 0
      ? [`e.event_id IN ${events(`sum(r.sign * (isNotNull(r.total) AND (${charged.join(' OR ')})))`)}`]
      : []),
    ...(calls.unpriced ? [`e.event_id NOT IN ${events('sum(r.sign * isNotNull(r.total))')}`] : []),
  ];
  return ` AND (${either.length > 0 ? either.join(' OR ') : '0'})`;
}
