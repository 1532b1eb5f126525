import { z } from 'zod';
import type { Reader } from '../client.js';
import type { UsageFilter } from '../scope.js';
import { askWithin } from './cost-guard.js';
import { detailOf, keyOf } from './dimension.js';
import { figuresOf } from './figures.js';
import { havingAny } from './group-rows.js';
import { keptBy } from './kinds.js';
import { usageRows } from './rollup.js';
import type { ModelUsage } from './usage-by-model.js';
import { totalsSql, usageTotalsRow } from './usage-totals.js';

const LISTS = { provider: 'providers', model: 'models', app: 'apps', user: 'users' } as const;

/** A day of one group, and since when it is compared. Starts of days and the end of this one, UTC epoch ms. */
export interface DayOfGroup {
  readonly key: string;
  readonly since: number;
  readonly day: number;
  readonly end: number;
}

export interface AroundDay {
  /** From `since` up to the day, app by app and model by model; `of` is the app. */
  readonly before: readonly ModelUsage[];
  readonly is: readonly ModelUsage[];
}

export interface AroundDaysOptions {
  readonly groupBy: keyof typeof LISTS;
  readonly days: readonly DayOfGroup[];
  readonly filter?: UsageFilter | undefined;
  readonly nowMs?: number | undefined;
}

/**
 * What several days of several groups used, and the days before each, in one question.
 * @returns one for each of `days`, in their order
 * @throws WeirError `RANGE_INVALID`, `QUERY_TOO_COSTLY`, `FILTER_INVALID`, `QUERY_LIMIT`
 */
export async function usageAroundDays(
  reader: Reader,
  projectId: string,
  { groupBy, days, filter, nowMs }: AroundDaysOptions,
): Promise<AroundDay[]> {
  if (days.length === 0) return [];
  const cuts = days.flatMap(({ since, day, end }) => [since, day, end]);
  const scope = { projectId, from: Math.min(...cuts), to: Math.max(...cuts) };
  const of = { ...filter, [LISTS[groupBy]]: [...new Set(days.map(({ key }) => key))] };
  const starts = [...new Set(cuts)].filter((cut) => cut < scope.to).sort((a, b) => a - b);
  const rows = usageRows({ scope, filter: of, starts, nowMs, details: detailOf(groupBy) });
  const kept = keptBy(filter);
  const figures = figuresOf(kept);
  const seconds = (value: (one: DayOfGroup) => number) => days.map((one) => Math.floor(value(one) / 1_000));
  const found = await askWithin(reader, rows, {
    name: 'usage-around-days',
    sql: `
      SELECT place, u.at >= {day:Array(UInt32)}[place] AS isDay, toString(u.app) AS source, toString(u.model) AS modelName,
        ${totalsSql(kept)}
      FROM ${rows.sql} AS u
      ARRAY JOIN arrayFilter((n, key, since, end) -> key = ${keyOf({ groupBy }).sql} AND u.at >= since AND u.at < end,
        arrayEnumerate({key:Array(String)}), {key:Array(String)}, {since:Array(UInt32)}, {end:Array(UInt32)}) AS place
      GROUP BY place, isDay, source, modelName
      HAVING ${havingAny(figures, kept.calls.by === 'all')}
      ORDER BY ${figures.spend} DESC, source, modelName`,
    params: {
      ...rows.params,
      key: days.map(({ key }) => key),
      since: seconds(({ since }) => since),
      day: seconds(({ day }) => day),
      end: seconds(({ end }) => end),
    },
    row: usageTotalsRow.extend({ place: z.number(), isDay: z.number(), source: z.string(), modelName: z.string() }),
  });
  return days.map((_, index) => {
    const here = found.filter(({ place }) => place === index + 1);
    const parts = (isDay: number): ModelUsage[] =>
      here
        .filter((part) => part.isDay === isDay)
        .map(({ source, modelName, place: _place, isDay: _isDay, ...totals }) => ({
          of: source,
          model: modelName,
          totals,
        }));
    return { before: parts(0), is: parts(1) };
  });
}
