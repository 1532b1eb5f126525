import { z } from 'zod';
import type { Writer } from '../client.js';
import { batchTable } from './batch-table.js';

const text = z.string();
const maybeText = z.string().nullable();
const maybeNumber = z.number().nullable();

/** One row of usage_events_v1 as it is sent; `started_at` is `YYYY-MM-DD hh:mm:ss.mmm` UTC. `stored_at` is the server's. */
export const usageEventRow = z.object({
  project_id: text,
  started_at: text,
  event_id: text,
  call_id: text,
  attempt: z.number(),
  environment: text,
  provider: text,
  provider_id: maybeText,
  provider_type: maybeText,
  endpoint: text,
  method: text,
  path: text,
  requested_model: maybeText,
  served_model: maybeText,
  service_tier: maybeText,
  streamed: z.boolean(),
  app_id: text,
  app: text,
  token_id: text,
  user: maybeText,
  agent: maybeText,
  tags: z.record(z.string(), z.string()),
  conversation: maybeText,
  trace_id: maybeText,
  outcome: text,
  error_code: maybeText,
  status: maybeNumber,
  upstream_status: maybeNumber,
  upstream_request_id: maybeText,
  first_byte_ms: maybeNumber,
  first_token_ms: maybeNumber,
  duration_ms: maybeNumber,
  overhead_ms: maybeNumber,
  request_bytes: z.number(),
  response_bytes: z.number(),
  abort_action: maybeText,
  client_retry: maybeNumber,
  input_tokens: maybeNumber,
  cached_input_tokens: maybeNumber,
  cache_write_5m_tokens: maybeNumber,
  cache_write_1h_tokens: maybeNumber,
  cache_write_unknown_tokens: maybeNumber,
  output_tokens: maybeNumber,
  reasoning_tokens: maybeNumber,
  tool_use_input_tokens: maybeNumber,
  audio_input_tokens: maybeNumber,
  audio_output_tokens: maybeNumber,
  image_input_tokens: maybeNumber,
  image_output_tokens: maybeNumber,
  cached_audio_input_tokens: maybeNumber,
  other_meters: z.record(z.string(), z.number()),
  usage_source: text,
  estimator: maybeText,
  estimated_meters: z.array(z.string()),
  raw_usage: maybeText,
  provider_stated_cost_usd: maybeText,
  alterations: z.array(z.string()),
  snapshot_version: z.number(),
  proxy_id: text,
  batch_id: text,
});
export type UsageEventRow = z.output<typeof usageEventRow>;

export const usageEventsTable = (writer: Writer) =>
  batchTable(writer, {
    name: 'usage_events_v1',
    row: usageEventRow,
    time: 'started_at',
    key: 'event_id',
    storedAt: 'stored_at',
  });
