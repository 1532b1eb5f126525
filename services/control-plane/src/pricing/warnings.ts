import { formatUsd, type PicoUsd, parseUsd, USD } from '@weir/contracts';
import type { CardOverride } from './rate-card.js';
import type { PriceWarning, RateCardBucket } from './rate-card.types.js';

const FAR = 10n;
const MILLION = 1_000_000n;
/** Below any published rate per 1M, of tokens and of what is paid by the piece, and above any per single one. */
const LEAST_PER_MILLION_TOKENS: PicoUsd = parseUsd('0.001');
const LEAST_PER_MILLION_PIECES: PicoUsd = parseUsd('10');
const PLURAL: Readonly<Record<string, string>> = { search: 'searches' };

/**
 * What about the override that is to be set looks like a slip. Saving is allowed all the same; 0 is free on purpose.
 * Rates are compared in dollars; in a currency that has no exchange rate they cannot be.
 */
export function warningsOf(buckets: readonly RateCardBucket[], set: CardOverride): PriceWarning[] {
  return buckets.flatMap((bucket) => {
    if (!(bucket.bucket in set.rates)) return [];
    const { overrideUsdPerMillion, catalogUsdPerMillion, unit } = bucket;
    if (overrideUsdPerMillion === null) return [withoutExchangeRate(bucket.bucket, set.currency)];
    const value = parseUsd(overrideUsdPerMillion);
    const catalog = catalogUsdPerMillion === null ? null : parseUsd(catalogUsdPerMillion);
    const found = value === 0n ? null : outlier(value, catalog, unit, set);
    return found ? [{ bucket: bucket.bucket, ...found }] : [];
  });
}

function withoutExchangeRate(bucket: string, currency: string): PriceWarning {
  const message = `There is no exchange rate for ${currency}: calls stay unpriced until one is set.`;
  return { bucket, code: 'exchange_rate_missing', message };
}

function outlier(
  value: PicoUsd,
  catalog: PicoUsd | null,
  unit: string,
  { currency }: CardOverride,
): Omit<PriceWarning, 'bucket'> | null {
  const inDollars = currency === USD ? '' : ' dollars';
  const perMillion = formatUsd(value * MILLION);
  const isPerToken = catalog
    ? catalog < value * MILLION * FAR && value * MILLION < catalog * FAR
    : value < (unit === 'token' ? LEAST_PER_MILLION_TOKENS : LEAST_PER_MILLION_PIECES);
  if (isPerToken) {
    const units = PLURAL[unit] ?? `${unit}s`;
    const message = `This looks like a price for one ${unit}. For 1M ${units} that would be ${perMillion}${inDollars}.`;
    return { code: 'per_token', message };
  }
  if (!catalog) return null;
  if (value > catalog * FAR) {
    return { code: 'far_above', message: `More than 10 times the published ${formatUsd(catalog)}${inDollars}.` };
  }
  if (value * FAR < catalog) {
    return { code: 'far_below', message: `Less than a tenth of the published ${formatUsd(catalog)}${inDollars}.` };
  }
  return null;
}
