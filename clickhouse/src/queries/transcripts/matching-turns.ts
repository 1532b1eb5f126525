import { z } from 'zod';
import type { Reader } from '../../client.js';
import { EARLIEST_MS, inScope, LATEST_MS } from '../../scope.js';
import { searchWords } from '../../transcripts/search-words.js';
import { RETAINED } from './retained.js';

const MAX_TURNS = 20_000;

/**
 * Turns of a conversation that brought a message with all of these words, asked or answered, in their order: by event id,
 * at most the first 20,000. Instructions and definitions of tools count where they were first given.
 */
export async function matchingTurns(
  reader: Reader,
  projectId: string,
  conversationId: string,
  search: string,
): Promise<string[]> {
  const words = searchWords(search);
  if (words.length === 0) return [];
  const range = inScope({ projectId, from: EARLIEST_MS, to: LATEST_MS }, 'started_at');
  const rows = await reader.query({
    name: 'matching-turns',
    sql: `WITH
        (SELECT groupArray(id) FROM transcript_messages_v1 WHERE project_id = {projectId:UUID}
          AND conversation_id = {conversationId:UUID} AND ${RETAINED} AND hasAllTokens(words, {words:Array(String)})) AS hits
      SELECT toString(event_id) AS eventId
      FROM (SELECT event_id, started_at, brought
            OR (has(hits, system_id) AND row_number() OVER (PARTITION BY system_id ORDER BY started_at, event_id) = 1)
            OR (has(hits, tools_id) AND row_number() OVER (PARTITION BY tools_id ORDER BY started_at, event_id) = 1) AS isHit
        FROM (SELECT event_id, started_at, system_id, tools_id,
            hasAny(arrayConcat(arraySlice(input_ids, input_known + 1), output_ids, text_ids), hits) AS brought
          FROM transcript_turns_v1
          WHERE ${range.sql} AND conversation_id = {conversationId:UUID} AND ${RETAINED} AND notEmpty(hits)
          LIMIT 1 BY event_id))
      WHERE isHit ORDER BY started_at, event_id LIMIT ${MAX_TURNS}`,
    params: { ...range.params, conversationId, words },
    row: z.object({ eventId: z.string() }),
  });
  return rows.map(({ eventId }) => eventId);
}
