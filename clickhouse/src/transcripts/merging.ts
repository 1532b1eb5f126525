import { z } from 'zod';
import type { Reader, Writer } from '../client.js';
import { transcriptMergedTable } from '../tables/transcripts/tables.js';
import { timeText } from '../time-text.js';
import { CONTENT_TABLES, type ErasableTable, HASH_TABLES, instant, TURN_TABLES, whereRowsAre } from './erasure.js';

/** A conversation that has become part of another one. */
export interface Merge {
  readonly projectId: string;
  readonly from: string;
  readonly into: string;
  /** When its first turn began, UTC epoch ms. */
  readonly startedAt: number;
}

/** Says so to deletions, addresses and whoever goes on where this broke off, before anything is moved. */
export async function noteMerges(writer: Writer, merges: readonly Merge[], mergedAt: number): Promise<void> {
  const [one] = merges;
  if (one === undefined) return;
  const until = await keptUntil(
    writer,
    one.projectId,
    merges.map(({ from }) => from),
  );
  await transcriptMergedTable(writer).insert(
    merges.flatMap(({ projectId, from, into, startedAt }) => {
      const expires = until.get(from);
      if (expires === undefined) return [];
      return {
        project_id: projectId,
        conversation_id: from,
        into_id: into,
        started_at: timeText(startedAt),
        merged_at: timeText(mergedAt),
        expires_at: expires,
      };
    }),
  );
}

/** The last day (`YYYY-MM-DD`) on which anything of these is kept. */
async function keptUntil(reader: Reader, projectId: string, ids: readonly string[]): Promise<Map<string, string>> {
  const of = (table: string) => `SELECT conversation_id, expires_at FROM ${table}
    WHERE project_id = {projectId:UUID} AND conversation_id IN {ids:Array(UUID)}`;
  const found = await reader.query({
    name: 'conversations-kept-until',
    sql: `SELECT toString(conversation_id) AS id, toString(max(expires_at)) AS until FROM (
      ${[...CONTENT_TABLES, 'transcript_turns_v1'].map(of).join(' UNION ALL ')}) GROUP BY conversation_id`,
    params: { projectId, ids },
    row: z.object({ id: z.string(), until: z.string() }),
  });
  return new Map(found.map(({ id, until }) => [id, until]));
}

const merge = z.object({ projectId: z.string(), from: z.string(), into: z.string(), startedAt: z.number().int() });

const MERGES = `SELECT toString(m.project_id) AS projectId, toString(m.conversation_id) AS from, toString(m.into_id) AS into,
    toUnixTimestamp64Milli(m.started_at) AS startedAt FROM transcript_merged_v1 AS m`;
const NEWEST = 'ORDER BY m.merged_at DESC LIMIT 1 BY m.project_id, m.conversation_id';

/** Merges noted at `since` (UTC epoch ms) or later of which turns are left: they broke off, or another worker put them there meanwhile. */
export function unfinishedMerges(reader: Reader, since: number): Promise<Merge[]> {
  return reader.query({
    name: 'unfinished-merges',
    sql: `${MERGES} WHERE m.merged_at >= ${instant('since')} AND (m.project_id, m.conversation_id) GLOBAL IN (
        SELECT DISTINCT project_id, conversation_id FROM transcript_turns_v1
        WHERE (project_id, conversation_id) GLOBAL IN (
          SELECT project_id, conversation_id FROM transcript_merged_v1 WHERE merged_at >= ${instant('since')}))
      ${NEWEST}`,
    params: { since },
    row: merge,
  });
}

/** Where conversations of a project went that are no more; chains are followed to their end. */
export async function mergedConversations(
  reader: Reader,
  projectId: string,
  ids: readonly string[],
): Promise<Map<string, Merge>> {
  const all = new Map<string, Merge>();
  for (let asked = [...new Set(ids)]; asked.length > 0; ) {
    const found = await reader.query({
      name: 'merged-conversations',
      sql: `${MERGES} WHERE m.project_id = {projectId:UUID} AND m.conversation_id IN {asked:Array(UUID)} ${NEWEST}`,
      params: { projectId, asked },
      row: merge,
    });
    for (const one of found) all.set(one.from, one);
    asked = [...new Set(found.map(({ into }) => into))].filter((id) => !all.has(id));
  }
  const end = (one: Merge, seen = new Set<string>()): Merge => {
    const next = seen.has(one.into) ? undefined : all.get(one.into);
    return next === undefined ? one : end({ ...one, into: next.into }, seen.add(one.into));
  };
  return new Map(ids.flatMap((id) => (all.has(id) ? [[id, end(all.get(id) as Merge)]] : [])));
}

/** Conversations that have become part of these, directly or not: what was said in them is stored under their ids, too. */
export async function partsOf(reader: Reader, projectId: string, ids: readonly string[]): Promise<string[]> {
  const parts = new Set<string>();
  for (let asked = [...ids]; asked.length > 0; ) {
    const found = await reader.query({
      name: 'parts-of-conversations',
      sql: `SELECT DISTINCT toString(conversation_id) AS id FROM transcript_merged_v1
        WHERE project_id = {projectId:UUID} AND into_id IN {asked:Array(UUID)}`,
      params: { projectId, asked },
      row: z.object({ id: z.string() }),
    });
    asked = found.map(({ id }) => id).filter((id) => !parts.has(id) && !ids.includes(id));
    for (const id of asked) parts.add(id);
  }
  return [...parts];
}

/** Turns of a conversation. All of what they need is stored, since a turn comes last. */
export async function turnsIn(reader: Reader, projectId: string, conversationId: string): Promise<string[]> {
  const found = await reader.query({
    name: 'turns-in-conversation',
    sql: `SELECT DISTINCT toString(event_id) AS id FROM transcript_turns_v1
      WHERE project_id = {projectId:UUID} AND conversation_id = {conversationId:UUID}`,
    params: { projectId, conversationId },
    row: z.object({ id: z.string() }),
  });
  return found.map(({ id }) => id);
}

const OF_PART = 'project_id = {projectId:UUID} AND conversation_id = {from:UUID}';
const TURNS_OF_PART = `${OF_PART} AND event_id IN {eventIds:Array(UUID)}`;

/**
 * Stores what a conversation holds under the id of what it is part of, but of turns only these. Repeated any number of times it
 * leaves the same. @throws WeirError `CLICKHOUSE_*`
 */
export async function copyTurns(writer: Writer, { projectId, from, into }: Merge, eventIds: readonly string[]) {
  const copy = (table: string, which: string) =>
    writer.command(
      `copy-${table}`,
      // The same rows may have been there before, and been hidden: what they hold must not have the server drop them.
      `INSERT INTO ${table} SETTINGS deduplicate_insert = 'disable', deduplicate_blocks_in_dependent_materialized_views = 0
        SELECT * REPLACE ({into:UUID} AS conversation_id) FROM (SELECT * FROM ${table} WHERE ${which})`,
      { projectId, from, into, eventIds },
    );
  for (const table of CONTENT_TABLES) await copy(table, OF_PART);
  for (const table of HASH_TABLES) await copy(table, TURNS_OF_PART);
  await copy('transcript_turns_v1', TURNS_OF_PART);
}

/**
 * Hides turns where they were. What was said stays there: another worker may be storing a turn that goes on from it. It goes with
 * the whole, or by itself. @throws WeirError `CLICKHOUSE_*`
 */
export async function hideTurns(writer: Writer, { projectId, from }: Merge, eventIds: readonly string[]) {
  // Where a turn is looked up goes last: a repeat of what broke off finds it.
  for (const table of TURN_TABLES.toReversed())
    await hideRows(writer, table, TURNS_OF_PART, { projectId, from, eventIds });
}

/** Turns that were stored anew in their conversations. */
export interface StoredAnew {
  readonly projectId: string;
  readonly conversationIds: readonly string[];
  readonly eventIds: readonly string[];
  /** Of each, when the row that was read of it was stored, UTC epoch ms. */
  readonly readAt: readonly number[];
  /** All that these turns were found by before. */
  readonly keys: readonly string[];
}

/** Hides the rows that were read of them. @throws WeirError `CLICKHOUSE_*` */
export async function hideStoredAnew(writer: Writer, anew: StoredAnew): Promise<void> {
  if (anew.eventIds.length === 0) return;
  const older = `event_id IN {eventIds:Array(UUID)}
    AND toUnixTimestamp64Milli(stored_at) <= {readAt:Array(Int64)}[indexOf({eventIds:Array(UUID)}, event_id)]`;
  const among = 'project_id = {projectId:UUID} AND conversation_id IN {conversationIds:Array(UUID)}';
  const under = 'project_id = {projectId:UUID} AND key IN {keys:Array(UUID)}';
  await hideRows(writer, 'transcript_links_v1', `${under} AND ${older}`, { ...anew });
  await hideRows(writer, 'transcript_turns_v1', `${among} AND ${older}`, { ...anew });
}

/**
 * Nobody reads these rows any more; their bytes go with the next merge. Rewriting large parts for a few rows that are stored
 * elsewhere is for {@link purgeHidden}, when all of it has to go.
 */
async function hideRows(
  writer: Writer,
  table: ErasableTable,
  sql: string,
  params: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { target } = await whereRowsAre(writer, table);
  await writer.command(
    `hide-${table}`,
    `DELETE FROM ${target} WHERE ${sql} SETTINGS lightweight_deletes_sync = 2`,
    params,
  );
}

/** Rewrites what holds hidden rows, so that their bytes go. @throws WeirError `CLICKHOUSE_*` */
export async function purgeHidden(writer: Writer): Promise<void> {
  for (const table of TURN_TABLES) {
    const { target, name, parts } = await whereRowsAre(writer, table);
    const [hidden] = await writer.query({
      name: `hidden-${table}`,
      sql: `SELECT count() AS n FROM ${parts} WHERE database = currentDatabase() AND table = {name:String} AND active
        AND has_lightweight_delete`,
      params: { name },
      row: z.object({ n: z.number() }),
    });
    if (hidden?.n === 0) continue;
    await writer.command(`purge-${table}`, `ALTER TABLE ${target} APPLY DELETED MASK SETTINGS mutations_sync = 2`);
  }
}
