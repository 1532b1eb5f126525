import { OVERRIDABLE_BUCKETS, USD } from '@weir/contracts';
import type { PriceOverride } from '@weir/prisma';
import { isEmpty, ratesOf } from './override-card.js';
import type { OverrideRates } from './override-input.js';
import type { BucketRate, OverrideChange } from './rate-card.types.js';

/**
 * Changes of the overrides of one model, the last one made first. Rows of one override are what later changes left of it.
 * @param nameOf account id -> e-mail
 */
export function changesOf(rows: readonly PriceOverride[], nameOf: (accountId: string) => string): OverrideChange[] {
  return [...Map.groupBy(rows, ({ overrideId }) => overrideId).values()]
    .map((parts) => changeOf(parts, nameOf))
    .sort((a, b) => b.at.getTime() - a.at.getTime());
}

function changeOf(parts: readonly PriceOverride[], nameOf: (accountId: string) => string): OverrideChange {
  const first = parts.reduce((one, other) => (other.knownFrom < one.knownFrom ? other : one));
  const believed = parts.find(({ knownUntil }) => knownUntil === null);
  const { currency, serviceTier, validFrom: from, createdBy, knownFrom: at } = first;
  const rates = ratesOf(first);
  return {
    ...{ at, by: nameOf(createdBy), from, until: believed ? believed.validUntil : from },
    ...{ serviceTier, currency, rates: isEmpty(rates) ? [] : toBucketRates(rates, currency) },
  };
}

/** In the order of a rate card. */
export function toBucketRates(rates: OverrideRates, currency: string): BucketRate[] {
  return OVERRIDABLE_BUCKETS.flatMap((bucket) => {
    const perMillion = rates[bucket];
    if (perMillion === undefined) return [];
    return [{ bucket, perMillion, usdPerMillion: currency === USD ? perMillion : null }];
  });
}
