interface Dated {
  readonly currency: string;
  readonly validFrom: string;
  readonly recordedAt: string;
}

/** `in_force` counts for calls now, `ahead` will, `past` did for calls before, `replaced` counts for none any more. */
export type Standing = 'in_force' | 'ahead' | 'past' | 'replaced';

const byValidThenKnown = (a: Dated, b: Dated) =>
  Date.parse(b.validFrom) - Date.parse(a.validFrom) || Date.parse(b.recordedAt) - Date.parse(a.recordedAt);

/** Rates by currency, newest valid time first, each with what it counts for at `now`. */
export function withStanding<Rate extends Dated>(rates: readonly Rate[], now: Date): (Rate & { standing: Standing })[] {
  const found = new Set<string>();
  return rates
    .toSorted((a, b) => a.currency.localeCompare(b.currency, 'en') || byValidThenKnown(a, b))
    .map((rate, index, all) => {
      const above = all[index - 1];
      const isReplaced = above?.currency === rate.currency && above.validFrom === rate.validFrom;
      if (isReplaced) return { ...rate, standing: 'replaced' };
      if (Date.parse(rate.validFrom) > now.getTime()) return { ...rate, standing: 'ahead' };
      if (found.has(rate.currency)) return { ...rate, standing: 'past' };
      found.add(rate.currency);
      return { ...rate, standing: 'in_force' };
    });
}
