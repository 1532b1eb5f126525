import { WeirError } from '@weir/contracts';
import { z } from 'zod';
import type { Reader } from '../client.js';
import type { Scope, UsageFilter } from '../scope.js';
import { rowsBy, TOKENS_SQL, USAGE_DIMENSIONS, type UsageDimension } from './dimension.js';
import { INTERVAL_MS, INTERVALS, type Interval, usageRows } from './rollup.js';
import { type UsageTotals, usageTotals } from './usage-totals.js';

export interface OverTimeOptions {
  readonly interval: Interval;
  readonly groupBy: UsageDimension;
  readonly filter?: UsageFilter | undefined;
  /** Groups named one by one, the biggest by spend, then by calls; the rest are added up. */
  readonly top: number;
}

/** One value per bucket, zeros included. */
export interface UsageGroupSeries {
  readonly key: string;
  /** Set when all calls of the group have one provider type. */
  readonly providerType: string | null;
  /** The sum of the groups beyond `top`. */
  readonly other: boolean;
  readonly spend: readonly string[];
  readonly calls: readonly number[];
  readonly tokens: readonly number[];
}

export interface UsageSeries {
  /** Starts of the buckets, UTC epoch ms. */
  readonly buckets: readonly number[];
  /** Biggest first, `other` last. */
  readonly groups: readonly UsageGroupSeries[];
  readonly totals: UsageTotals;
}

const MAX_BUCKETS = 2_000;
const MAX_GROUPS = 50;

const row = z.object({
  grp: z.string(),
  other: z.number().transform(Boolean),
  providerType: z.string(),
  bucket: z.number().int(),
  spend: z.string(),
  calls: z.number(),
  tokens: z.number(),
});

/** How usage moved over a range, split by one dimension, UTC. @throws WeirError `RANGE_TOO_LONG` */
export async function usageOverTime(reader: Reader, scope: Scope, options: OverTimeOptions): Promise<UsageSeries> {
  const buckets = bucketStarts(scope, options.interval);
  const rows = usageRows(scope, options.filter);
  const key = USAGE_DIMENSIONS[options.groupBy];
  const source = rowsBy(options.groupBy, rows.sql);
  const top = Math.min(Math.max(Math.trunc(options.top), 1), MAX_GROUPS);
  const [found, totals] = await Promise.all([
    reader.query({
      name: 'usage-over-time',
      sql: `
        WITH leading AS (
          SELECT ${key} AS grp FROM ${source} AS u
          GROUP BY grp
          HAVING sum(u.attempts) > 0 OR sum(u.spend) != 0 OR sum(${TOKENS_SQL}) > 0
          ORDER BY sum(u.spend) DESC, sum(u.attempts) DESC, grp
          LIMIT {top:UInt32}
        )
        SELECT
          if(${key} IN (SELECT grp FROM leading), ${key}, '') AS grp,
          ${key} NOT IN (SELECT grp FROM leading) AS other,
          if(uniqExact(u.provider_type) = 1, any(u.provider_type), '') AS providerType,
          toUnixTimestamp(${INTERVALS[options.interval]}) * 1000 AS bucket,
          toString(sum(u.spend)) AS spend,
          sum(u.calls) AS calls,
          sum(${TOKENS_SQL}) AS tokens
        FROM ${source} AS u
        GROUP BY grp, other, bucket
        ORDER BY other, grp, bucket`,
      params: { ...rows.params, top },
      row,
    }),
    usageTotals(reader, scope, options.filter),
  ]);
  return { buckets, groups: toSeries(found, buckets), totals };
}

function bucketStarts({ from, to }: Scope, interval: Interval): number[] {
  const step = INTERVAL_MS[interval];
  const first = Math.floor(from / step) * step;
  if ((to - first) / step > MAX_BUCKETS) {
    throw new WeirError('RANGE_TOO_LONG', `at most ${MAX_BUCKETS} ${interval}s can be shown at once`);
  }
  const starts: number[] = [];
  for (let start = first; start < to; start += step) starts.push(start);
  return starts;
}

interface Filling {
  key: string;
  other: boolean;
  types: Set<string>;
  spend: string[];
  calls: number[];
  tokens: number[];
}

function toSeries(rows: readonly z.output<typeof row>[], buckets: readonly number[]): UsageGroupSeries[] {
  const position = new Map(buckets.map((start, index) => [start, index]));
  const groups = new Map<string, Filling>();
  for (const { grp, other, providerType, bucket, spend, calls, tokens } of rows) {
    const index = position.get(bucket);
    if (index === undefined) continue;
    const id = other ? 'other' : `=${grp}`;
    let group = groups.get(id);
    if (!group) {
      const zeros = () => buckets.map(() => 0);
      group = { key: grp, other, types: new Set(), spend: buckets.map(() => '0'), calls: zeros(), tokens: zeros() };
      groups.set(id, group);
    }
    group.types.add(providerType);
    group.spend[index] = spend;
    group.calls[index] = calls;
    group.tokens[index] = tokens;
  }
  const weight = new Map([...groups.values()].map((group) => [group, sumOf(group)]));
  return [...groups.values()]
    .filter((group) => !group.other || weight.get(group)?.some((value) => value !== 0))
    .sort(
      (a, b) => Number(a.other) - Number(b.other) || compare(weight.get(b), weight.get(a)) || (a.key < b.key ? -1 : 1),
    )
    .map(({ types, ...group }) => ({ ...group, providerType: types.size === 1 ? [...types][0] || null : null }));
}

/** For ordering on screen only; the figures themselves stay exact text. */
function sumOf({ spend, calls }: Filling): [number, number] {
  return [spend.reduce((sum, value) => sum + Number(value), 0), calls.reduce((sum, value) => sum + value, 0)];
}

function compare(a: [number, number] = [0, 0], b: [number, number] = [0, 0]): number {
  return a[0] - b[0] || a[1] - b[1];
}
