import { z } from 'zod';
import type { Reader } from '../client.js';
import type { Scope, UsageFilter } from '../scope.js';
import { askWithin } from './cost-guard.js';
import type { Grouping } from './dimension.js';
import { groupRows } from './group-rows.js';
import { bucketStarts, type Interval } from './time/buckets.js';
import { type UsageTotals, usageTotals } from './usage-totals.js';

export interface OverTimeOptions extends Grouping {
  readonly interval: Interval;
  /** IANA name; absent = UTC. */
  readonly timeZone?: string | undefined;
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
  readonly unpricedCalls: readonly number[];
}

export interface UsageSeries {
  /** Starts of the buckets, UTC epoch ms; the first may lie before the range. */
  readonly buckets: readonly number[];
  /** Biggest first, `other` last. */
  readonly groups: readonly UsageGroupSeries[];
  /** How many groups `other` adds up. */
  readonly otherGroups: number;
  readonly totals: UsageTotals;
}

const MAX_GROUPS = 50;

const leader = z.object({ grp: z.string(), providerType: z.string(), groups: z.number() });
const line = z.object({
  place: z.number().int(),
  buckets: z.array(z.number().int()),
  spend: z.array(z.string()),
  calls: z.array(z.number()),
  tokens: z.array(z.number()),
  unpriced: z.array(z.number()),
});

/**
 * How usage moved over a range, split by one dimension.
 * @throws WeirError `RANGE_TOO_LONG`, `TIME_ZONE_UNKNOWN`, `QUERY_TOO_COSTLY`, `FILTER_INVALID`, `TAG_KEY_MISSING`
 */
export async function usageOverTime(reader: Reader, scope: Scope, options: OverTimeOptions): Promise<UsageSeries> {
  const nowMs = Date.now();
  const [series, totals] = await Promise.all([
    usageOfGroups(reader, scope, options, nowMs),
    usageTotals(reader, scope, options.filter, nowMs),
  ]);
  return { ...series, totals };
}

/** The same without the totals. */
export async function usageOfGroups(
  reader: Reader,
  scope: Scope,
  options: OverTimeOptions,
  nowMs = Date.now(),
): Promise<Omit<UsageSeries, 'totals'>> {
  const starts = bucketStarts(scope, options.interval, options.timeZone);
  const top = Math.min(Math.max(Math.trunc(options.top), 1), MAX_GROUPS);
  const leaders = await leadersOf(reader, scope, options, top, nowMs);
  const keys = leaders.map(({ grp }) => grp);
  const otherGroups = (leaders[0]?.groups ?? 0) - keys.length;
  const lines = keys.length === 0 ? [] : await linesOf(reader, scope, options, starts, keys, nowMs);
  const named = leaders.map(({ grp, providerType }, index) => ({
    key: grp,
    providerType: providerType || null,
    other: false,
    ...valuesOf(lines, index + 1, starts),
  }));
  const other = { key: '', providerType: null, other: true, ...valuesOf(lines, 0, starts) };
  return { buckets: starts, groups: otherGroups > 0 ? [...named, other] : named, otherGroups };
}

/** The biggest groups of the whole range, which coarser sums tell. */
function leadersOf(reader: Reader, scope: Scope, options: OverTimeOptions, top: number, nowMs: number) {
  const { groupBy, tagKey, filter } = options;
  const groups = groupRows(scope, { groupBy, tagKey, filter, nowMs });
  return askWithin(reader, groups.rows, {
    name: 'usage-over-time-groups',
    sql: `
      SELECT g.grp AS grp, g.providerType AS providerType, count() OVER () AS groups FROM (
        SELECT ${groups.key} AS grp, ${groups.providerType} AS providerType,
          ${groups.figures.spend} AS spend, ${groups.figures.attempts} AS attempts
        FROM ${groups.sql} AS u
        GROUP BY grp
        HAVING ${groups.having}
      ) AS g
      ORDER BY g.spend DESC, g.attempts DESC, grp
      LIMIT {top:UInt32}`,
    params: { ...groups.params, top },
    row: leader,
  });
}

function linesOf(
  reader: Reader,
  scope: Scope,
  { groupBy, tagKey, filter }: OverTimeOptions,
  starts: readonly number[],
  keys: readonly string[],
  nowMs: number,
) {
  const groups = groupRows(scope, { groupBy, tagKey, filter, starts, nowMs });
  const { spend, calls, totalTokens, unpricedCalls } = groups.figures;
  return askWithin(reader, groups.rows, {
    name: 'usage-over-time',
    sql: `
      SELECT p.place AS place, groupArray(p.bucket) AS buckets, groupArray(toString(p.spend)) AS spend,
        groupArray(p.calls) AS calls, groupArray(p.tokens) AS tokens, groupArray(p.unpriced) AS unpriced
      FROM (
        SELECT transform(${groups.key}, {keys:Array(String)}, {places:Array(UInt8)}, toUInt8(0)) AS place, ${groups.bucket} AS bucket,
          ${spend} AS spend, ${calls} AS calls, ${totalTokens} AS tokens, ${unpricedCalls} AS unpriced
        FROM ${groups.sql} AS u
        GROUP BY place, bucket
      ) AS p
      GROUP BY place`,
    params: { ...groups.params, keys, places: keys.map((_, index) => index + 1) },
    row: line,
  });
}

function valuesOf(lines: readonly z.output<typeof line>[], place: number, starts: readonly number[]) {
  const found = lines.find((one) => one.place === place);
  const positions = new Map(starts.map((start, index) => [Math.floor(start / 1_000), index]));
  const filled = <Value>(values: readonly Value[], zero: Value): Value[] => {
    const line = starts.map(() => zero);
    for (const [index, value] of values.entries()) {
      const position = positions.get(found?.buckets[index] ?? Number.NaN);
      if (position !== undefined) line[position] = value;
    }
    return line;
  };
  return {
    spend: filled(found?.spend ?? [], '0'),
    calls: filled(found?.calls ?? [], 0),
    tokens: filled(found?.tokens ?? [], 0),
    unpricedCalls: filled(found?.unpriced ?? [], 0),
  };
}
