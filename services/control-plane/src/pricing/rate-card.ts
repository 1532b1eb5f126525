import { type Bucket, formatUsd, OVERRIDABLE_BUCKETS, parseUsd } from '@weir/contracts';
import type { CatalogModel } from '@weir/pricing';
import { baseRate } from './catalog-models.js';
import type { OverrideRates } from './override-input.js';
import type { PriceExample, RateCardBucket } from './rate-card.types.js';

/**
 * The five buckets of a rate card, in its order, as a call would be rated: the override, else the catalog, and what is
 * cached at the input rate where neither names one.
 */
export function bucketsOf(listed: CatalogModel | null, override: OverrideRates): RateCardBucket[] {
  const inCatalog = (bucket: Bucket) => (listed ? baseRate(listed.entry.rates, bucket) : null);
  const inputRate = override.input ?? inCatalog('input');
  return OVERRIDABLE_BUCKETS.map((bucket) => {
    const catalog = inCatalog(bucket);
    const own = override[bucket] ?? catalog;
    const { provenance = null, addedFrom = {} } = listed?.entry ?? {};
    const from = catalog === null ? null : (addedFrom[bucket] ?? provenance);
    return {
      bucket,
      catalogUsdPerMillion: catalog,
      overrideUsdPerMillion: override[bucket] ?? null,
      effectiveUsdPerMillion: own ?? (bucket === 'output' ? null : inputRate),
      source: from?.source ?? null,
      sourceUrl: from?.url ?? null,
      asOf: from?.asOf ?? null,
    };
  });
}

/** 1M input + 1M output tokens; null where a rate is missing. */
export function exampleOf(buckets: readonly RateCardBucket[]): PriceExample {
  const of = (column: 'catalogUsdPerMillion' | 'effectiveUsdPerMillion') => {
    const [input, output] = ['input', 'output'].map((name) => buckets.find(({ bucket }) => bucket === name)?.[column]);
    return input == null || output == null ? null : formatUsd(parseUsd(input) + parseUsd(output));
  };
  return { catalogUsd: of('catalogUsdPerMillion'), effectiveUsd: of('effectiveUsdPerMillion') };
}
