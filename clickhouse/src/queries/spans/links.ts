import { SPAN_CATEGORIES } from '@weir/contracts';
import { z } from 'zod';
import type { Reader } from '../../client.js';
import { RETAINED } from '../transcripts/retained.js';

const text = z.string().nullable();

/** A span as far as it takes to put it in its place. */
const spanLink = z.object({
  traceId: z.string(),
  spanId: z.string(),
  appId: z.string(),
  parentSpanId: text,
  category: z.enum(SPAN_CATEGORIES),
  /** UTC epoch, microseconds. */
  startedAtUs: z.number(),
  durationMs: z.number().nullable(),
  responseId: text,
  requestId: text,
});
export type SpanLink = z.output<typeof spanLink>;

/** Of several traces together; the newest where there are more. */
export const MAX_LINKS = 20_000;

/** Spans of these traces that began before `to` (UTC epoch ms) or then, the oldest first. */
export async function spanLinks(
  reader: Reader,
  projectId: string,
  traces: readonly string[],
  to: number,
): Promise<SpanLink[]> {
  if (traces.length === 0) return [];
  const found = await reader.query({
    name: 'span-links',
    // Sent again, a span may be longer: the newest counts. No FINAL: it would merge all columns of every part of the month.
    sql: `SELECT toString(s.trace_id) AS traceId, toString(s.span_id) AS spanId, toString(s.app_id) AS appId,
        nullIf(s.parent_span_id, '') AS parentSpanId, s.category AS category,
        toUnixTimestamp64Micro(s.started_at) AS startedAtUs, s.duration_ms AS durationMs, s.response_id AS responseId,
        toString(s.request_id) AS requestId
      FROM spans_v1 AS s
      WHERE s.project_id = {projectId:UUID} AND s.trace_id IN {traces:Array(String)} AND ${RETAINED}
        AND s.started_at <= fromUnixTimestamp64Milli({to:Int64}, 'UTC')
      ORDER BY s.started_at DESC, s.received_at DESC LIMIT 1 BY s.trace_id, s.app_id, s.span_id LIMIT ${MAX_LINKS}`,
    params: { projectId, traces, to },
    row: spanLink,
  });
  return found.reverse();
}
