import { z } from 'zod';
import type { Reader } from '../../client.js';
import { inScope } from '../../scope.js';

const callInTrace = z.object({
  eventId: z.string(),
  callId: z.string(),
  traceId: z.string(),
  /** UTC epoch ms. */
  startedAt: z.number(),
});
/** A call of the gateway, recorded or not, that named a trace. */
export type CallInTrace = z.output<typeof callInTrace>;

const MAX_CALLS = 5_000;
/** The app's clock and ours may differ, and a call may wait before it is made. */
const SLACK_MS = 3_600_000;

/** Calls that are part of these traces. @param from UTC epoch ms; so is `to` */
export async function callsInTraces(
  reader: Reader,
  projectId: string,
  traces: readonly string[],
  { from, to }: { readonly from: number; readonly to: number },
): Promise<CallInTrace[]> {
  if (traces.length === 0) return [];
  const range = inScope({ projectId, from: from - SLACK_MS, to: to + SLACK_MS }, 'started_at');
  return reader.query({
    name: 'calls-in-traces',
    sql: `SELECT toString(e.event_id) AS eventId, toString(e.call_id) AS callId, assumeNotNull(e.trace_id) AS traceId,
        toUnixTimestamp64Milli(e.started_at) AS startedAt
      FROM usage_events_v1 AS e WHERE ${range.sql} AND e.trace_id IN {traces:Array(String)}
      ORDER BY e.started_at, e.event_id LIMIT 1 BY e.event_id LIMIT ${MAX_CALLS}`,
    params: { ...range.params, traces },
    row: callInTrace,
  });
}
