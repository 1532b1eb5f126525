interface Dated {
  readonly currency: string;
  readonly validFrom: string;
}

/** Rates by currency, the one that begins last first; it is the one in force, the others counted for calls before it. */
export function withStanding<Rate extends Dated>(rates: readonly Rate[]): (Rate & { isInForce: boolean })[] {
  return rates
    .toSorted((a, b) => a.currency.localeCompare(b.currency, 'en') || Date.parse(b.validFrom) - Date.parse(a.validFrom))
    .map((rate, index, all) => ({ ...rate, isInForce: all[index - 1]?.currency !== rate.currency }));
}

/** The rate a price in this currency is turned into USD at now; null = nobody has set one. */
export function rateInForce<Rate extends Dated>(rates: readonly Rate[], currency: string): Rate | null {
  return withStanding(rates).find((rate) => rate.currency === currency && rate.isInForce) ?? null;
}

/** Digits after the point, as the rate is written. */
export function placesOf(rate: string): number {
  return rate.split('.')[1]?.length ?? 0;
}
