import { z } from 'zod';
import type { Reader } from '../client.js';
import type { Condition } from '../scope.js';
import { askWithin } from './cost-guard.js';
import type { Rows } from './rollup.js';

/** p50, p95 and p99 in ms; null = no call was timed. */
export type Percentiles = readonly [number | null, number | null, number | null];
export const NO_PERCENTILES: Percentiles = [null, null, null];

const PERCENTS = [50, 95, 99] as const;

/** Key k of a histogram stands for lengths of time over BASE x GROWTH^(k-1) and up to BASE x GROWTH^k (migration 0008). */
const BASE_MS = 0.01;
const GROWTH = 1.02;

export const ACCURACY =
  'Percentiles are of calls that were sent on, by nearest rank, and within 1 % of the exact value (or 0.01 ms). They come from counts of calls by length of time, so they hold for any range and filter.';

const row = z.object({ bucket: z.number().int(), keys: z.array(z.number().int()) });

/** By start of the bucket, UTC epoch seconds; none = no call was timed. */
export async function percentilesOf(
  reader: Reader,
  rows: Rows,
  histogram: 'latencies' | 'first_tokens',
  bucket: Condition,
): Promise<Map<number, Percentiles>> {
  const ranks = PERCENTS.map(
    (percent) => `keys[arrayFirstIndex(sum -> sum >= intDiv(${percent} * sums[-1] + 99, 100), sums)]`,
  );
  const found = await askWithin(reader, rows, {
    name: `usage-quality-${histogram.replace('_', '-')}`,
    sql: `
      SELECT bucket, [${ranks.join(', ')}] AS keys
      FROM (
        SELECT h.bucket AS bucket, arraySort(groupArray((h.key, h.times))) AS counts,
          counts.1 AS keys, arrayCumSum(counts.2) AS sums
        FROM (
          SELECT ${bucket.sql} AS bucket, kept.1 AS key, sum(kept.2) AS times
          FROM ${rows.sql} AS u
          ARRAY JOIN CAST(u.${histogram}, 'Array(Tuple(UInt16, UInt64))') AS kept
          GROUP BY bucket, key
          HAVING times > 0
        ) AS h
        GROUP BY bucket
      )`,
    params: { ...rows.params, ...bucket.params },
    row,
  });
  return new Map(found.map(({ bucket: start, keys }) => [start, keys.map(middleOf) as unknown as Percentiles]));
}

/** The value that is off by the same share from both ends of what the key stands for. */
function middleOf(key: number): number {
  if (key === 0) return BASE_MS;
  return (2 * BASE_MS * GROWTH ** key) / (GROWTH + 1);
}
