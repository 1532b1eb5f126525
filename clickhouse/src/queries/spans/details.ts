import { SPAN_KINDS, SPAN_STATUSES } from '@weir/contracts';
import { z } from 'zod';
import type { Reader } from '../../client.js';
import { RETAINED } from '../transcripts/retained.js';

const text = z.string().nullable();
const number = z.number().nullable();

const spanDetail = z.object({
  traceId: z.string(),
  spanId: z.string(),
  appId: z.string(),
  app: z.string(),
  environment: z.string(),
  name: z.string(),
  kind: z.enum(SPAN_KINDS),
  status: z.enum(SPAN_STATUSES),
  errorType: text,
  service: text,
  conversation: text,
  user: text,
  agent: text,
  tool: text,
  requestedModel: text,
  servedModel: text,
  /** As the app reports them. */
  inputTokens: number,
  outputTokens: number,
  attributes: z.record(z.string(), z.string()),
  leftOut: z.number(),
});
/** What is kept of a span, beside its place. */
export type SpanDetail = z.output<typeof spanDetail>;

const SPECIAL: Readonly<Record<string, string>> = {
  traceId: 'toString(s.trace_id)',
  spanId: 'toString(s.span_id)',
  appId: 'toString(s.app_id)',
};
const COLUMNS = Object.keys(spanDetail.shape)
  .map((field) => `${SPECIAL[field] ?? `s.${field.replace(/[A-Z]/g, (one) => `_${one.toLowerCase()}`)}`} AS ${field}`)
  .join(', ');

/** In no order. @param spans at most 500 */
export async function spanDetails(
  reader: Reader,
  projectId: string,
  spans: readonly { readonly traceId: string; readonly spanId: string }[],
): Promise<SpanDetail[]> {
  if (spans.length === 0) return [];
  return reader.query({
    name: 'span-details',
    sql: `SELECT ${COLUMNS} FROM spans_v1 AS s
      WHERE s.project_id = {projectId:UUID} AND s.trace_id IN {traces:Array(String)} AND s.span_id IN {spans:Array(String)}
        AND ${RETAINED}
      ORDER BY s.received_at DESC LIMIT 1 BY s.trace_id, s.app_id, s.span_id`,
    params: {
      projectId,
      traces: [...new Set(spans.map(({ traceId }) => traceId))],
      spans: spans.map(({ spanId }) => spanId),
    },
    row: spanDetail,
  });
}
