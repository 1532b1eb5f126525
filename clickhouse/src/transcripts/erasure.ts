import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Reader, Writer } from '../client.js';
import type { Condition } from '../scope.js';
import { transcriptBuriedLinkRow } from '../tables/transcripts/rows.js';
import { transcriptDeletionsTable } from '../tables/transcripts/tables.js';
import { timeText } from '../time-text.js';
import type { Deletion, DeletionScope } from './deletions.js';

/** Tables with rows of single turns; those that hold what was said have none of a provider or a time. */
export const TURN_TABLES = [
  'transcript_turns_v1',
  'transcript_turns_by_time_v1',
  'transcript_links_v1',
  'transcript_wanted_v1',
] as const;
/** Of these, those by which turns find each other. */
export const HASH_TABLES = ['transcript_links_v1', 'transcript_wanted_v1'] as const;
export const CONTENT_TABLES = ['transcript_pieces_v1', 'transcript_messages_v1'] as const;
/** What agents told beside the calls. */
export const SPAN_TABLE = 'spans_v1';
export type ErasableTable = (typeof TURN_TABLES)[number] | (typeof CONTENT_TABLES)[number] | typeof SPAN_TABLE;

/** Keeps an order, or that it was carried out. Others see it before anything is deleted. */
export function noteDeletion(writer: Writer, order: Deletion): Promise<void> {
  return transcriptDeletionsTable(writer).insert([
    {
      project_id: order.projectId,
      deletion_id: order.deletionId,
      ordered_at: timeText(order.orderedAt),
      conversation_id: order.conversationId,
      app_id: order.appId,
      user: order.user,
      provider_id: order.providerId,
      from_at: order.from === null ? null : timeText(order.from),
      to_at: order.to === null ? null : timeText(order.to),
      is_done: order.isDone,
    },
  ]);
}

/**
 * Keeps by what turns of a conversation were found before its links are deleted, for calls of it that are still on their way: as
 * long as those would be kept.
 */
export async function buryLinks(writer: Writer, order: Deletion): Promise<void> {
  const which = turnsOf(order);
  const columns = Object.keys(transcriptBuriedLinkRow.shape).filter(
    (name) => name !== 'ordered_at' && name !== 'expires_at',
  );
  await writer.command(
    'bury-links',
    `INSERT INTO transcript_buried_links_v1 (${columns.join(', ')}, ordered_at, expires_at)
      SELECT ${columns.join(', ')}, ${instant('orderedAt')},
        toDate(${instant('orderedAt')}) + greatest(1, dateDiff('day', toDate(started_at), links.expires_at)) + 1
      FROM transcript_links_v1 AS links WHERE ${which.sql}`,
    which.params,
  );
}

export const instant = (name: string) => `fromUnixTimestamp64Milli({${name}:Int64}, 'UTC')`;

/** What decides about a single turn. */
type Turns = DeletionScope & Pick<Deletion, 'orderedAt'>;

/** The turns that an order is about, as `isDeleted` tells them. */
export function turnsOf(order: Turns): Condition {
  const whose = ofOwner(order);
  const provider = order.providerId === null ? '' : ' AND provider_id = {providerId:UUID}';
  const from = order.from === null ? '' : ` AND started_at >= ${instant('from')}`;
  const to = order.to === null ? '' : ` AND started_at < ${instant('to')}`;
  return {
    sql: `${whose.sql} AND started_at < ${instant('orderedAt')}${provider}${from}${to}`,
    params: { ...whose.params, orderedAt: order.orderedAt, ...pick(order, ['providerId', 'from', 'to']) },
  };
}

/** Whose conversations an order is about: a conversation is of one app and user. */
export function ofOwner(order: DeletionScope): Condition {
  const parts = ['project_id = {projectId:UUID}'];
  if (order.conversationId !== null) parts.push('conversation_id = {conversationId:UUID}');
  if (order.appId !== null) parts.push('app_id = {appId:UUID}');
  if (order.user !== null) parts.push('user = {user:String}');
  return {
    sql: parts.join(' AND '),
    params: { projectId: order.projectId, ...pick(order, ['conversationId', 'appId', 'user']) },
  };
}

export function pick(order: DeletionScope, names: readonly (keyof DeletionScope)[]) {
  return Object.fromEntries(names.flatMap((name) => (order[name] === null ? [] : [[name, order[name]]])));
}

export async function countRows(reader: Reader, table: ErasableTable, which: Condition): Promise<number> {
  const [found] = await reader.query({
    name: `count-${table}`,
    sql: `SELECT count() AS n FROM ${table} WHERE ${which.sql}`,
    params: which.params,
    row: z.object({ n: z.number() }),
  });
  return found?.n ?? 0;
}

/** Conversations with a turn that an order is about. */
export async function conversationsToErase(reader: Reader, order: Deletion): Promise<string[]> {
  const which = turnsOf(order);
  const rows = await reader.query({
    name: 'conversations-to-erase',
    sql: `SELECT DISTINCT toString(conversation_id) AS id FROM transcript_turns_v1 WHERE ${which.sql}`,
    params: which.params,
    row: z.object({ id: z.string() }),
  });
  return rows.map(({ id }) => id);
}

const reference = z.object({
  conversationId: z.string(),
  messageIds: z.array(z.string()),
  /** Base64. */
  skeletons: z.array(z.string()),
});
/** What a turn that stays refers to. */
export type KeptReferences = z.output<typeof reference>;

/** Of these conversations, the turns that an order is not about. */
export function keptReferences(
  reader: Reader,
  order: Deletion,
  conversations: readonly string[],
): Promise<KeptReferences[]> {
  const which = turnsOf(order);
  return reader.query({
    name: 'kept-references',
    sql: `SELECT toString(t.conversation_id) AS conversationId,
        arrayConcat(input_ids, output_ids, text_ids, [system_id, tools_id]) AS messageIds,
        [request_skeleton, response_skeleton] AS skeletons
      FROM transcript_turns_v1 AS t
      WHERE project_id = {projectId:UUID} AND t.conversation_id IN {conversations:Array(UUID)} AND NOT (${which.sql})`,
    params: { ...which.params, conversations },
    row: reference,
  });
}

/** Ids of what conversations hold. */
export function contentIdsOf(
  reader: Reader,
  table: (typeof CONTENT_TABLES)[number],
  projectId: string,
  conversations: readonly string[],
) {
  return reader.query({
    name: `ids-${table}`,
    sql: `SELECT DISTINCT toString(c.conversation_id) AS conversationId, id FROM ${table} AS c
      WHERE project_id = {projectId:UUID} AND c.conversation_id IN {conversations:Array(UUID)}`,
    params: { projectId, conversations },
    row: z.object({ conversationId: z.string(), id: z.string() }),
  });
}

const ASK_AGAIN_MS = 50;
const ASK_AGAIN_MAX_MS = 2_000;

/** Rewrites a table without these rows; resolves once every server has. @throws WeirError `CLICKHOUSE_*` */
export async function eraseRows(writer: Writer, table: ErasableTable, which: Condition): Promise<void> {
  const { target, name, mutations } = await whereRowsAre(writer, table);
  await writer.command(`erase-${table}`, `ALTER TABLE ${target} DELETE WHERE ${which.sql}`, which.params);
  for (let waitMs = ASK_AGAIN_MS; ; waitMs = Math.min(waitMs * 2, ASK_AGAIN_MAX_MS)) {
    const [open] = await writer.query({
      name: `erasing-${table}`,
      sql: `SELECT count() AS n FROM ${mutations} WHERE database = currentDatabase() AND table = {name:String} AND NOT is_done`,
      params: { name },
      row: z.object({ n: z.number() }),
    });
    if (open?.n === 0) return;
    await sleep(waitMs);
  }
}

/** On a cluster the plain name is a view over the shards, which hold the rows. */
export async function whereRowsAre(reader: Reader, table: ErasableTable) {
  const [found] = await reader.query({
    name: 'where-rows-are',
    sql: `SELECT engine_full AS engine FROM system.tables WHERE database = currentDatabase() AND name = {table:String}`,
    params: { table },
    row: z.object({ engine: z.string() }),
  });
  const cluster = /^Distributed\('([A-Za-z0-9_]+)'/.exec(found?.engine ?? '')?.[1];
  if (cluster === undefined) {
    return { target: table, name: table, mutations: 'system.mutations', parts: 'system.parts' };
  }
  return {
    target: `${table}_local ON CLUSTER '${cluster}'`,
    name: `${table}_local`,
    parts: `clusterAllReplicas('${cluster}', system.parts)`,
    mutations: `clusterAllReplicas('${cluster}', system.mutations)`,
  };
}
