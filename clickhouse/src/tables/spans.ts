import { z } from 'zod';
import type { Writer } from '../client.js';
import { byContent, type TranscriptTable, table } from './transcripts/tables.js';

const text = z.string();
const maybeText = z.string().nullable();
const maybeNumber = z.number().nullable();

/** One row of spans_v1; `started_at` is `YYYY-MM-DD hh:mm:ss.mmmmmm` UTC, `received_at` has milliseconds. */
const spanRow = z.object({
  project_id: text,
  trace_id: text,
  started_at: text,
  app_id: text,
  span_id: text,
  parent_span_id: text,
  environment: text,
  app: text,
  name: text,
  kind: text,
  category: text,
  duration_ms: maybeNumber,
  status: text,
  error_type: maybeText,
  service: maybeText,
  conversation: maybeText,
  user: maybeText,
  agent: maybeText,
  tool: maybeText,
  requested_model: maybeText,
  served_model: maybeText,
  response_id: maybeText,
  request_id: maybeText,
  input_tokens: maybeNumber,
  output_tokens: maybeNumber,
  attributes: z.record(text, text),
  left_out: z.number(),
  received_at: text,
  expires_at: text,
  batch_id: text,
});
export type SpanRow = z.output<typeof spanRow>;

export const spansTable = (writer: Writer): TranscriptTable<SpanRow> => table(writer, 'spans_v1', spanRow, byContent);
