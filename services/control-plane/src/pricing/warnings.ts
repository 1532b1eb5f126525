import { formatUsd, type PicoUsd, parseUsd } from '@weir/contracts';
import type { PriceWarning, RateCardBucket } from './rate-card.types.js';

const FAR = 10n;
const MILLION = 1_000_000n;
/** Below any published rate per 1M tokens, and where every published rate per single token lies. */
const LEAST_PER_MILLION: PicoUsd = parseUsd('0.001');

/** What about the overrides of a card looks like a slip. Saving is allowed all the same; 0 is free on purpose. */
export function warningsOf(buckets: readonly RateCardBucket[]): PriceWarning[] {
  return buckets.flatMap(({ bucket, overrideUsdPerMillion, catalogUsdPerMillion }) => {
    if (overrideUsdPerMillion === null) return [];
    const value = parseUsd(overrideUsdPerMillion);
    const catalog = catalogUsdPerMillion === null ? null : parseUsd(catalogUsdPerMillion);
    const found = value === 0n ? null : outlier(value, catalog);
    return found ? [{ bucket, ...found }] : [];
  });
}

function outlier(value: PicoUsd, catalog: PicoUsd | null): Omit<PriceWarning, 'bucket'> | null {
  const perMillion = formatUsd(value * MILLION);
  const isPerToken = catalog
    ? catalog < value * MILLION * FAR && value * MILLION < catalog * FAR
    : value < LEAST_PER_MILLION;
  if (isPerToken) {
    const message = `This looks like a price for one token. For 1M tokens that would be ${perMillion}.`;
    return { code: 'per_token', message };
  }
  if (!catalog) return null;
  if (value > catalog * FAR) {
    return { code: 'far_above', message: `More than 10 times the published ${formatUsd(catalog)}.` };
  }
  if (value * FAR < catalog) {
    return { code: 'far_below', message: `Less than a tenth of the published ${formatUsd(catalog)}.` };
  }
  return null;
}
