import { z } from 'zod';
import type { Reader } from '../../client.js';
import { EARLIEST_MS, inScope, LATEST_MS } from '../../scope.js';
import { searchWords } from '../../transcripts/search-words.js';
import { decodeKey, encodeKey } from './cursor.js';
import { RETAINED } from './retained.js';
import { TURN_COLUMNS, turnRow } from './turn.js';
import { type TurnsUsage, usageOf } from './usage.js';

/** One recorded attempt and what it used, without what was said in it. */
export type Turn = z.output<typeof turnRow> & { readonly usage: TurnsUsage };

export interface TurnsPageOptions {
  /** 1 to 500. */
  readonly first: number;
  /** `cursor` of a turn; absent = from the beginning, or from the end. */
  readonly after?: string | undefined;
  /** `newest` reads backwards. */
  readonly order?: 'oldest' | 'newest' | undefined;
  /** Only turns that brought a message with all of these words, asked or answered. */
  readonly search?: string | undefined;
}

/** A turn and where it stands among the others. */
export type PagedTurn = Turn & { readonly cursor: string };

export interface TurnPage {
  readonly nodes: readonly PagedTurn[];
  readonly endCursor: string | null;
  readonly hasNextPage: boolean;
}

const MAX_PAGE = 500;
const uuid = z.string().uuid();
const NOTHING: TurnPage = { nodes: [], endCursor: null, hasNextPage: false };

/** Turns of a conversation in their order, paged by key. @throws WeirError `CURSOR_INVALID` */
export async function listTurns(
  reader: Reader,
  projectId: string,
  conversationId: string,
  { first, after, order = 'oldest', search }: TurnsPageOptions,
): Promise<TurnPage> {
  if (!uuid.safeParse(conversationId).success) return NOTHING;
  const size = Math.min(Math.max(Math.trunc(first), 1), MAX_PAGE);
  const from = after === undefined ? null : decodeKey(after);
  const [than, direction] = order === 'oldest' ? ['>', 'ASC'] : ['<', 'DESC'];
  const beyond = from
    ? ` AND (started_at, event_id) ${than} (fromUnixTimestamp64Milli({afterAt:Int64}, 'UTC'), {afterId:UUID})`
    : '';
  const found = await turnsWhere(reader, projectId, {
    name: 'turns-page',
    where: `t.conversation_id = {conversationId:UUID}${beyond}${search?.trim() ? BROUGHT : ''}`,
    rest: `ORDER BY started_at ${direction}, event_id ${direction} LIMIT 1 BY event_id LIMIT {limit:UInt32}`,
    params: {
      conversationId,
      ...(from && { afterAt: from.at, afterId: from.id }),
      ...(search?.trim() && { words: searchWords(search) }),
      limit: size + 1,
    },
  });
  const nodes = found.slice(0, size).map(paged);
  return { nodes, endCursor: nodes.at(-1)?.cursor ?? null, hasNextPage: found.length > size };
}

/**
 * The first turns of each of these conversations, in their order, as `listTurns` goes on after them.
 * @param first 1 to 500 of each: as many as fit into an answer for all of them
 * @returns by conversation; one without turns is missing
 */
export async function firstTurns(
  reader: Reader,
  projectId: string,
  conversationIds: readonly string[],
  first: number,
): Promise<Map<string, TurnPage>> {
  const size = Math.min(Math.max(Math.trunc(first), 1), MAX_PAGE);
  const found = await turnsWhere(reader, projectId, {
    name: 'first-turns',
    where: 't.conversation_id IN {conversationIds:Array(UUID)}',
    rest: 'ORDER BY conversation_id, started_at, event_id LIMIT {limit:UInt32} BY conversation_id',
    params: { conversationIds: conversationIds.filter((id) => uuid.safeParse(id).success), limit: size + 1 },
  });
  const turnsBy = new Map<string, Turn[]>();
  for (const turn of found) turnsBy.set(turn.conversationId, [...(turnsBy.get(turn.conversationId) ?? []), turn]);
  return new Map([...turnsBy].map(([id, turns]) => [id, firstPage(turns, size)] as const));
}

function firstPage(turns: readonly Turn[], size: number): TurnPage {
  // Rows that a merge has not made one of yet.
  const unique = [...new Map(turns.slice(0, size).map((turn) => [turn.eventId, turn])).values()];
  const nodes = unique.map(paged);
  return { nodes, endCursor: nodes.at(-1)?.cursor ?? null, hasNextPage: turns.length > size };
}

/** One turn of a conversation, null when there is none, or none any more. */
export async function getTurn(
  reader: Reader,
  projectId: string,
  conversationId: string,
  eventId: string,
): Promise<PagedTurn | null> {
  if (!uuid.safeParse(conversationId).success || !uuid.safeParse(eventId).success) return null;
  const [turn] = await turnsWhere(reader, projectId, {
    name: 'turn',
    where: 't.conversation_id = {conversationId:UUID} AND t.event_id = {eventId:UUID}',
    rest: 'LIMIT 1',
    params: { conversationId, eventId },
  });
  return turn === undefined ? null : paged(turn);
}

const paged = (turn: Turn): PagedTurn => ({ ...turn, cursor: encodeKey({ at: turn.startedAt, id: turn.eventId }) });

/** The conversation that a recorded call is a turn of; null = it is not recorded, or not any more. */
export async function conversationOfCall(reader: Reader, projectId: string, eventId: string): Promise<string | null> {
  if (!uuid.safeParse(eventId).success) return null;
  const range = inScope({ projectId, from: EARLIEST_MS, to: LATEST_MS }, 'started_at');
  const [found] = await reader.query({
    name: 'conversation-of-call',
    sql: `SELECT toString(conversation_id) AS id FROM transcript_turns_by_time_v1
      WHERE ${range.sql} AND ${RETAINED} AND event_id = {eventId:UUID} LIMIT 1`,
    params: { ...range.params, eventId },
    row: z.object({ id: z.string() }),
  });
  return found?.id ?? null;
}

/** What a turn said first: what its parent had is in its own history again. */
const BROUGHT = ` AND hasAny(arrayConcat(arraySlice(t.input_ids, t.input_known + 1), t.output_ids, t.text_ids), (
  SELECT groupArray(id) FROM transcript_messages_v1
  WHERE project_id = {projectId:UUID} AND conversation_id = {conversationId:UUID} AND hasAllTokens(words, {words:Array(String)})))`;

interface Which {
  readonly name: string;
  readonly where: string;
  readonly rest: string;
  readonly params: Readonly<Record<string, unknown>>;
}

async function turnsWhere(reader: Reader, projectId: string, { name, where, rest, params }: Which): Promise<Turn[]> {
  const range = inScope({ projectId, from: EARLIEST_MS, to: LATEST_MS }, 'started_at');
  const found = await reader.query({
    name,
    sql: `SELECT ${TURN_COLUMNS} FROM transcript_turns_v1 AS t WHERE ${range.sql} AND ${RETAINED} AND ${where} ${rest}`,
    params: { ...range.params, ...params },
    row: turnRow,
  });
  if (found.length === 0) return [];
  const times = found.map(({ startedAt }) => startedAt);
  const scope = { projectId, from: Math.min(...times), to: Math.max(...times) + 1 };
  const usage = await usageOf(
    reader,
    {
      scope,
      turns: `SELECT event_id, started_at, conversation_id FROM transcript_turns_v1
        WHERE project_id = {projectId:UUID} AND conversation_id IN {ofConversations:Array(UUID)} AND event_id IN {ofEvents:Array(UUID)}`,
      params: {
        ofConversations: [...new Set(found.map(({ conversationId }) => conversationId))],
        ofEvents: found.map(({ eventId }) => eventId),
      },
      by: 'event_id',
    },
    new Map(found.map(({ eventId }) => [eventId, 1])),
  );
  return found.map((turn) => ({ ...turn, usage: usage.get(turn.eventId) as TurnsUsage }));
}
