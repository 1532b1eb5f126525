import { z } from 'zod';
import type { Reader } from '../client.js';
import { inScope, type Scope } from '../scope.js';

const sums = z.object({
  key: z.string(),
  events: z.number().int(),
  before: z.string(),
  after: z.string(),
});
/** What the rows of a run took back and put in its place, under one key; USD. */
export type BookedSums = z.output<typeof sums>;

export interface Booked {
  readonly before: string;
  readonly after: string;
  readonly eventsChanged: number;
  readonly newlyPriced: number;
  readonly newlyUnpriced: number;
  readonly byProvider: readonly BookedSums[];
  readonly byModel: readonly BookedSums[];
  readonly byBucket: readonly BookedSums[];
}

const counts = z.object({
  before: z.string(),
  after: z.string(),
  eventsChanged: z.number().int(),
  newlyPriced: z.number().int(),
  newlyUnpriced: z.number().int(),
});

const NOTHING = { before: '0', after: '0', eventsChanged: 0, newlyPriced: 0, newlyUnpriced: 0 };
const AMOUNTS = `toString(-sumIf(amount, sign = -1)) AS before, toString(sumIf(amount, sign = 1)) AS after`;
const LINES = `JSONExtract(lines, 'Array(Tuple(bucket String, amount Nullable(String)))')`;

/**
 * What a run changed, as it is in the ledger; of providers and models the `keys` with the largest differences.
 * `batchPrefix` begins the id of each of its batches and of no other.
 */
export async function bookedBy(reader: Reader, scope: Scope, batchPrefix: string, keys: number): Promise<Booked> {
  const range = inScope(scope, 'started_at');
  const params = { ...range.params, batchPrefix };
  const where = `WHERE ${range.sql} AND startsWith(batch_id, {batchPrefix:String})`;
  const split = (key: string) =>
    reader.query({
      name: 'ledger-booked-by',
      sql: `SELECT ${key} AS key, uniqExact(event_id) AS events, ${AMOUNTS}
        FROM (SELECT *, ifNull(total, toDecimal128(0, 12)) AS amount FROM ratings_v1 ${where}) GROUP BY key
        ORDER BY abs(sum(amount)) DESC, key LIMIT {keys:UInt32}`,
      params: { ...params, keys },
      row: sums,
    });
  const [counted, byProvider, byModel, byBucket] = await Promise.all([
    reader.query({
      name: 'ledger-booked',
      sql: `SELECT toString(sum(took)) AS before, toString(sum(gave)) AS after, count() AS eventsChanged, countIf(pricedAfter AND NOT pricedBefore) AS newlyPriced,
          countIf(pricedBefore AND NOT pricedAfter) AS newlyUnpriced
        FROM (SELECT maxIf(isNotNull(total), sign = -1) AS pricedBefore, maxIf(isNotNull(total), sign = 1) AS pricedAfter,
            -sumIf(ifNull(total, toDecimal128(0, 12)), sign = -1) AS took, sumIf(ifNull(total, toDecimal128(0, 12)), sign = 1) AS gave
          FROM ratings_v1 ${where} GROUP BY event_id)`,
      params,
      row: counts,
    }),
    split('provider'),
    split('model'),
    reader.query({
      name: 'ledger-booked-by-bucket',
      sql: `SELECT key, uniqExact(event_id) AS events, ${AMOUNTS}
        FROM (SELECT event_id, sign, arrayJoin(${LINES}) AS line, line.1 AS key, toDecimal128(ifNull(line.2, '0'), 12) * sign AS amount
          FROM ratings_v1 ${where} AND isNotNull(total))
        GROUP BY key ORDER BY key`,
      params,
      row: sums,
    }),
  ]);
  return { ...(counted[0] ?? NOTHING), byProvider, byModel, byBucket };
}
