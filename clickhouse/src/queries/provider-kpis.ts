import { z } from 'zod';
import type { Reader } from '../client.js';
import { inScope } from '../scope.js';

export const KPI_DAYS = 7;
const DAY_MS = 86_400_000;

/** The last seven UTC days, today included; arrays hold one value a day, oldest first. */
export interface ProviderKpis {
  readonly spend: string;
  readonly unpricedCalls: number;
  readonly requests: number;
  readonly tokens: number;
  readonly spendByDay: readonly string[];
  readonly requestsByDay: readonly number[];
  readonly tokensByDay: readonly number[];
}

const row = z.object({
  provider: z.string(),
  spend: z.string(),
  unpricedCalls: z.number(),
  requests: z.number(),
  tokens: z.number(),
  spendByDay: z.array(z.string()),
  requestsByDay: z.array(z.number()),
  tokensByDay: z.array(z.number()),
});

/** Key figures of every provider of a project by provider name, in one question. No entry = no calls. */
export async function providerKpis(
  reader: Reader,
  projectId: string,
  nowMs = Date.now(),
): Promise<Map<string, ProviderKpis>> {
  const to = (Math.floor(nowMs / DAY_MS) + 1) * DAY_MS;
  const range = inScope({ projectId, from: to - KPI_DAYS * DAY_MS, to }, 'hour');
  const days = Array.from({ length: KPI_DAYS }, (_, day) => day);
  const byDay = (value: string) => `[${days.map((day) => `sumIf(${value}, day = ${day})`).join(', ')}]`;
  const tokens =
    'input_tokens + cached_input_tokens + cache_write_5m_tokens + cache_write_1h_tokens + cache_write_unknown_tokens + output_tokens';
  const rows = await reader.query({
    name: 'provider-kpis',
    sql: `
      SELECT provider, toString(sum(u.spend)) AS spend, toInt64(sum(u.attempts)) - sum(u.priced_calls) AS unpricedCalls,
        sum(u.attempts) AS requests, sum(${tokens}) AS tokens,
        arrayMap(amount -> toString(amount), ${byDay('u.spend')}) AS spendByDay,
        ${byDay('u.attempts')} AS requestsByDay, ${byDay(tokens)} AS tokensByDay
      FROM (
        SELECT *, intDiv(toUnixTimestamp(hour) - intDiv({from:Int64}, 1000), 86400) AS day
        FROM usage_per_hour_v1 WHERE ${range.sql}
      ) AS u
      GROUP BY provider
      LIMIT 10000`,
    params: range.params,
    row,
  });
  return new Map(rows.map(({ provider, ...kpis }) => [provider, kpis]));
}
