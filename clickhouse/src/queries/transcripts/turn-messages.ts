import { z } from 'zod';
import type { Reader } from '../../client.js';
import { EARLIEST_MS, inScope, LATEST_MS } from '../../scope.js';
import { RETAINED } from './retained.js';

/** A turn within its conversation; both are UUIDs. */
export interface TurnKey {
  readonly conversationId: string;
  readonly eventId: string;
}

export interface TurnMessage {
  /** SHA-256 in hex; equal messages of a conversation share it. */
  readonly id: string;
  readonly role: string;
  /** JSON text of a `Message` of the transcripts package; null = it is not stored any more. */
  readonly json: string | null;
  /** Of an answer: why it ended, by the convention's word and by the upstream's; null = not stated, or no answer. */
  readonly finishReason: string | null;
  readonly nativeFinishReason: string | null;
}

export interface TurnMessagesOptions {
  readonly side: 'input' | 'output';
  /** Position of the first one, from 0. */
  readonly offset?: number | undefined;
  /** 1 to 500. */
  readonly first: number;
}

export interface TurnMessages {
  readonly messages: readonly TurnMessage[];
  /** On this side of the turn. */
  readonly total: number;
}

/** What comes before the messages: texts of JSON, null = none was given. */
export interface TurnGiven {
  /** A `Message` of the role system. */
  readonly systemJson: string | null;
  /** `ToolDefinition[]`. */
  readonly toolsJson: string | null;
  /** What the upstream says went wrong; null = nothing, or it is not recorded. */
  readonly upstreamErrorMessage: string | null;
}

const MAX_PAGE = 500;

/** Messages of one side of a turn in their order; null when there is no such turn, or none any more. */
export async function turnMessages(
  reader: Reader,
  projectId: string,
  key: TurnKey,
  { side, offset = 0, first }: TurnMessagesOptions,
): Promise<TurnMessages | null> {
  const size = Math.min(Math.max(Math.trunc(first), 1), MAX_PAGE);
  const part = (column: string) => `arraySlice(${column}, {offset:UInt32} + 1, {size:UInt32})`;
  const none = "CAST([], 'Array(String)')";
  const [turn] = await reader.query({
    name: 'turn-message-ids',
    ...ofTurn(projectId, key, {
      columns: `length(${side}_ids) AS total, ${part(`${side}_ids`)} AS ids,
        ${side === 'output' ? part('finish_reasons') : none} AS reasons,
        ${side === 'output' ? part('native_finish_reasons') : none} AS nativeReasons`,
      params: { offset: Math.max(0, Math.trunc(offset)), size },
    }),
    row: z.object({
      total: z.number(),
      ids: z.array(z.string()),
      reasons: z.array(z.string()),
      nativeReasons: z.array(z.string()),
    }),
  });
  if (turn === undefined) return null;
  const stored = await messagesById(reader, projectId, key.conversationId, turn.ids);
  return {
    total: turn.total,
    messages: turn.ids.map((id, n) => ({
      id,
      role: stored.get(id)?.role ?? '',
      json: stored.get(id)?.content ?? null,
      finishReason: turn.reasons[n] || null,
      nativeFinishReason: turn.nativeReasons[n] || null,
    })),
  };
}

/** Instructions and tools of a turn; null when there is no such turn, or none any more. */
export async function turnGiven(reader: Reader, projectId: string, key: TurnKey): Promise<TurnGiven | null> {
  const [turn] = await reader.query({
    name: 'turn-given',
    ...ofTurn(projectId, key, {
      columns: 'system_id AS systemId, tools_id AS toolsId, upstream_error_message AS errorMessage',
      params: {},
    }),
    row: z.object({ systemId: z.string(), toolsId: z.string(), errorMessage: z.string().nullable() }),
  });
  if (turn === undefined) return null;
  const ids = [turn.systemId, turn.toolsId].filter((id) => id !== '');
  const stored = await messagesById(reader, projectId, key.conversationId, ids);
  return {
    systemJson: stored.get(turn.systemId)?.content ?? null,
    toolsJson: stored.get(turn.toolsId)?.content ?? null,
    upstreamErrorMessage: turn.errorMessage,
  };
}

async function messagesById(reader: Reader, projectId: string, conversationId: string, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, { role: string; content: string }>();
  const rows = await reader.query({
    name: 'messages-by-id',
    sql: `SELECT id, role, content FROM transcript_messages_v1
      WHERE project_id = {projectId:UUID} AND conversation_id = {conversationId:UUID} AND id IN {ids:Array(String)}
        AND ${RETAINED} LIMIT 1 BY id`,
    params: { projectId, conversationId, ids },
    row: z.object({ id: z.string(), role: z.string(), content: z.string() }),
  });
  return new Map(rows.map(({ id, role, content }) => [id, { role, content }]));
}

/** SQL and parameters of columns of one turn. */
export function ofTurn(
  projectId: string,
  { conversationId, eventId }: TurnKey,
  { columns, params }: { columns: string; params: Readonly<Record<string, unknown>> },
) {
  const range = inScope({ projectId, from: EARLIEST_MS, to: LATEST_MS }, 'started_at');
  return {
    sql: `SELECT ${columns} FROM transcript_turns_v1
      WHERE ${range.sql} AND conversation_id = {conversationId:UUID} AND event_id = {eventId:UUID} AND ${RETAINED} LIMIT 1`,
    params: { ...range.params, conversationId, eventId, ...params },
  };
}
