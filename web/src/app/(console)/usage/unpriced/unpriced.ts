import { sumDecimals } from '../../../../decimal';

interface Quantity {
  readonly bucket: string;
  readonly quantity: number;
}

/** What is counted by piece; everything else is tokens. */
const NO_TOKENS = new Set(['web_search', 'request']);

export function tokensOf(quantities: readonly Quantity[]): number {
  return quantities
    .filter(({ bucket }) => !NO_TOKENS.has(bucket) && !bucket.startsWith('other:'))
    .reduce((sum, { quantity }) => sum + quantity, 0);
}

/** A price would not help where it is the quantity that is unknown. */
export const canBePriced = ({ reason, model }: { reason: string; model: string }): boolean =>
  reason !== 'usage_unknown' && model !== '';

export interface Exposure {
  /** Of the models that a near rate is known for. */
  readonly amount: string;
  /** Models nothing can be said about. */
  readonly unknownModels: number;
}

/** What it would come to at the nearest known rates. An estimate to decide by: none of it is booked. */
export function exposureOf(rows: readonly { readonly exposure: string | null }[]): Exposure {
  return {
    amount: sumDecimals(rows.flatMap(({ exposure }) => exposure ?? [])),
    unknownModels: rows.filter(({ exposure }) => exposure === null).length,
  };
}
