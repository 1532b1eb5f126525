import type { JsonObject } from '../json/value.js';

/**
 * Where a usage object counts a part: `inside` the total it belongs to, `beside` it, or told by the object's own
 * `total_tokens`. A part that is larger than its total is beside it in any case, so no meter falls below zero.
 */
export type Place = 'inside' | 'beside' | 'totals';

/** How one upstream that speaks OpenAI's dialect counts, where that differs from OpenAI. */
export interface UsageConvention {
  /** What was read from and written to the cache, and the input. */
  readonly cache: Place;
  /** Reasoning and the output. */
  readonly reasoning: Place;
  /**
   * What `total_tokens` holds beyond everything that is named is the model's thoughts, which are billed as output. Absent:
   * nobody says so; they are taken for it where nothing else is known, and the reading is `partial`.
   */
  readonly unnamed?: 'thoughts';
  /** Its `total_tokens`, where that is not always the sum of what is counted in tokens. */
  readonly totalOf?: (usage: JsonObject) => number | undefined;
  /**
   * What the endpoint writes where its usage does not say: images or audio, or, as embeddings and rankings, nothing, so
   * that a bare total is all input. Absent: text.
   */
  readonly writes?: 'images' | 'audio' | 'nothing';
  /** Cached input where OpenAI's own spelling has none. */
  readonly cachedOf?: (usage: JsonObject) => number | undefined;
  /** Quantities of its own that are no tokens of ours. */
  readonly othersOf?: (usage: JsonObject) => Readonly<Record<string, number | undefined>>;
  /** The cost it states, a plain decimal in USD, where that is not in `cost`. */
  readonly costUsdOf?: (usage: JsonObject) => string | null;
  /** Member of a stream's chunk that holds usage besides `usage`. */
  readonly otherUsagePath?: string;
  /** Response header with the cached input, for answers that state none. */
  readonly cachedHeader?: string;
}

/** As OpenAI counts, or as the upstream's own totals tell. */
export const OPENAI_USAGE: UsageConvention = { cache: 'totals', reasoning: 'totals' };
