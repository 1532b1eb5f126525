import { z } from 'zod';
import type { Reader } from '../../client.js';
import { inScope, type Scope } from '../../scope.js';

/** What turns used and cost, out of the usage events and ratings of the same calls. Unknown is null, never 0. */
export interface TurnsUsage {
  /** Fresh input, without what was read from a cache or written to one. */
  readonly inputTokens: number | null;
  readonly cachedInputTokens: number | null;
  readonly cacheWriteTokens: number | null;
  readonly outputTokens: number | null;
  readonly reasoningTokens: number | null;
  /** Of all input, the part that came out of a cache, 0 to 1; null = not known. */
  readonly cacheHitRatio: number | null;
  /** Turns of which nothing is known, as no usage was stated. */
  readonly turnsWithoutUsage: number;
  /** Decimal text: the sum of what is known; null = of no turn. */
  readonly costUsd: string | null;
  /** Turns whose price is not known. */
  readonly unpricedTurns: number;
  /** Turns that are not rated yet. */
  readonly unratedTurns: number;
}

const tokens = z.number().nullable();
const usageRow = z.object({
  id: z.string(),
  inputTokens: tokens,
  cachedInputTokens: tokens,
  cacheWriteTokens: tokens,
  outputTokens: tokens,
  reasoningTokens: tokens,
  stated: z.number(),
});
const costRow = z.object({ id: z.string(), costUsd: z.string().nullable(), unpriced: z.number(), rated: z.number() });

const CACHE_WRITES = ['cache_write_5m_tokens', 'cache_write_1h_tokens', 'cache_write_unknown_tokens']
  .map((column) => `e.${column}`)
  .join(', ');

export interface TurnsAsked {
  /** Time of the turns. */
  readonly scope: Scope;
  /** SQL of `event_id`, `started_at`, `conversation_id` of the turns, and what its parameters are. */
  readonly turns: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly by: 'conversation_id' | 'event_id';
}

/** By the id asked for: an id of which nothing is known is missing. `turns` tells how many there are for each. */
export async function usageOf(
  reader: Reader,
  { scope, turns, params, by }: TurnsAsked,
  turnsOf: ReadonlyMap<string, number>,
): Promise<Map<string, TurnsUsage>> {
  const range = inScope(scope, 'started_at');
  const all = { ...range.params, ...params };
  // A call's event and rating have the time and id of its turn, which is the order of their tables.
  const those = `(started_at, event_id) IN (SELECT started_at, event_id FROM (${turns}))`;
  const [used, spent] = await Promise.all([
    reader.query({
      name: 'transcript-usage',
      sql: `SELECT toString(t.${by}) AS id, sum(e.input_tokens) AS inputTokens, sum(e.cached_input_tokens) AS cachedInputTokens,
          sum(if(arrayAll(n -> isNull(n), [${CACHE_WRITES}]), NULL,
            arraySum(n -> ifNull(n, 0), [${CACHE_WRITES}]))) AS cacheWriteTokens,
          sum(e.output_tokens) AS outputTokens, sum(e.reasoning_tokens) AS reasoningTokens,
          countIf(e.usage_source != 'none') AS stated
        FROM (SELECT * FROM usage_events_v1 WHERE ${range.sql} AND ${those} LIMIT 1 BY event_id) AS e
        INNER JOIN (SELECT DISTINCT event_id, conversation_id FROM (${turns})) AS t ON e.event_id = t.event_id
        GROUP BY t.${by}`,
      params: all,
      row: usageRow,
    }),
    reader.query({
      name: 'transcript-cost',
      // A run whose rows cancel out was reversed; of those that stand the newest is in force.
      sql: `SELECT toString(t.${by}) AS id, toString(sum(r.cost)) AS costUsd, countIf(isNull(r.cost)) AS unpriced, count() AS rated
        FROM (
          SELECT event_id, argMax(tuple(cost), at).1 AS cost
          FROM (SELECT event_id, run_id, any(tuple(total)).1 AS cost, max(rated_at) AS at FROM ratings_v1
            WHERE ${range.sql} AND ${those} GROUP BY event_id, run_id HAVING sum(sign) > 0)
          GROUP BY event_id
        ) AS r
        INNER JOIN (SELECT DISTINCT event_id, conversation_id FROM (${turns})) AS t ON r.event_id = t.event_id
        GROUP BY t.${by}`,
      params: all,
      row: costRow,
    }),
  ]);
  const usedBy = new Map(used.map((row) => [row.id, row]));
  const spentBy = new Map(spent.map((row) => [row.id, row]));
  return new Map([...turnsOf].map(([id, count]) => [id, usageFrom(count, usedBy.get(id), spentBy.get(id))] as const));
}

function usageFrom(
  turns: number,
  used: z.output<typeof usageRow> | undefined,
  spent: z.output<typeof costRow> | undefined,
): TurnsUsage {
  const { inputTokens = null, cachedInputTokens = null, cacheWriteTokens = null } = used ?? {};
  const allInput = (inputTokens ?? 0) + (cachedInputTokens ?? 0) + (cacheWriteTokens ?? 0);
  return {
    inputTokens,
    cachedInputTokens,
    cacheWriteTokens,
    outputTokens: used?.outputTokens ?? null,
    reasoningTokens: used?.reasoningTokens ?? null,
    cacheHitRatio: cachedInputTokens === null || allInput === 0 ? null : cachedInputTokens / allInput,
    turnsWithoutUsage: turns - (used?.stated ?? 0),
    costUsd: spent?.costUsd ?? null,
    unpricedTurns: spent?.unpriced ?? 0,
    unratedTurns: turns - (spent?.rated ?? 0),
  };
}
