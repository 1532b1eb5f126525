import { z } from 'zod';
import type { Reader } from '../../client.js';
import { RETAINED } from '../transcripts/retained.js';

const text = z.string().nullable();

const foundTrace = z.object({
  traceId: z.string(),
  /** As the app states it. */
  conversation: text,
  appId: z.string(),
  app: z.string(),
  service: text,
  /** Of its first span. */
  name: z.string(),
  /** UTC epoch ms. */
  startedAt: z.number(),
  lastSpanAt: z.number(),
  spans: z.number(),
  failedSpans: z.number(),
});
/** A trace that an app sent spans of. */
export type FoundTrace = z.output<typeof foundTrace>;

const MAX_FOUND = 20;

/** Traces of which this is the id, or the conversation, or the id of a span or an answer; the newest first, at most 20. */
export function findTraces(reader: Reader, projectId: string, id: string): Promise<FoundTrace[]> {
  const those = `SELECT trace_id FROM spans_v1 WHERE project_id = {projectId:UUID} AND ${RETAINED}
    AND (conversation = {id:String} OR response_id = {id:String} OR span_id = {hex:String})`;
  return reader.query({
    name: 'find-traces',
    sql: `SELECT toString(s.trace_id) AS traceId, any(s.conversation) AS conversation, toString(s.app_id) AS appId,
        any(s.app) AS app, any(s.service) AS service, argMin(s.name, s.started_at) AS name,
        toUnixTimestamp64Milli(toDateTime64(min(s.started_at), 3, 'UTC')) AS startedAt,
        toUnixTimestamp64Milli(toDateTime64(max(s.started_at), 3, 'UTC')) AS lastSpanAt,
        uniqExact(s.span_id) AS spans, uniqExactIf(s.span_id, s.status = 'error') AS failedSpans
      FROM spans_v1 AS s
      WHERE s.project_id = {projectId:UUID} AND ${RETAINED} AND (s.trace_id = {trace:String} OR s.trace_id IN (${those}))
      GROUP BY s.trace_id, s.app_id ORDER BY startedAt DESC, traceId LIMIT ${MAX_FOUND}`,
    // Text that is longer than an id would not be cut, but refused, in the place of one.
    params: { projectId, id, trace: hexOf(id, 32), hex: hexOf(id, 16) },
    row: foundTrace,
  });
}

const hexOf = (text: string, length: number): string =>
  text.length === length && /^[0-9a-f]+$/i.test(text) ? text.toLowerCase() : '';
