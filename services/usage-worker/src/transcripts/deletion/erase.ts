import { createHash } from 'node:crypto';
import {
  buryLinks,
  CONTENT_TABLES,
  contentIdsOf,
  conversationsToErase,
  countRows,
  type Deletion,
  type ErasableTable,
  eraseRows,
  keptReferences,
  mergedConversations,
  noteDeletion,
  ofOwner,
  partsOf,
  purgeHidden,
  SPAN_TABLE,
  spansOf,
  TURN_TABLES,
  turnsOf,
  type Writer,
} from '@weir/clickhouse';
import { piecesOf } from '@weir/transcripts';
import { keyOf } from '../ids.js';

/** What an order found in a table, and what a count after it found to be left. */
export interface ErasedTable {
  readonly table: ErasableTable;
  readonly found: number;
  readonly left: number;
}

type Condition = ReturnType<typeof turnsOf>;
type ContentTable = (typeof CONTENT_TABLES)[number];

/** Conversations looked at in one go. */
const CONVERSATIONS_AT_ONCE = 100;
const IDS_AT_ONCE = 5_000;

/**
 * Deletes what an order is about from every table, and counts again. Turns go last, since by them it is known what else has
 * to: a repeat of what broke off finds the rest. What turns that stay refer to stays with them. Of a conversation that has become
 * part of another one, what began with it is deleted there.
 * @throws WeirError `CLICKHOUSE_*`
 */
export async function eraseTurns(writer: Writer, order: Deletion): Promise<ErasedTable[]> {
  await noteDeletion(writer, { ...order, isDone: false });
  const whole = await wholeOf(writer, order);
  const elsewhere = whole === null ? [] : await eraseTurns(writer, whole);
  if (order.conversationId !== null) await buryLinks(writer, order);
  const erased: ErasedTable[] = [];
  const content = await contentToErase(writer, order);
  for (const table of CONTENT_TABLES) erased.push(await eraseAll(writer, table, content[table]));
  erased.push(await eraseSpans(writer, order));
  const turns = turnsOf(order);
  for (const table of TURN_TABLES.toReversed()) erased.push(await eraseAll(writer, table, [turns]));
  await purgeHidden(writer);
  const all = erased.map(({ table, found, left }) => {
    const there = elsewhere.find((one) => one.table === table);
    return { table, found: found + (there?.found ?? 0), left: left + (there?.left ?? 0) };
  });
  if (all.every(({ left }) => left === 0)) await noteDeletion(writer, { ...order, isDone: true });
  return all;
}

/** The order for what its conversation has become part of, by an id that a repeat has again; null = it stands by itself. */
async function wholeOf(writer: Writer, order: Deletion): Promise<Deletion | null> {
  const { conversationId: id, deletionId, from } = order;
  if (id === null) return null;
  const merge = (await mergedConversations(writer, order.projectId, [id])).get(id);
  if (merge === undefined) return null;
  const hash = createHash('sha256').update(`${deletionId}/${merge.into}`).digest('hex');
  const since = Math.max(from ?? merge.startedAt, merge.startedAt);
  return { ...order, conversationId: merge.into, from: since, deletionId: keyOf(hash) };
}

/** What agents told of the steps beside these calls. */
export async function eraseSpans(writer: Writer, order: Deletion): Promise<ErasedTable> {
  return eraseAll(writer, SPAN_TABLE, await spansOf(writer, order));
}

async function eraseAll(writer: Writer, table: ErasableTable, parts: readonly Condition[]): Promise<ErasedTable> {
  let found = 0;
  let left = 0;
  for (const part of parts) {
    const before = await countRows(writer, table, part);
    found += before;
    if (before > 0) await eraseRows(writer, table, part);
  }
  for (const part of parts) left += await countRows(writer, table, part);
  return { table, found, left };
}

async function contentToErase(writer: Writer, order: Deletion): Promise<Record<ContentTable, Condition[]>> {
  const isOfWholeConversations = order.providerId === null && order.from === null && order.to === null;
  const owner = ofOwner(order);
  if (isOfWholeConversations && (await countRows(writer, 'transcript_turns_v1', since(owner, order))) === 0) {
    const { projectId, conversationId: id } = order;
    const parts = id === null ? [] : await partsOf(writer, projectId, [id]);
    const all = [owner, ...parts.map((part) => ofOwner({ ...order, conversationId: part }))];
    return { transcript_pieces_v1: all, transcript_messages_v1: all };
  }
  const conditions: Record<ContentTable, Condition[]> = { transcript_pieces_v1: [], transcript_messages_v1: [] };
  const affected = await conversationsToErase(writer, order);
  for (let at = 0; at < affected.length; at += CONVERSATIONS_AT_ONCE) {
    const some = affected.slice(at, at + CONVERSATIONS_AT_ONCE);
    some.push(...(await partsOf(writer, order.projectId, some)));
    const kept = new Set<string>();
    for (const { conversationId, messageIds, skeletons } of await keptReferences(writer, order, some)) {
      const pieces = skeletons.flatMap((skeleton) =>
        skeleton === '' ? [] : piecesOf(Buffer.from(skeleton, 'base64')),
      );
      for (const id of [...messageIds, ...pieces]) kept.add(`${conversationId}/${id}`);
    }
    for (const table of CONTENT_TABLES) {
      const stored = await contentIdsOf(writer, table, order.projectId, some);
      const orphans = stored.filter(({ conversationId, id }) => !kept.has(`${conversationId}/${id}`));
      for (let from = 0; from < orphans.length; from += IDS_AT_ONCE) {
        conditions[table].push(
          these(
            order.projectId,
            orphans.slice(from, from + IDS_AT_ONCE).map(({ conversationId, id }) => `${conversationId}/${id}`),
          ),
        );
      }
    }
  }
  return conditions;
}

/** Turns of the owner that began after the order, and are not meant. */
function since(owner: Condition, { orderedAt }: Deletion): Condition {
  return {
    sql: `${owner.sql} AND started_at >= fromUnixTimestamp64Milli({orderedAt:Int64}, 'UTC')`,
    params: { ...owner.params, orderedAt },
  };
}

function these(projectId: string, places: readonly string[]): Condition {
  return {
    sql: `project_id = {projectId:UUID} AND conversation_id IN {conversations:Array(UUID)}
      AND concat(toString(conversation_id), '/', id) IN {places:Array(String)}`,
    params: { projectId, conversations: [...new Set(places.map((place) => place.slice(0, 36)))], places },
  };
}
