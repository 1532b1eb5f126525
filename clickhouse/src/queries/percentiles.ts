import { z } from 'zod';
import type { Reader } from '../client.js';
import type { Condition } from '../scope.js';
import { askWithin } from './cost-guard.js';
import type { Rows } from './rollup.js';

/** p50, p95 and p99 in ms; null = no call was timed. */
export type Percentiles = readonly [number | null, number | null, number | null];
const NO_PERCENTILES: Percentiles = [null, null, null];

const PERCENTS = [50, 95, 99] as const;

/** Key k of a histogram stands for lengths of time over BASE x GROWTH^(k-1) and up to BASE x GROWTH^k (migration 0008). */
const BASE_MS = 0.01;
const GROWTH = 1.02;

export const ACCURACY =
  'Percentiles are of calls that were sent on, by nearest rank, and within 1 % of the exact value (or 0.01 ms). They come from counts of calls by length of time, so they hold for any range and filter.';

export interface Timings {
  readonly latency: Percentiles;
  readonly firstToken: Percentiles;
}
export const UNTIMED: Timings = { latency: NO_PERCENTILES, firstToken: NO_PERCENTILES };

const row = z.object({
  measure: z.number().int(),
  bucket: z.number().int(),
  isWhole: z.number().transform(Boolean),
  keys: z.array(z.number().int()),
});
const MEASURES = ['latency', 'firstToken'] as const satisfies readonly (keyof Timings)[];

/** By start of the bucket, UTC epoch seconds; absent = no call was timed. Counts of a bucket are counts of the whole, too. */
export async function timingsOf(
  reader: Reader,
  rows: Rows,
  bucket: Condition,
): Promise<{ readonly byStart: ReadonlyMap<number, Timings>; readonly whole: Timings }> {
  const ranks = PERCENTS.map(
    (percent) => `keys[arrayFirstIndex(sum -> sum >= intDiv(${percent} * sums[-1] + 99, 100), sums)]`,
  );
  const counts = (histogram: string, measure: number) =>
    `arrayMap((key, times) -> (toUInt8(${measure}), key, times), mapKeys(u.${histogram}), mapValues(u.${histogram}))`;
  const found = await askWithin(reader, rows, {
    name: 'usage-quality-timings',
    sql: `
      SELECT measure, bucket, isWhole, [${ranks.join(', ')}] AS keys
      FROM (
        SELECT h.measure AS measure, h.bucket AS bucket, grouping(h.bucket) AS isWhole,
          arraySort(groupArray((h.key, h.times))) AS counts, counts.1 AS keys, arrayCumSum(counts.2) AS sums
        FROM (
          SELECT ${bucket.sql} AS bucket, kept.1 AS measure, kept.2 AS key, sum(kept.3) AS times
          FROM ${rows.sql} AS u
          ARRAY JOIN arrayConcat(${counts('latencies', 0)}, ${counts('first_tokens', 1)}) AS kept
          GROUP BY bucket, measure, key
          HAVING times > 0
        ) AS h
        GROUP BY GROUPING SETS ((h.measure, h.bucket), (h.measure))
      )`,
    params: { ...rows.params, ...bucket.params },
    row,
  });
  const byStart = new Map<number, Timings>();
  let whole = UNTIMED;
  for (const { measure, bucket: start, isWhole, keys } of found) {
    const own = { [MEASURES[measure] as keyof Timings]: keys.map(middleOf) as unknown as Percentiles };
    if (isWhole) whole = { ...whole, ...own };
    else byStart.set(start, { ...UNTIMED, ...byStart.get(start), ...own });
  }
  return { byStart, whole };
}

/** The value that is off by the same share from both ends of what the key stands for. */
function middleOf(key: number): number {
  if (key === 0) return BASE_MS;
  return (2 * BASE_MS * GROWTH ** key) / (GROWTH + 1);
}
