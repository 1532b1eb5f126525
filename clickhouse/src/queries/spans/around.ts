import { z } from 'zod';
import type { Reader } from '../../client.js';
import { clamp } from '../../scope.js';
import { RETAINED } from '../transcripts/retained.js';

const text = z.string().nullable();

/** A recorded turn, by what spans can be told to belong to it. */
const turnLink = z.object({
  eventId: z.string(),
  callId: z.string(),
  conversationId: z.string(),
  appId: z.string(),
  statedId: text,
  traceId: text,
  /** The span of the app that the call was made in. */
  spanId: text,
  responseId: text,
  /** UTC epoch ms. */
  startedAt: z.number(),
});
export type TurnLink = z.output<typeof turnLink>;

const TURN_LINK = `toString(t.event_id) AS eventId, toString(t.call_id) AS callId, toString(t.conversation_id) AS conversationId,
  toString(t.app_id) AS appId, t.stated_id AS statedId, t.trace_id AS traceId, t.span_id AS spanId,
  t.response_id AS responseId, toUnixTimestamp64Milli(t.started_at) AS startedAt`;

/** Turns looked at around a window; a screen asks for the time between a few of them. */
const MAX_TURNS = 2_000;
const MAX_TRACES = 1_000;
const DAY_MS = 86_400_000;
/** The first step of a trace may begin long before its first call. */
const REACH_MS = 3_600_000;

/** Both ends included; UTC epoch ms. */
export interface SpanWindow {
  readonly from: number;
  readonly to: number;
}

const instant = (name: string) => `fromUnixTimestamp64Milli({${name}:Int64}, 'UTC')`;

/** Turns of a conversation that began in a window or not long before or after; the nearest where there are very many. */
export function turnLinks(
  reader: Reader,
  projectId: string,
  conversationId: string,
  { from, to }: SpanWindow,
): Promise<TurnLink[]> {
  return reader.query({
    name: 'turn-links',
    sql: `SELECT ${TURN_LINK} FROM transcript_turns_v1 AS t
      WHERE t.project_id = {projectId:UUID} AND t.conversation_id = {conversationId:UUID} AND ${RETAINED}
        AND t.started_at >= ${instant('first')} AND t.started_at <= ${instant('last')}
      ORDER BY greatest({from:Int64} - startedAt, startedAt - {to:Int64}, 0), t.event_id
      LIMIT 1 BY t.event_id LIMIT ${MAX_TURNS}`,
    params: { projectId, conversationId, from, to, first: clamp(from - REACH_MS), last: clamp(to + REACH_MS) },
    row: turnLink,
  });
}

/** Recorded turns of any conversation that are part of these traces. */
export function turnsInTraces(reader: Reader, projectId: string, traces: readonly string[]): Promise<TurnLink[]> {
  if (traces.length === 0) return Promise.resolve([]);
  return reader.query({
    name: 'turns-in-traces',
    sql: `SELECT ${TURN_LINK} FROM transcript_turns_v1 AS t
      WHERE t.project_id = {projectId:UUID} AND t.trace_id IN {traces:Array(String)} AND ${RETAINED}
      ORDER BY t.started_at, t.event_id LIMIT 1 BY t.event_id LIMIT ${MAX_TURNS}`,
    params: { projectId, traces },
    row: turnLink,
  });
}

const traceRow = z.object({ traceId: z.string() });

/**
 * Traces with spans that belong to these turns: by the trace itself, the id of the call or of its answer, or by the
 * conversation that the same app names.
 */
export async function tracesOf(
  reader: Reader,
  projectId: string,
  turns: readonly TurnLink[],
  { from, to }: SpanWindow,
): Promise<string[]> {
  const own = turns.flatMap(({ traceId }) => traceId ?? []);
  if (turns.length === 0) return [];
  // A conversation is of one app, and has one id where it has one at all.
  const stated = turns.find(({ statedId }) => statedId !== null);
  const found = await reader.query({
    name: 'traces-of-turns',
    sql: `SELECT DISTINCT toString(trace_id) AS traceId FROM spans_v1
      WHERE project_id = {projectId:UUID} AND ${RETAINED}
        AND started_at >= ${instant('from')} AND started_at <= ${instant('to')}
        AND (response_id IN {responses:Array(String)} OR request_id IN {calls:Array(UUID)}
          ${stated === undefined ? '' : 'OR (conversation = {stated:String} AND app_id = {appId:UUID})'})
      LIMIT ${MAX_TRACES}`,
    params: {
      ...{ projectId, from: clamp(from - DAY_MS), to: clamp(to + DAY_MS) },
      responses: turns.flatMap(({ responseId }) => responseId ?? []),
      calls: turns.map(({ callId }) => callId),
      ...(stated !== undefined && { stated: stated.statedId, appId: stated.appId }),
    },
    row: traceRow,
  });
  return [...new Set([...own, ...found.map(({ traceId }) => traceId)])].slice(0, MAX_TRACES);
}

/** Traces of one app that state the same conversation as this one does; itself, where it states none. */
export async function tracesTogether(reader: Reader, projectId: string, traceId: string): Promise<string[]> {
  const found = await reader.query({
    name: 'traces-together',
    sql: `SELECT DISTINCT toString(trace_id) AS traceId FROM spans_v1
      WHERE project_id = {projectId:UUID} AND ${RETAINED} AND (app_id, conversation) IN (
        SELECT app_id, assumeNotNull(conversation) FROM spans_v1
        WHERE project_id = {projectId:UUID} AND trace_id = {traceId:String} AND conversation IS NOT NULL)
      LIMIT ${MAX_TRACES}`,
    params: { projectId, traceId },
    row: traceRow,
  });
  return [...new Set([traceId, ...found.map((one) => one.traceId)])];
}
