import { z } from 'zod';
import type { Reader } from '../../client.js';
import { EARLIEST_MS, inScope, LATEST_MS } from '../../scope.js';
import { RETAINED } from './retained.js';

const names = z.array(z.string());
const row = z.object({
  eventId: z.string(),
  systemId: z.string(),
  toolsId: z.string(),
  inputIds: names,
  outputIds: names,
  reasons: names,
  nativeReasons: names,
  upstreamErrorMessage: z.string().nullable(),
  /** A later turn asks with all that this one asked and was answered with. */
  isContained: z.boolean(),
});
/** By which ids all that was said in a turn is stored; '' = nothing such. */
export type ExportedTurnIds = z.output<typeof row>;

/** In no order. @param eventIds as many as fit into an answer: each brings the ids of its whole prompt */
export function exportedTurnIds(
  reader: Reader,
  projectId: string,
  conversationIds: readonly string[],
  eventIds: readonly string[],
): Promise<ExportedTurnIds[]> {
  const range = inScope({ projectId, from: EARLIEST_MS, to: LATEST_MS }, 'started_at');
  const those = `${range.sql} AND conversation_id IN {conversationIds:Array(UUID)} AND ${RETAINED}`;
  return reader.query({
    name: 'exported-turns',
    // Of a client that sends its answers back in other words, the later prompt holds those instead.
    sql: `SELECT toString(t.event_id) AS eventId, system_id AS systemId, tools_id AS toolsId, input_ids AS inputIds,
        output_ids AS outputIds, finish_reasons AS reasons, native_finish_reasons AS nativeReasons,
        upstream_error_message AS upstreamErrorMessage,
        CAST(l.known > 0 AND l.known >= length(input_ids) + length(output_ids), 'Bool') AS isContained
      FROM (SELECT * FROM transcript_turns_v1 WHERE ${those} AND event_id IN {eventIds:Array(UUID)} LIMIT 1 BY event_id) AS t
      LEFT JOIN (
        SELECT assumeNotNull(parent_event_id) AS parent, max(input_known) AS known FROM transcript_turns_v1
        WHERE ${those} AND parent_event_id IN {eventIds:Array(UUID)} AND relation IN ('continues', 'forks', 'repeats')
        GROUP BY parent
      ) AS l ON l.parent = t.event_id`,
    params: { ...range.params, conversationIds, eventIds },
    row,
  });
}

const IDS_AT_ONCE = 2_000;
const message = z.object({ conversationId: z.string(), id: z.string(), json: z.string() });

/** What was said in a conversation, by its id there. */
export interface SaidId {
  readonly conversationId: string;
  readonly id: string;
}

/** What was said under these ids, as JSON text, by `<conversation>/<id>`; what is not stored any more is missing. */
export async function exportedMessages(
  reader: Reader,
  projectId: string,
  wanted: readonly SaidId[],
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (let at = 0; at < wanted.length; at += IDS_AT_ONCE) {
    const some = wanted.slice(at, at + IDS_AT_ONCE);
    const rows = await reader.query({
      name: 'exported-messages',
      sql: `SELECT toString(conversation_id) AS conversationId, id, content AS json FROM transcript_messages_v1
        WHERE project_id = {projectId:UUID} AND conversation_id IN {conversationIds:Array(UUID)} AND id IN {ids:Array(String)}
          AND ${RETAINED} LIMIT 1 BY conversation_id, id`,
      params: {
        projectId,
        conversationIds: [...new Set(some.map(({ conversationId }) => conversationId))],
        ids: [...new Set(some.map(({ id }) => id))],
      },
      row: message,
    });
    for (const { conversationId, id, json } of rows) found.set(`${conversationId}/${id}`, json);
  }
  return found;
}
