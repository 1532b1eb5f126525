import { z } from 'zod';
import type { Reader } from '../../client.js';
import { EARLIEST_MS, inScope, LATEST_MS } from '../../scope.js';
import { mergedConversations } from '../../transcripts/merging.js';
import { CONVERSATION_STATUSES, RUNNING_FOR_MINUTES } from './filter.js';
import { RETAINED } from './retained.js';
import { type TurnsUsage, usageOf } from './usage.js';

const NAMES_SHOWN = 20;

const names = z.array(z.string());

const summary = z.object({
  conversationId: z.string(),
  /** As the caller or the upstream stated it; null = it was put together from what was said. */
  statedId: z.string().nullable(),
  /** `header`, `provider_id`, `session_header` or `prefix`; null = there is but one turn that states nothing. */
  inferredBy: z.string().nullable(),
  /** null = what was asked is not recorded. */
  title: z.string().nullable(),
  /** `error`: its last turn failed. `running`: it waits for a tool, and began at most ten minutes ago. */
  status: z.enum(CONVERSATION_STATUSES),
  /** UTC epoch ms. */
  startedAt: z.number().int(),
  lastTurnAt: z.number().int(),
  /** From the start of the first turn to the end of the last. */
  durationMs: z.number(),
  turns: z.number().int(),
  failedTurns: z.number().int(),
  /** Turns that began a branch, or a sub-agent. */
  forks: z.number().int(),
  subAgents: z.number().int(),
  appId: z.string(),
  app: z.string(),
  user: z.string().nullable(),
  /** At most 20 of each, by name. */
  environments: names,
  agents: names,
  providers: names,
  models: names,
  /** The last failure's: the upstream's own code, else ours. */
  errorCode: z.string().nullable(),
});

/** A conversation without what was said in it, except for its title. */
export type Conversation = z.output<typeof summary> & { readonly usage: TurnsUsage };

const LAST = 'tuple(started_at, event_id)';
const namesOf = (column: string) => `arraySlice(arraySort(groupUniqArray(100)(${column})), 1, ${NAMES_SHOWN})`;

// The title is that of a turn with tools, where there is one: clients ask for titles and topics beside their task, often before
// it, and give no tools along.
const SUMMARY = `toString(conversation_id) AS conversationId, any(stated_id) AS statedId,
  argMin(inferred_by, multiIf(isNull(inferred_by), 9, inferred_by = 'prefix', 5, 1)) AS inferredBy,
  nullIf(argMinIf(title, tuple(tools_id = '', started_at, event_id), title != ''), '') AS title,
  multiIf(argMax(is_failed, ${LAST}), 'error',
    argMax(awaits_tool, ${LAST}) AND max(started_at) > now64(3, 'UTC') - INTERVAL ${RUNNING_FOR_MINUTES} MINUTE, 'running',
    'completed') AS status,
  toUnixTimestamp64Milli(min(started_at)) AS startedAt, toUnixTimestamp64Milli(max(started_at)) AS lastTurnAt,
  max(toUnixTimestamp64Milli(started_at) + ifNull(duration_ms, 0)) - startedAt AS durationMs,
  uniqExact(event_id) AS turns, uniqExactIf(event_id, is_failed) AS failedTurns,
  uniqExactIf(event_id, relation = 'forks') AS forks, uniqExactIf(event_id, relation = 'spawned') AS subAgents,
  toString(any(app_id)) AS appId, argMax(app, ${LAST}) AS app, any(user) AS user, ${namesOf('environment')} AS environments,
  ${namesOf("ifNull(agent, '')")} AS agents, ${namesOf('provider')} AS providers,
  ${namesOf("coalesce(served_model, requested_model, '')")} AS models,
  argMaxIf(coalesce(upstream_error_code, error_code), ${LAST}, is_failed) AS errorCode`;

/** In no order. @param ids at most 500 */
export async function conversationsOf(
  reader: Reader,
  projectId: string,
  ids: readonly string[],
): Promise<Conversation[]> {
  if (ids.length === 0) return [];
  const range = inScope({ projectId, from: EARLIEST_MS, to: LATEST_MS }, 'started_at');
  const those = `project_id = {projectId:UUID} AND conversation_id IN {ids:Array(UUID)} AND ${RETAINED}`;
  const found = await reader.query({
    name: 'conversations',
    sql: `SELECT ${SUMMARY} FROM transcript_turns_v1 WHERE ${range.sql} AND ${those} GROUP BY conversation_id`,
    params: { ...range.params, ids },
    row: summary,
  });
  if (found.length === 0) return [];
  const scope = {
    projectId,
    from: Math.min(...found.map(({ startedAt }) => startedAt)),
    to: Math.max(...found.map(({ lastTurnAt }) => lastTurnAt)) + 1,
  };
  const turns = `SELECT event_id, started_at, conversation_id FROM transcript_turns_v1 WHERE ${those}`;
  const usage = await usageOf(
    reader,
    { scope, turns, params: { ids }, by: 'conversation_id' },
    new Map(found.map(({ conversationId, turns: count }) => [conversationId, count])),
  );
  return found.map((one) => ({
    ...one,
    agents: one.agents.filter((name) => name !== ''),
    models: one.models.filter((name) => name !== ''),
    usage: usage.get(one.conversationId) as TurnsUsage,
  }));
}

const uuid = z.string().uuid();

/**
 * Of a conversation that has become part of another one, that one: its address may be in a ticket.
 * @returns null = the project has none of that id, or none any more
 */
export async function getConversation(reader: Reader, projectId: string, id: string): Promise<Conversation | null> {
  if (!uuid.safeParse(id).success) return null;
  const [found] = await conversationsOf(reader, projectId, [id.toLowerCase()]);
  if (found !== undefined) return found;
  const merge = (await mergedConversations(reader, projectId, [id.toLowerCase()])).get(id.toLowerCase());
  if (merge === undefined) return null;
  const [whole] = await conversationsOf(reader, projectId, [merge.into]);
  return whole ?? null;
}
