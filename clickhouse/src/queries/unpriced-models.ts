import { z } from 'zod';
import type { Reader } from '../client.js';
import type { Scope } from '../scope.js';
import { ratingLineRows } from './rating-lines.js';

/** Calls of one provider and model whose cost is unknown for one reason. Times are UTC epoch ms, to the hour or better. */
export interface UnpricedModel {
  readonly provider: string;
  /** '' = not known. */
  readonly providerType: string;
  readonly model: string;
  /** A RatingReason of `unpriced`. */
  readonly reason: string;
  readonly calls: number;
  readonly firstAt: number;
  readonly lastAt: number;
  readonly quantities: readonly { readonly bucket: string; readonly quantity: bigint }[];
}

const row = z.object({
  provider: z.string(),
  providerType: z.string(),
  model: z.string(),
  reason: z.string(),
  calls: z.number(),
  firstAt: z.number(),
  lastAt: z.number(),
  quantities: z.array(z.tuple([z.string(), z.string()])),
});

const MAX_MODELS = 500;

/** What cannot be priced in a range and why, most calls first. */
export async function unpricedModels(reader: Reader, scope: Scope, nowMs = Date.now()): Promise<UnpricedModel[]> {
  const rows = ratingLineRows(scope, undefined, nowMs);
  const found = await reader.query({
    name: 'unpriced-models',
    sql: `
      SELECT provider, providerType, model, reason,
        sumIf(events, bucket = '') AS calls,
        toUnixTimestamp64Milli(min(firstAt)) AS firstAt, toUnixTimestamp64Milli(max(lastAt)) AS lastAt,
        arraySort(arrayFilter(one -> one.1 != '' AND one.2 != '0', groupArray((bucket, toString(quantity))))) AS quantities
      FROM (
        SELECT l.provider AS provider, l.provider_type AS providerType, l.model AS model, l.unpriced_reason AS reason,
          l.bucket AS bucket, sum(l.quantity) AS quantity, sum(l.events) AS events,
          min(l.first_at) AS firstAt, max(l.last_at) AS lastAt
        FROM ${rows.sql} AS l
        WHERE l.unpriced_reason != ''
        GROUP BY provider, providerType, model, reason, bucket
        HAVING events != 0
      )
      GROUP BY provider, providerType, model, reason
      HAVING calls > 0
      ORDER BY calls DESC, provider, model, reason
      LIMIT ${MAX_MODELS}`,
    params: rows.params,
    row,
  });
  return found.map(({ quantities, ...model }) => ({
    ...model,
    quantities: quantities.map(([bucket, quantity]) => ({ bucket, quantity: BigInt(quantity) })),
  }));
}
