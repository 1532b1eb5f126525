import { z } from 'zod';
import type { Reader } from '../client.js';
import { type Condition, inScope, type Scope } from '../scope.js';

/**
 * Answers of one endpoint of a provider since it last told what it used. Only answers that should have told: complete, or
 * read to the end after their client left, and no look-ups through paths that nothing is known of. Times are UTC epoch ms.
 */
export interface UsageSilence {
  readonly provider: string;
  readonly endpoint: string;
  /** null = it never told in the range. */
  readonly lastReportedAt: number | null;
  /** Since then: answers whose usage is unknown, and those whose usage was estimated in its place. */
  readonly silent: number;
  readonly estimated: number;
  /** Start of the first of them; null = there is none. */
  readonly since: number | null;
}

const HOUR_MS = 3_600_000;

const hours = z.object({
  provider: z.string(),
  endpoint: z.string(),
  lastReportedAt: z.number(),
  /** In the whole hours after the one of the last report. */
  silent: z.number(),
  estimated: z.number(),
  since: z.number(),
  /** In the hour of the last report, before it or after it. */
  mixed: z.number(),
});
type Hours = z.output<typeof hours>;

/** Every endpoint that was called in a range that begins with an hour and reaches to now. */
export async function usageSilence(reader: Reader, scope: Scope): Promise<UsageSilence[]> {
  const range = inScope(scope, 'hour');
  const found = await reader.query({
    name: 'usage-silence',
    sql: `
      SELECT h.provider AS provider, h.endpoint AS endpoint, toUnixTimestamp64Milli(h.told) AS lastReportedAt,
        sumIf(h.silentHere, h.isAfter) AS silent, sumIf(h.estimatedHere, h.isAfter) AS estimated,
        toUnixTimestamp64Milli(minIf(h.firstMissing, h.isAfter)) AS since,
        sumIf(h.silentHere + h.estimatedHere, NOT h.isAfter AND h.hour = toStartOfHour(h.told)) AS mixed
      FROM (
        SELECT provider, endpoint, hour, r.silent AS silentHere, r.estimated AS estimatedHere,
          r.first_missing_at AS firstMissing, max(r.last_reported_at) OVER (PARTITION BY provider, endpoint) AS told,
          hour > toStartOfHour(told) AS isAfter
        FROM usage_reports_per_hour_v1 AS r WHERE ${range.sql}
      ) AS h
      GROUP BY provider, endpoint, h.told`,
    params: range.params,
    row: hours,
  });
  const rest = await afterReport(
    reader,
    scope,
    found.filter(({ mixed }) => mixed > 0),
  );
  return found.map((one) => {
    const more = rest.get(keyOf(one)) ?? NOTHING;
    const [silent, estimated] = [one.silent + more.silent, one.estimated + more.estimated];
    const { provider, endpoint, lastReportedAt } = one;
    const since = more.since ?? (one.silent + one.estimated > 0 ? one.since : null);
    return { provider, endpoint, lastReportedAt: lastReportedAt || null, silent, estimated, since };
  });
}

const tail = z.object({
  provider: z.string(),
  endpoint: z.string(),
  silent: z.number(),
  estimated: z.number(),
  since: z.number(),
});
type Tail = Omit<z.output<typeof tail>, 'provider' | 'endpoint' | 'since'> & { readonly since: number | null };

const NOTHING: Tail = { silent: 0, estimated: 0, since: null };
const keyOf = ({ provider, endpoint }: Pick<UsageSilence, 'provider' | 'endpoint'>) => `${provider}\n${endpoint}`;

/** What came after the report within its hour, from the rows. */
async function afterReport(reader: Reader, scope: Scope, of: readonly Hours[]): Promise<Map<string, Tail>> {
  if (of.length === 0) return new Map();
  const starts = of.map(({ lastReportedAt }) => lastReportedAt);
  const ends = starts.map(nextHour);
  const range = inScope({ ...scope, from: Math.min(...starts), to: Math.max(...ends) }, 'started_at');
  const each = of.map(({ provider, endpoint, lastReportedAt }, index): Condition => {
    const bounds = `e.started_at > fromUnixTimestamp64Milli({t${index}:Int64}, 'UTC') AND e.started_at < fromUnixTimestamp64Milli({u${index}:Int64}, 'UTC')`;
    return {
      sql: `(e.provider = {p${index}:String} AND e.endpoint = {e${index}:String} AND ${bounds})`,
      params: {
        ...{ [`p${index}`]: provider, [`e${index}`]: endpoint },
        ...{ [`t${index}`]: lastReportedAt, [`u${index}`]: nextHour(lastReportedAt) },
      },
    };
  });
  const rows = await reader.query({
    name: 'usage-silence-tail',
    sql: `
      SELECT e.provider AS provider, e.endpoint AS endpoint, countIf(e.usage_source = 'none') AS silent,
        countIf(e.usage_source = 'estimated') AS estimated, toUnixTimestamp64Milli(min(e.started_at)) AS since
      FROM usage_events_v1 AS e
      WHERE ${range.sql} AND (${each.map(({ sql }) => sql).join(' OR ')}) AND e.usage_source IN ('none', 'estimated')
        AND (e.outcome = 'completed' OR e.abort_action = 'drained') AND e.upstream_status BETWEEN 200 AND 299
        AND NOT (e.endpoint = 'opaque' AND e.method IN ('GET', 'HEAD', 'OPTIONS', 'DELETE'))
      GROUP BY provider, endpoint`,
    params: Object.assign({ ...range.params }, ...each.map(({ params }) => params)),
    row: tail,
  });
  return new Map(rows.map((row) => [keyOf(row), row]));
}

function nextHour(atMs: number): number {
  return (Math.floor(atMs / HOUR_MS) + 1) * HOUR_MS;
}
