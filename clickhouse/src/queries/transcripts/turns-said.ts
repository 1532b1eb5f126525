import { z } from 'zod';
import type { Reader } from '../../client.js';
import { EARLIEST_MS, inScope, LATEST_MS } from '../../scope.js';
import { RETAINED } from './retained.js';

/** What a turn brought, by the ids of messages of its conversation. */
export interface TurnSaid {
  readonly eventId: string;
  /** Instructions and definitions of tools; null = none was given. */
  readonly systemId: string | null;
  readonly toolsId: string | null;
  /** Without what its parent had already, in their order. */
  readonly inputIds: readonly string[];
  /** Further ones it brought, which are not among them. */
  readonly inputLeftOut: number;
  readonly outputs: readonly OutputSaid[];
  /** What the upstream says went wrong; null = nothing, or it is not recorded. */
  readonly upstreamErrorMessage: string | null;
}

export interface OutputSaid {
  readonly id: string;
  /** By the convention's word and by the upstream's; null = not stated. */
  readonly finishReason: string | null;
  readonly nativeFinishReason: string | null;
}

export interface SaidMessage {
  readonly id: string;
  readonly role: string;
  /** Of the JSON text. */
  readonly bytes: number;
  /** A `Message` of the transcripts package, or `ToolDefinition[]`; null = too large to come along, ask for it alone. */
  readonly json: string | null;
}

export interface TurnsSaid {
  /** In no order; a turn that is not there, or not any more, is missing. */
  readonly turns: readonly TurnSaid[];
  /** Each once; one that is not stored any more is missing. */
  readonly messages: readonly SaidMessage[];
}

const MAX_TURNS = 50;
const MAX_INPUTS = 100;
const MAX_MESSAGE_BYTES = 65_536;
const MAX_BYTES = 4_194_304;

const names = z.array(z.string());
const turnRow = z.object({
  eventId: z.string(),
  systemId: z.string(),
  toolsId: z.string(),
  inputIds: names,
  brought: z.number(),
  outputIds: names,
  reasons: names,
  nativeReasons: names,
  upstreamErrorMessage: z.string().nullable(),
});
const messageRow = z.object({ id: z.string(), role: z.string(), bytes: z.number(), json: z.string().nullable() });

/**
 * What several turns of a conversation brought, in two queries whatever their number. Large messages, and those beyond
 * 4 MiB together, come without their text.
 * @param eventIds UUIDs; beyond 50 they are not looked at
 */
export async function turnsSaid(
  reader: Reader,
  projectId: string,
  conversationId: string,
  eventIds: readonly string[],
): Promise<TurnsSaid> {
  const range = inScope({ projectId, from: EARLIEST_MS, to: LATEST_MS }, 'started_at');
  const rows = await reader.query({
    name: 'turns-said',
    sql: `SELECT toString(event_id) AS eventId, system_id AS systemId, tools_id AS toolsId,
        arraySlice(input_ids, input_known + 1, ${MAX_INPUTS}) AS inputIds, length(input_ids) - input_known AS brought,
        output_ids AS outputIds, finish_reasons AS reasons, native_finish_reasons AS nativeReasons,
        upstream_error_message AS upstreamErrorMessage
      FROM transcript_turns_v1
      WHERE ${range.sql} AND conversation_id = {conversationId:UUID} AND event_id IN {eventIds:Array(UUID)} AND ${RETAINED}
      LIMIT 1 BY event_id`,
    params: { ...range.params, conversationId, eventIds: eventIds.slice(0, MAX_TURNS) },
    row: turnRow,
  });
  const turns = rows.map((row) => ({
    eventId: row.eventId,
    systemId: row.systemId || null,
    toolsId: row.toolsId || null,
    inputIds: row.inputIds,
    inputLeftOut: Math.max(0, row.brought - row.inputIds.length),
    outputs: row.outputIds.map((id, n) => ({
      id,
      finishReason: row.reasons[n] || null,
      nativeFinishReason: row.nativeReasons[n] || null,
    })),
    upstreamErrorMessage: row.upstreamErrorMessage,
  }));
  const ids = new Set(
    turns.flatMap(({ systemId, toolsId, inputIds, outputs }) => [
      ...(systemId === null ? [] : [systemId]),
      ...(toolsId === null ? [] : [toolsId]),
      ...inputIds,
      ...outputs.map(({ id }) => id),
    ]),
  );
  return {
    turns,
    messages: ids.size === 0 ? [] : await conversationMessages(reader, projectId, conversationId, [...ids]),
  };
}

/** In no order; large ones, and those beyond 4 MiB together, without their text. */
export function conversationMessages(
  reader: Reader,
  projectId: string,
  conversationId: string,
  ids: readonly string[],
): Promise<SaidMessage[]> {
  return reader.query({
    name: 'messages-briefly',
    sql: `SELECT id, role, bytes,
        if(bytes > ${MAX_MESSAGE_BYTES} OR sum(if(bytes > ${MAX_MESSAGE_BYTES}, 0, bytes)) OVER (ORDER BY place, id
          ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) > ${MAX_BYTES}, NULL, content) AS json
      FROM (SELECT id, role, content, length(content) AS bytes, indexOf({ids:Array(String)}, id) AS place
        FROM transcript_messages_v1
        WHERE project_id = {projectId:UUID} AND conversation_id = {conversationId:UUID} AND id IN {ids:Array(String)}
          AND ${RETAINED} LIMIT 1 BY id)
      ORDER BY place, id`,
    params: { projectId, conversationId, ids },
    row: messageRow,
  });
}

/** One message of a conversation with all of its text; null = it is not stored, or not any more. */
export async function conversationMessage(
  reader: Reader,
  projectId: string,
  conversationId: string,
  id: string,
): Promise<SaidMessage | null> {
  const [found] = await reader.query({
    name: 'conversation-message',
    sql: `SELECT id, role, length(content) AS bytes, content AS json FROM transcript_messages_v1
      WHERE project_id = {projectId:UUID} AND conversation_id = {conversationId:UUID} AND id = {id:String}
        AND ${RETAINED} LIMIT 1`,
    params: { projectId, conversationId, id },
    row: messageRow,
  });
  return found ?? null;
}
