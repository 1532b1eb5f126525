import { z } from 'zod';
import type { Reader } from '../client.js';
import type { Condition } from '../scope.js';
import type { Deletion } from './deletions.js';
import { instant, pick, turnsOf } from './erasure.js';

/** A span, as far as an order to delete can tell it before its trace is known. */
export interface DeletableSpan {
  readonly appId: string;
  readonly user: string | null;
  readonly startedAtUs: number;
}

/**
 * Whether an order was about a span that comes late. Of which conversation or provider a span is, it does not say itself: those
 * orders delete what is there when they are carried out.
 */
export function isSpanDeleted({ appId, user, startedAtUs }: DeletableSpan, order: Deletion): boolean {
  const startedAt = startedAtUs / 1_000;
  return (
    order.conversationId === null &&
    order.providerId === null &&
    startedAt < order.orderedAt &&
    (order.appId === null || order.appId === appId) &&
    (order.user === null || order.user === user) &&
    (order.from === null || startedAt >= order.from) &&
    (order.to === null || startedAt < order.to)
  );
}

const TRACES_AT_ONCE = 5_000;

/**
 * The spans that an order is about: by their own app, time and user, or with the calls of their trace. Asked for while the turns
 * are still there.
 */
export async function spansOf(reader: Reader, order: Deletion): Promise<Condition[]> {
  const own = ownOf(order);
  if (order.conversationId === null && order.user === null && order.providerId === null) return [own];
  const conditions: Condition[] = [];
  if (order.user !== null && order.conversationId === null && order.providerId === null) {
    conditions.push({ sql: `${own.sql} AND user = {user:String}`, params: { ...own.params, user: order.user } });
  }
  const traces = await tracesOf(reader, order);
  for (let at = 0; at < traces.length; at += TRACES_AT_ONCE) {
    const some = traces.slice(at, at + TRACES_AT_ONCE);
    conditions.push({
      sql: `${own.sql} AND trace_id IN {traces:Array(String)}`,
      params: { ...own.params, traces: some },
    });
  }
  return conditions;
}

function ownOf(order: Deletion): Condition {
  const app = order.appId === null ? '' : ' AND app_id = {appId:UUID}';
  const from = order.from === null ? '' : ` AND started_at >= ${instant('from')}`;
  const to = order.to === null ? '' : ` AND started_at < ${instant('to')}`;
  return {
    sql: `project_id = {projectId:UUID} AND started_at < ${instant('orderedAt')}${app}${from}${to}`,
    params: { projectId: order.projectId, orderedAt: order.orderedAt, ...pick(order, ['appId', 'from', 'to']) },
  };
}

/** Traces of the turns that an order is about. Of a provider's, a trace that turns of another one are part of stays. */
async function tracesOf(reader: Reader, order: Deletion): Promise<string[]> {
  const which = turnsOf(order);
  const turns = `FROM transcript_turns_v1 WHERE ${which.sql}`;
  const stays = `SELECT assumeNotNull(trace_id) FROM transcript_turns_v1
    WHERE project_id = {projectId:UUID} AND trace_id IS NOT NULL AND NOT (${which.sql})`;
  const rows = await reader.query({
    name: 'traces-to-erase',
    sql: `SELECT DISTINCT trace FROM (
        SELECT assumeNotNull(trace_id) AS trace ${turns} AND trace_id IS NOT NULL
        UNION ALL SELECT toString(trace_id) FROM spans_v1 WHERE project_id = {projectId:UUID} AND (
          (app_id, conversation) IN (SELECT app_id, stated_id ${turns} AND stated_id IS NOT NULL)
          OR response_id IN (SELECT response_id ${turns} AND response_id IS NOT NULL)
          OR request_id IN (SELECT call_id ${turns}))
      ) ${order.providerId === null ? '' : `WHERE trace NOT IN (${stays})`}`,
    params: which.params,
    row: z.object({ trace: z.string() }),
  });
  return rows.map(({ trace }) => trace);
}
