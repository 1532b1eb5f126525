import type { Meters, UsageSource } from '@weir/contracts';

/** How far one answer's counts can be believed. */
export interface Statement {
  readonly meters: Meters;
  readonly otherMeters?: Readonly<Record<string, number>>;
  /** No later statement was due. */
  readonly isFinal: boolean;
  /** The numbers are counts, and agree with one another. */
  readonly isSound?: boolean;
}

/**
 * `reported` only where both sides of the answer are stated, for the last time, without contradiction; `partial` where
 * something is stated; else `none`. What is counted in other units (searches, seconds) stands for itself.
 */
export function usageSourceOf({ meters, otherMeters = {}, isFinal, isSound = true }: Statement): UsageSource {
  const hasTokens = Object.keys(meters).length > 0;
  if (!hasTokens && Object.keys(otherMeters).length === 0) return 'none';
  const isWhole = !hasTokens || (meters.input !== undefined && meters.output !== undefined);
  return isFinal && isSound && isWhole ? 'reported' : 'partial';
}
