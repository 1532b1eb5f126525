import { z } from 'zod';

const text = z.string().nullable();
const count = z.number().nullable();
const ms = z.number().nullable();

/** One attempt as the console shows it; null = unknown. Times are UTC epoch ms, durations ms. */
export const callRow = z.object({
  eventId: z.string(),
  callId: z.string(),
  attempt: z.number().int(),
  startedAt: z.number().int(),
  environment: z.string(),
  provider: z.string(),
  providerType: text,
  endpoint: z.string(),
  method: z.string(),
  path: z.string(),
  requestedModel: text,
  servedModel: text,
  serviceTier: text,
  streamed: z.boolean(),
  appId: z.string(),
  app: z.string(),
  tokenId: z.string(),
  user: text,
  agent: text,
  tags: z.record(z.string(), z.string()),
  conversation: text,
  traceId: text,
  outcome: z.string(),
  errorCode: text,
  status: count,
  upstreamStatus: count,
  upstreamRequestId: text,
  firstByteMs: ms,
  firstTokenMs: ms,
  durationMs: ms,
  overheadMs: ms,
  requestBytes: z.number().int(),
  responseBytes: z.number().int(),
  abortAction: text,
  clientRetry: count,
  inputTokens: count,
  cachedInputTokens: count,
  cacheWrite5mTokens: count,
  cacheWrite1hTokens: count,
  cacheWriteUnknownTokens: count,
  outputTokens: count,
  reasoningTokens: count,
  toolUseInputTokens: count,
  audioInputTokens: count,
  audioOutputTokens: count,
  imageInputTokens: count,
  imageOutputTokens: count,
  cachedAudioInputTokens: count,
  otherMeters: z.record(z.string(), z.number()),
  usageSource: z.string(),
  estimator: text,
  estimatedMeters: z.array(z.string()),
  rawUsage: text,
  providerStatedCostUsd: text,
  alterations: z.array(z.string()),
  proxyId: z.string(),
  /** Sum of the three kinds of cache write that are known; null when none is. */
  cacheWriteTokens: count,
  /** Everything read and written that is known; null when nothing is. */
  totalTokens: count,
});

/** camelCase field -> snake_case column; the two sums are made here. */
const SPECIAL: Readonly<Record<string, string>> = {
  startedAt: 'toUnixTimestamp64Milli(e.started_at)',
  eventId: 'toString(e.event_id)',
  callId: 'toString(e.call_id)',
  appId: 'toString(e.app_id)',
  tokenId: 'toString(e.token_id)',
  cacheWriteTokens: sumOfKnown(['cache_write_5m_tokens', 'cache_write_1h_tokens', 'cache_write_unknown_tokens']),
  totalTokens: sumOfKnown([
    'input_tokens',
    'cached_input_tokens',
    'cache_write_5m_tokens',
    'cache_write_1h_tokens',
    'cache_write_unknown_tokens',
    'output_tokens',
  ]),
};

function sumOfKnown(columns: readonly string[]): string {
  const unknown = columns.map((column) => `isNull(e.${column})`).join(' AND ');
  return `if(${unknown}, NULL, ${columns.map((column) => `ifNull(e.${column}, 0)`).join(' + ')})`;
}

function columnOf(field: string): string {
  return field.replace(/Write(5m|1h)/, '_write_$1').replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

export const CALL_COLUMNS = Object.keys(callRow.shape)
  .map((field) => `${SPECIAL[field] ?? `e.${columnOf(field)}`} AS ${field}`)
  .join(', ');
