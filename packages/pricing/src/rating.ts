import type { Bucket, PicoUsd } from '@weir/contracts';

/**
 * computed   quantities the upstream reported x known rates
 * estimated  the same with quantities that are partial or estimated
 * reported   no rate is known, and the upstream itself stated a cost above zero in USD: that cost
 * free       the cost is known to be zero: every rate used is an explicit 0, or the call is one nobody bills
 * unpriced   the cost is unknown: a quantity or a rate is missing
 */
export const RATING_STATUSES = ['reported', 'computed', 'estimated', 'free', 'unpriced'] as const;
export type RatingStatus = (typeof RATING_STATUSES)[number];

/** Why a rating is free or unpriced. */
export const RATING_REASONS = [
  // free
  'refused',
  'not_sent',
  'no_usage_billed',
  'endpoint_not_billed',
  'rate_zero',
  // unpriced
  'usage_unknown',
  'model_unknown',
  'rate_missing',
  'exchange_rate_missing',
  'service_tier',
  'no_price_version',
  'amount_out_of_range',
] as const;
/** What is counted beside tokens and has no rate is named: `meter_without_rate:fileSearches`. */
export type RatingReason = (typeof RATING_REASONS)[number] | `meter_without_rate:${string}`;

/** What a line is about. Reasoning bills at the output rate and tool-use input at the input rate, each on its own line. */
export type LineBucket = Bucket | 'reasoning' | 'tool_use_input' | 'stated_cost' | `other:${string}`;

/** Why a line has the rate it has, where that is not simply its bucket's own. */
export const LINE_RULES = [
  'at_input_rate',
  'at_output_rate',
  'at_cached_input_rate',
  'at_audio_input_rate',
  'at_cache_write_5m_rate',
  'catalog_only',
  'as_stated',
  /** Stated with more than 12 places: rounded half to even. */
  'stated_rounded',
  'no_exchange_rate',
  'no_rate',
] as const;
export type LineRule = (typeof LINE_RULES)[number];

/** A rate in another currency: `usdPerMillion` = `perMillion` x `usdPerUnit`, rounded half to even to 6 places. */
export interface Converted {
  readonly currency: string;
  readonly perMillion: string;
  /** At the time of the event; null = nobody has said what the currency was worth. */
  readonly usdPerUnit: string | null;
}

/** Money as text, so that a line reads the same wherever it is shown. `amount` = quantity x rate / 1,000,000, exactly. */
export interface RatingLine {
  readonly bucket: LineBucket;
  readonly quantity: number;
  readonly usdPerMillion: string | null;
  /** `catalog:<price version>:<model>`, `override:<id>`, `upstream`, or `none`. */
  readonly source: string;
  readonly rule: LineRule | null;
  readonly amount: string | null;
  /** Absent: the rate is stated in USD. */
  readonly converted?: Converted;
}

/** The six sums a total is shown as; they add up to it exactly. */
export const PARTS = ['input', 'cachedInput', 'cacheWrite', 'output', 'reasoning', 'other'] as const;
export type Part = (typeof PARTS)[number];

export interface Rating {
  readonly status: RatingStatus;
  readonly reason: RatingReason | null;
  /** Of the catalog in force at the time of the event. */
  readonly priceVersion: string | null;
  /**
   * UTC epoch ms: the last change of the book that the rating takes into account. Rating the same event again as known then
   * gives the same, whatever was added to the book since. 0 = the book tells no known times.
   */
  readonly knownAt: number;
  /** null = unpriced. */
  readonly total: PicoUsd | null;
  readonly parts: Readonly<Record<Part, PicoUsd>>;
  readonly lines: readonly RatingLine[];
}
