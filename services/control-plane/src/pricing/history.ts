import { OVERRIDABLE_BUCKETS } from '@weir/contracts';
import type { PriceOverride } from '@weir/prisma';
import type { OverrideRates } from './override-input.js';
import type { BucketRate, OverrideChange } from './rate-card.types.js';

/**
 * Changes of the override of one model, newest first. A row that ends without another one following it was cleared,
 * which is a change of its own.
 * @param rows by `validFrom`, oldest first
 * @param nameOf account id -> e-mail
 */
export function changesOf(rows: readonly PriceOverride[], nameOf: (accountId: string) => string): OverrideChange[] {
  const changes = rows.flatMap((row, index): OverrideChange[] => {
    const { validFrom, validUntil, createdBy, closedBy } = row;
    const next = rows[index + 1]?.validFrom ?? null;
    const set = {
      ...{ at: validFrom, by: nameOf(createdBy), rates: toBucketRates(row.rates as OverrideRates) },
      ...{ from: validFrom, until: validUntil },
    };
    if (validUntil === null || validUntil.getTime() === next?.getTime()) return [set];
    return [set, { at: validUntil, by: nameOf(closedBy ?? ''), rates: [], from: validUntil, until: next }];
  });
  return changes.reverse();
}

/** In the order of a rate card. */
export function toBucketRates(rates: OverrideRates): BucketRate[] {
  return OVERRIDABLE_BUCKETS.flatMap((bucket) => {
    const usdPerMillion = rates[bucket];
    return usdPerMillion === undefined ? [] : [{ bucket, usdPerMillion }];
  });
}
