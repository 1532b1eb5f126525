import { z } from 'zod';
import type { Reader } from '../../client.js';
import type { DeletionScope } from '../../transcripts/deletions.js';
import { turnsOf } from '../../transcripts/erasure.js';

const row = z.object({
  conversations: z.number().int(),
  turns: z.number().int(),
  /** UTC epoch ms; null = there are none. */
  firstAt: z.number().int().nullable(),
  lastAt: z.number().int().nullable(),
});
/** What an order to delete would find now. */
export type ErasurePreview = z.output<typeof row>;

/** Counts what is stored, also what has expired and waits to be cleared; of a conversation perhaps some turns alone. */
export async function erasurePreview(reader: Reader, scope: DeletionScope, orderedAt: number): Promise<ErasurePreview> {
  const which = turnsOf({ ...scope, orderedAt });
  const [found] = await reader.query({
    name: 'erasure-preview',
    sql: `SELECT uniqExact(conversation_id) AS conversations, uniqExact(event_id) AS turns,
        if(turns = 0, NULL, toUnixTimestamp64Milli(min(started_at))) AS firstAt,
        if(turns = 0, NULL, toUnixTimestamp64Milli(max(started_at))) AS lastAt
      FROM transcript_turns_v1 WHERE ${which.sql}`,
    params: which.params,
    row,
  });
  return found ?? { conversations: 0, turns: 0, firstAt: null, lastAt: null };
}
