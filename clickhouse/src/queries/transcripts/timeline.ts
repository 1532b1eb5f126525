import { z } from 'zod';
import type { Reader } from '../../client.js';
import { EARLIEST_MS, inScope, LATEST_MS } from '../../scope.js';
import { RETAINED } from './retained.js';

const MAX_TURNS = 20_000;

const mark = z.object({
  eventId: z.string(),
  /** UTC epoch ms. */
  startedAt: z.number().int(),
  /** null = not measured. */
  durationMs: z.number().nullable(),
  firstTokenMs: z.number().nullable(),
  isFailed: z.boolean(),
  /** The upstream's own, else ours; null = none. */
  errorCode: z.string().nullable(),
  relation: z.enum(['starts', 'continues', 'forks', 'repeats', 'spawned']),
  parentEventId: z.string().nullable(),
});
/** When a turn was, how it ended, and which it goes on from. */
export type TurnMark = z.output<typeof mark>;

export interface Timeline {
  /** In their order. */
  readonly marks: readonly TurnMark[];
  /** Older turns that are not among them. */
  readonly leftOut: number;
}

const uuid = z.string().uuid();

/**
 * Every turn of a conversation in brief, without what was said, used and cost.
 * @param most of more turns the newest
 */
export async function conversationTimeline(
  reader: Reader,
  projectId: string,
  conversationId: string,
  most = MAX_TURNS,
): Promise<Timeline> {
  if (!uuid.safeParse(conversationId).success) return { marks: [], leftOut: 0 };
  const range = inScope({ projectId, from: EARLIEST_MS, to: LATEST_MS }, 'started_at');
  const rows = await reader.query({
    name: 'conversation-timeline',
    sql: `SELECT toString(event_id) AS eventId, toUnixTimestamp64Milli(started_at) AS startedAt, duration_ms AS durationMs,
        first_token_ms AS firstTokenMs, is_failed AS isFailed,
        if(is_failed, coalesce(upstream_error_code, error_code), NULL) AS errorCode, relation,
        toString(parent_event_id) AS parentEventId, count() OVER () AS total
      FROM (SELECT event_id, started_at, duration_ms, first_token_ms, is_failed, upstream_error_code, error_code, relation,
          parent_event_id
        FROM transcript_turns_v1
        WHERE ${range.sql} AND conversation_id = {conversationId:UUID} AND ${RETAINED} LIMIT 1 BY event_id)
      ORDER BY started_at DESC, event_id DESC LIMIT {most:UInt32}`,
    params: { ...range.params, conversationId, most },
    row: mark.extend({ total: z.number() }),
  });
  const marks = rows.map(({ total: _total, ...one }) => one).reverse();
  return { marks, leftOut: (rows[0]?.total ?? 0) - marks.length };
}
