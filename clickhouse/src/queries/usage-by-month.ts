import { z } from 'zod';
import type { Reader } from '../client.js';
import { EARLIEST_MS, inScope, LATEST_MS } from '../scope.js';

/** What a calendar month (UTC) comes to, as the roll-up says now. */
export interface MonthUsage {
  /** `YYYY-MM` */
  readonly month: string;
  readonly spend: string;
  readonly calls: number;
  readonly unpricedCalls: number;
}

const row = z.object({ month: z.string(), spend: z.string(), calls: z.number(), unpricedCalls: z.number() });

/** Every month in which the project has a call, by name. */
export async function usageByMonth(reader: Reader, projectId: string): Promise<Map<string, MonthUsage>> {
  const range = inScope({ projectId, from: EARLIEST_MS, to: LATEST_MS }, 'day');
  const rows = await reader.query({
    name: 'usage-by-month',
    sql: `SELECT formatDateTime(day, '%Y-%m') AS month, toString(sum(u.spend)) AS spend, sum(u.calls) AS calls,
        toInt64(sum(u.attempts)) - sum(u.priced_calls) AS unpricedCalls
      FROM provider_usage_per_day_v1 AS u WHERE ${range.sql}
      GROUP BY month HAVING sum(u.attempts) > 0 OR sum(u.spend) != 0 ORDER BY month`,
    params: range.params,
    row,
  });
  return new Map(rows.map((month) => [month.month, month]));
}
