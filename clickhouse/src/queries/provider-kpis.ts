import { z } from 'zod';
import type { Reader } from '../client.js';
import { figuresOf } from './figures.js';
import { bucketOf } from './group-rows.js';
import { DAY_MS } from './plan.js';
import { usageRows } from './rollup.js';

export const KPI_DAYS = 7;

/** The last seven UTC days, today included; arrays hold one value a day, oldest first. */
export interface ProviderKpis {
  readonly spend: string;
  readonly unpricedCalls: number;
  readonly requests: number;
  readonly tokens: number;
  readonly spendByDay: readonly string[];
  readonly unpricedCallsByDay: readonly number[];
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
  unpricedCallsByDay: z.array(z.number()),
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
  const starts = Array.from({ length: KPI_DAYS }, (_, day) => to - (KPI_DAYS - day) * DAY_MS);
  const rows = usageRows({ scope: { projectId, from: to - KPI_DAYS * DAY_MS, to }, starts, nowMs });
  const bucket = bucketOf(starts);
  const { spend, calls, totalTokens, unpricedCalls } = figuresOf();
  const byDay = (value: string) =>
    `[${starts.map((start) => `sumIf(${value}, d.bucket = ${Math.floor(start / 1_000)})`).join(', ')}]`;
  const found = await reader.query({
    name: 'provider-kpis',
    sql: `
      SELECT d.provider AS provider, toString(sum(d.spend)) AS spend, sum(d.unpriced) AS unpricedCalls,
        sum(d.requests) AS requests, sum(d.tokens) AS tokens,
        arrayMap(amount -> toString(amount), ${byDay('d.spend')}) AS spendByDay,
        ${byDay('d.unpriced')} AS unpricedCallsByDay, ${byDay('d.requests')} AS requestsByDay, ${byDay('d.tokens')} AS tokensByDay
      FROM (
        SELECT u.provider AS provider, ${bucket.sql} AS bucket, ${spend} AS spend, ${calls} AS requests,
          ${totalTokens} AS tokens, ${unpricedCalls} AS unpriced
        FROM ${rows.sql} AS u
        GROUP BY provider, bucket
      ) AS d
      GROUP BY provider
      LIMIT 10000`,
    params: { ...rows.params, ...bucket.params },
    row,
  });
  return new Map(found.map(({ provider, ...kpis }) => [provider, kpis]));
}
