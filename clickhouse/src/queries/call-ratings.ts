import { WeirError } from '@weir/contracts';
import { z } from 'zod';
import type { Reader } from '../client.js';
import { inScope, type Scope } from '../scope.js';

export const ratingLine = z.object({
  bucket: z.string(),
  quantity: z.number(),
  /** USD per 1,000,000 of the bucket's unit; null = no rate is known. */
  usdPerMillion: z.string().nullable(),
  amount: z.string().nullable(),
  /** `catalog:<version>:<model>`, `override:<id>`, `upstream` or `none`. */
  source: z.string(),
  /** Where the rate is not simply the bucket's own, which rule chose it. */
  rule: z.string().nullable(),
  /** Absent: the rate is stated in USD. */
  converted: z.object({ currency: z.string(), perMillion: z.string(), usdPerUnit: z.string().nullable() }).optional(),
});
export type RatingLine = z.output<typeof ratingLine>;

/** The rating in force: what stands after reversals. `cost` null = unpriced. */
export interface CallRating {
  readonly status: string;
  readonly reason: string | null;
  readonly cost: string | null;
  readonly priceVersion: string | null;
  readonly lines: readonly RatingLine[];
}

const row = z.object({
  eventId: z.string(),
  status: z.string(),
  reason: z.string().nullable(),
  cost: z.string().nullable(),
  priceVersion: z.string().nullable(),
  lines: z.string(),
});

/** Ratings in force of the events named, keyed by event id; `scope` bounds the look-up. */
export async function ratingsOf(
  reader: Reader,
  scope: Scope,
  eventIds: readonly string[],
): Promise<Map<string, CallRating>> {
  if (eventIds.length === 0) return new Map();
  const range = inScope(scope, 'started_at');
  const rows = await reader.query({
    name: 'call-ratings',
    // A run whose rows cancel out was reversed; of those that stand the newest is in force.
    sql: `
      SELECT eventId, argMax(status, at) AS status, argMax(tuple(reason), at).1 AS reason, argMax(tuple(cost), at).1 AS cost,
        argMax(tuple(priceVersion), at).1 AS priceVersion, argMax(lines, at) AS lines
      FROM (
        SELECT toString(r.event_id) AS eventId, r.run_id, any(r.status) AS status, any(tuple(r.reason)).1 AS reason,
          any(tuple(toString(r.total))).1 AS cost, any(tuple(r.price_version)).1 AS priceVersion, any(r.lines) AS lines,
          max(r.rated_at) AS at
        FROM ratings_v1 AS r
        WHERE ${range.sql} AND r.event_id IN {eventIds:Array(UUID)}
        GROUP BY eventId, r.run_id
        HAVING sum(r.sign) > 0
      )
      GROUP BY eventId`,
    params: { ...range.params, eventIds },
    row,
  });
  return new Map(rows.map(({ eventId, lines, ...rating }) => [eventId, { ...rating, lines: parseLines(lines) }]));
}

/** @throws WeirError `CLICKHOUSE_ANSWER` */
export function parseLines(text: string): RatingLine[] {
  const parsed = z.array(ratingLine).safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  throw new WeirError('CLICKHOUSE_ANSWER', 'call-ratings: a rating has lines of another shape than expected', {
    cause: parsed.error,
  });
}
