import { type RatingRow, timeText, type UsageEventRow } from '@weir/clickhouse';
import { formatUsd, type PriceBook, type UsageEvent } from '@weir/contracts';
import { type Rating, rate } from '@weir/pricing';

export const INITIAL_RUN = 'initial';

/** The first rating of an event. Its dimensions are those of the event's row, so that both meet in one roll-up row. */
export function toRatingRow(event: UsageEvent, row: UsageEventRow, book: PriceBook): RatingRow {
  const rating = rate(event, book);
  return {
    project_id: row.project_id,
    started_at: row.started_at,
    event_id: row.event_id,
    run_id: INITIAL_RUN,
    sign: 1,
    environment: row.environment,
    provider: row.provider,
    provider_type: row.provider_type ?? '',
    model: row.served_model ?? row.requested_model ?? '',
    app: row.app,
    user: row.user ?? '',
    agent: row.agent ?? '',
    tags: row.tags,
    ...moneyOf(rating, book),
    batch_id: row.batch_id,
  };
}

/** The columns of a rating that say what was charged and why. */
export type Money = Pick<
  RatingRow,
  | 'status'
  | 'reason'
  | 'price_version'
  | 'price_book_version'
  | 'known_at'
  | 'total'
  | 'lines'
  | (`amount_${string}` & keyof RatingRow)
>;

export function moneyOf(rating: Rating, { version }: Pick<PriceBook, 'version'>): Money {
  const { status, reason, priceVersion, knownAt, total, parts, lines } = rating;
  return {
    status,
    reason,
    price_version: priceVersion,
    price_book_version: version,
    known_at: knownAt === 0 ? null : timeText(knownAt),
    total: total === null ? null : formatUsd(total),
    amount_input: amount(parts.input),
    amount_cached_input: amount(parts.cachedInput),
    amount_cache_write: amount(parts.cacheWrite),
    amount_output: amount(parts.output),
    amount_reasoning: amount(parts.reasoning),
    amount_other: amount(parts.other),
    amount_tool_use: status === 'unpriced' ? '0' : toolUseOf(lines),
    lines: JSON.stringify(lines),
  };
}

/** What tool use adds to the part of input. */
function toolUseOf(lines: Rating['lines']): string {
  return lines.find(({ bucket }) => bucket === 'tool_use_input')?.amount ?? '0';
}

/** Most parts of most calls are nothing. */
function amount(pico: bigint): string {
  return pico === 0n ? '0' : formatUsd(pico);
}
