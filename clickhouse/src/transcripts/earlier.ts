import { z } from 'zod';
import type { Reader } from '../client.js';
import { RETAINED } from '../queries/transcripts/retained.js';
import { transcriptLinkRow } from '../tables/transcripts/rows.js';

const link = transcriptLinkRow
  .pick({ key: true, kind: true, event_id: true, conversation_id: true, call_id: true, persona: true })
  .extend({
    request_key: z.string().nullable(),
    after_key: z.string().nullable(),
    has_reply: z.boolean(),
    is_incomplete: z.boolean(),
    started_at_ms: z.number().int(),
    /** Its conversation was deleted: it is there for calls that began before this time alone; null = it stands. */
    buried_at_ms: z.number().int().nullable(),
  });
/** One key by which an earlier turn is found. */
export type EarlierLink = z.output<typeof link>;

const KEYS_AT_ONCE = 5_000;
/** The same short words may have been said a million times; the newest are the ones a turn goes on from. */
const LINKS_PER_KEY = 20;

const linksIn = (table: string, rest: string) => `SELECT * FROM (
  SELECT toString(l.key) AS key, kind, toString(l.event_id) AS event_id, toString(l.conversation_id) AS conversation_id,
    toString(l.persona) AS persona, toString(l.request_key) AS request_key, toString(l.after_key) AS after_key, has_reply,
    is_incomplete, toUnixTimestamp64Milli(l.started_at) AS started_at_ms, ${rest}
  FROM ${table} AS l
  WHERE l.project_id = {projectId:UUID} AND l.key IN {keys:Array(UUID)} AND ${RETAINED}
  ORDER BY l.started_at DESC, l.event_id
  LIMIT ${LINKS_PER_KEY} BY l.key, l.kind, if(l.conversation_id IN {apart:Array(UUID)}, l.conversation_id, NULL))`;

/**
 * What earlier turns of a project are known by under these keys (UUIDs), the newest first of each key and kind.
 * @param apart conversations of which each has its newest, however many others said the same since
 */
export async function linksUnder(
  reader: Reader,
  projectId: string,
  keys: readonly string[],
  apart: readonly string[],
): Promise<EarlierLink[]> {
  const found: EarlierLink[] = [];
  for (let at = 0; at < keys.length; at += KEYS_AT_ONCE) {
    found.push(
      ...(await reader.query({
        name: 'transcript-links',
        sql: `${linksIn('transcript_links_v1', 'call_id, NULL AS buried_at_ms')}
          UNION ALL ${linksIn('transcript_buried_links_v1', 'NULL AS call_id, toUnixTimestamp64Milli(l.ordered_at) AS buried_at_ms')}`,
        params: { projectId, keys: keys.slice(at, at + KEYS_AT_ONCE), apart },
        row: link,
      })),
    );
  }
  return found;
}

/** A turn as it is looked for: time, UTC epoch ms, and id. */
export interface TurnAt {
  readonly startedAt: number;
  readonly eventId: string;
}

/** Of these turns, the ids of those that are stored whole, with their conversations. */
export async function storedTurns(
  reader: Reader,
  projectId: string,
  turns: readonly TurnAt[],
): Promise<Map<string, string>> {
  if (turns.length === 0) return new Map();
  const rows = await reader.query({
    name: 'transcript-stored-turns',
    sql: `SELECT toString(event_id) AS eventId, toString(conversation_id) AS conversationId FROM transcript_turns_by_time_v1
      WHERE project_id = {projectId:UUID} AND started_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
        AND started_at <= fromUnixTimestamp64Milli({to:Int64}, 'UTC') AND event_id IN {events:Array(UUID)}`,
    params: {
      projectId,
      from: Math.min(...turns.map(({ startedAt }) => startedAt)),
      to: Math.max(...turns.map(({ startedAt }) => startedAt)),
      events: turns.map(({ eventId }) => eventId),
    },
    row: z.object({ eventId: z.string(), conversationId: z.string() }),
  });
  return new Map(rows.map(({ eventId, conversationId }) => [eventId, conversationId]));
}

/** Ids of all messages that turns asked and answered with, by turn. */
export async function messageIdsOf(
  reader: Reader,
  projectId: string,
  turns: readonly { readonly conversationId: string; readonly eventId: string }[],
): Promise<Map<string, Set<string>>> {
  if (turns.length === 0) return new Map();
  const rows = await reader.query({
    name: 'transcript-message-ids',
    sql: `SELECT toString(event_id) AS eventId, arrayConcat(input_ids, output_ids) AS ids FROM transcript_turns_v1
      WHERE project_id = {projectId:UUID} AND conversation_id IN {conversations:Array(UUID)} AND event_id IN {events:Array(UUID)}`,
    params: {
      projectId,
      conversations: [...new Set(turns.map(({ conversationId }) => conversationId))],
      events: turns.map(({ eventId }) => eventId),
    },
    row: z.object({ eventId: z.string(), ids: z.array(z.string()) }),
  });
  return new Map(rows.map(({ eventId, ids }) => [eventId, new Set(ids)]));
}

const IDS_AT_ONCE = 5_000;

/** What conversations have of these ids, as `<conversation>/<id>`, and the day (`YYYY-MM-DD`) until when. */
export async function storedContent(
  reader: Reader,
  table: 'transcript_pieces_v1' | 'transcript_messages_v1',
  projectId: string,
  wanted: readonly { readonly conversation_id: string; readonly id: string }[],
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (let at = 0; at < wanted.length; at += IDS_AT_ONCE) {
    const part = wanted.slice(at, at + IDS_AT_ONCE);
    const rows = await reader.query({
      name: `stored-${table}`,
      sql: `SELECT concat(toString(conversation_id), '/', id) AS place, toString(max(expires_at)) AS expires FROM ${table}
        WHERE project_id = {projectId:UUID} AND conversation_id IN {conversations:Array(UUID)} AND id IN {ids:Array(String)}
        GROUP BY conversation_id, id`,
      params: {
        projectId,
        conversations: [...new Set(part.map(({ conversation_id }) => conversation_id))],
        ids: [...new Set(part.map(({ id }) => id))],
      },
      row: z.object({ place: z.string(), expires: z.string() }),
    });
    for (const { place, expires } of rows) found.set(place, expires);
  }
  return found;
}
