import { type Bucket, formatUsd, OVERRIDABLE_BUCKETS, parseUsd, type SpecialTier } from '@weir/contracts';
import { type CatalogModel, type ServiceTier, STAND_INS, toUsd } from '@weir/pricing';
import { baseRate } from './catalog-models.js';
import type { OverrideRates } from './override-input.js';
import type { PriceExample, RateCardBucket } from './rate-card.types.js';

/** An override as it is in force, or would be. */
export interface CardOverride {
  readonly rates: OverrideRates;
  readonly currency: string;
  /** What a unit of the currency is worth now; null = nobody has said so. */
  readonly usdPerUnit: string | null;
}

type OverridableBucket = (typeof OVERRIDABLE_BUCKETS)[number];

/**
 * A rate card as a call at a service tier would be rated, in its order: the override, else the catalog, else what stands in
 * for a rate that neither names.
 * @param overrides the one for the tier before the one for every tier
 */
export function bucketsOf(
  listed: CatalogModel | null,
  overrides: readonly CardOverride[],
  tier: ServiceTier = 'default',
): RateCardBucket[] {
  const published = tier === 'default' ? listed?.entry.rates : listed?.entry.serviceTiers[tier];
  const inCatalog = (bucket: Bucket) => (published ? baseRate(published, bucket) : null);
  const overridden = (bucket: Bucket) => rateIn(overrides, bucket);
  const effective = (bucket: Bucket): string | null => {
    const own = overridden(bucket);
    if (own) return own.usd;
    return inCatalog(bucket) ?? standIn(bucket);
  };
  const standIn = (bucket: Bucket): string | null => {
    for (const { bucket: other } of STAND_INS[bucket] ?? []) {
      const own = overridden(other);
      if (own) return own.usd;
      // Which rate stands in for a missing one is known of the ordinary tier only.
      const rate = tier === 'default' ? inCatalog(other) : null;
      if (rate !== null) return rate;
    }
    return null;
  };
  return OVERRIDABLE_BUCKETS.map((bucket) => {
    const catalog = inCatalog(bucket);
    const own = overridden(bucket);
    const from = catalog === null ? null : provenanceOf(listed, bucket, tier);
    return {
      bucket,
      catalogUsdPerMillion: catalog,
      overrideUsdPerMillion: own?.usd ?? null,
      overridePerMillion: own?.perMillion ?? null,
      overrideCurrency: own?.currency ?? null,
      effectiveUsdPerMillion: effective(bucket),
      unit: UNITS[bucket] ?? 'token',
      source: from?.source ?? null,
      sourceUrl: from?.url ?? null,
      asOf: from?.asOf ?? null,
    };
  });
}

const UNITS: Readonly<Partial<Record<OverridableBucket, string>>> = {
  ...{ web_search: 'search', file_search: 'search', search_unit: 'search unit', request: 'request' },
  ...{ image: 'image', audio_second: 'second', code_container: 'container' },
};

function rateIn(overrides: readonly CardOverride[], bucket: Bucket) {
  for (const { rates, currency, usdPerUnit } of overrides) {
    const perMillion = rates[bucket as OverridableBucket];
    if (perMillion === undefined) continue;
    return { perMillion, currency, usd: usdPerUnit === null ? null : toUsd(perMillion, usdPerUnit) };
  }
  return null;
}

function provenanceOf(listed: CatalogModel | null, bucket: Bucket, tier: ServiceTier) {
  const { provenance = null, addedFrom = {} } = listed?.entry ?? {};
  return addedFrom[tier === 'default' ? bucket : (tier satisfies SpecialTier)] ?? provenance;
}

/** 1M input + 1M output tokens; null where a rate is missing. */
export function exampleOf(buckets: readonly RateCardBucket[]): PriceExample {
  const of = (column: 'catalogUsdPerMillion' | 'effectiveUsdPerMillion') => {
    const [input, output] = ['input', 'output'].map((name) => buckets.find(({ bucket }) => bucket === name)?.[column]);
    return input == null || output == null ? null : formatUsd(parseUsd(input) + parseUsd(output));
  };
  return { catalogUsd: of('catalogUsdPerMillion'), effectiveUsd: of('effectiveUsdPerMillion') };
}
