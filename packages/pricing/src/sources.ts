import { type Bucket, OVERRIDABLE_BUCKETS, type PicoUsd, type PriceOverride, parseUsd, USD } from '@weir/contracts';
import type { CatalogModel, Place, ServiceTier } from './catalog.js';
import { toUsd } from './exchange.js';
import type { Converted } from './rating.js';

/** Where the rates of one event come from. */
export interface Sources {
  /** In force for the event, the one for its service tier before the one for every tier. */
  readonly overrides: readonly PriceOverride[];
  readonly model: CatalogModel | null;
  readonly priceVersion: string | null;
  readonly inputTokens: number;
  readonly tier: ServiceTier;
  readonly place: Place;
  /** USD per unit of a currency at the time of the event; null = unknown. */
  readonly usdPerUnit: (currency: string) => string | null;
}

export interface FoundRate {
  /** null = in a currency of which nobody says what it is worth. */
  readonly usdPerMillion: string | null;
  readonly pico: PicoUsd | null;
  readonly source: string;
  /** Stated as 0, not rounded to it. */
  readonly isZero: boolean;
  readonly converted?: Converted;
}

const OVERRIDABLE: ReadonlySet<string> = new Set(OVERRIDABLE_BUCKETS);

/** The first override that names the bucket. */
export function fromOverrides(bucket: Bucket, { overrides, usdPerUnit }: Sources): FoundRate | null {
  if (overrides.length === 0 || !OVERRIDABLE.has(bucket)) return null;
  for (const { id, currency, rates } of overrides) {
    const perMillion = rates[bucket as keyof PriceOverride['rates']];
    if (perMillion === undefined) continue;
    const source = `override:${id}`;
    const isZero = parseUsd(perMillion) === 0n;
    if (currency === USD) return { usdPerMillion: perMillion, pico: parseUsd(perMillion), source, isZero };
    const unit = usdPerUnit(currency);
    const usdPerMillion = unit === null ? null : toUsd(perMillion, unit);
    const pico = usdPerMillion === null ? null : parseUsd(usdPerMillion);
    return { usdPerMillion, pico, source, isZero, converted: { currency, perMillion, usdPerUnit: unit } };
  }
  return null;
}

export function fromCatalog(
  bucket: Bucket,
  { model, priceVersion, inputTokens, tier, place }: Sources,
): FoundRate | null {
  const found = model?.rateOf(bucket, inputTokens, tier, place);
  return model && found
    ? { ...found, source: `catalog:${priceVersion}:${model.model}`, isZero: found.pico === 0n }
    : null;
}
