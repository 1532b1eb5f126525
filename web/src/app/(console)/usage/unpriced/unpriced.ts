import { sumDecimals } from '../../../../decimal';
import { isByPiece } from '../../providers/models/buckets';

interface Quantity {
  readonly bucket: string;
  readonly quantity: number;
}

export function tokensOf(quantities: readonly Quantity[]): number {
  return quantities
    .filter(({ bucket }) => !isByPiece(bucket) && !bucket.startsWith('other:'))
    .reduce((sum, { quantity }) => sum + quantity, 0);
}

/** What would give the calls a cost; null where it is the quantity that is unknown. */
export function remedyOf({ reason, model }: { reason: string; model: string }): 'price' | 'exchange_rate' | null {
  if (reason === 'usage_unknown' || reason === 'amount_out_of_range' || model === '') return null;
  return reason === 'exchange_rate_missing' ? 'exchange_rate' : 'price';
}

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
