import { toScaled } from '../../../decimal';

export interface PartlyKnown {
  /** Exact sum of what is priced. */
  readonly spend: string;
  /** Calls whose cost is in no sum. */
  readonly unpricedCalls: number;
}

/** Null where calls were made and nothing is known of their cost: that is not zero. */
export const knownSpend = ({ spend, unpricedCalls }: PartlyKnown): string | null =>
  unpricedCalls > 0 && toScaled(spend) === 0n ? null : spend;

/** Of each bucket, for drawing: null where it is not known. */
export const knownSpends = (spend: readonly string[], unpricedCalls: readonly number[]): (number | null)[] =>
  spend.map((amount, index) => {
    const known = knownSpend({ spend: amount, unpricedCalls: unpricedCalls[index] ?? 0 });
    return known === null ? null : Number(known);
  });
