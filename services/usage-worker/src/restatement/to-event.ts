import type { LedgerEvent, UsageEventRow } from '@weir/clickhouse';
import { METERS, type Meter, type Meters, type UsageEvent } from '@weir/contracts';

const COLUMN_OF: Readonly<Record<Meter, keyof UsageEventRow>> = {
  input: 'input_tokens',
  cachedInput: 'cached_input_tokens',
  cacheWrite5m: 'cache_write_5m_tokens',
  cacheWrite1h: 'cache_write_1h_tokens',
  cacheWriteUnknown: 'cache_write_unknown_tokens',
  output: 'output_tokens',
  reasoning: 'reasoning_tokens',
  toolUseInput: 'tool_use_input_tokens',
  audioInput: 'audio_input_tokens',
  cachedAudioInput: 'cached_audio_input_tokens',
  audioOutput: 'audio_output_tokens',
  imageInput: 'image_input_tokens',
  imageOutput: 'image_output_tokens',
};

/**
 * The event that a row was made of: rating it gives what rating the original gave. The casts undo the widening of the
 * row's schema; a value was one of the narrow ones when it was stored.
 */
export function toEvent(row: LedgerEvent): UsageEvent {
  return {
    v: 1,
    eventId: row.event_id,
    callId: row.call_id,
    attempt: row.attempt,
    projectId: row.project_id,
    environment: row.environment,
    provider: row.provider,
    providerId: row.provider_id,
    providerType: row.provider_type as UsageEvent['providerType'],
    endpoint: row.endpoint,
    method: row.method,
    path: row.path,
    requestedModel: row.requested_model,
    servedModel: row.served_model,
    serviceTier: row.service_tier,
    streamed: row.streamed,
    appId: row.app_id,
    app: row.app,
    tokenId: row.token_id,
    user: row.user,
    agent: row.agent,
    tags: row.tags,
    conversation: row.conversation,
    traceId: row.trace_id,
    outcome: row.outcome as UsageEvent['outcome'],
    errorCode: row.error_code,
    status: row.status,
    upstreamStatus: row.upstream_status,
    upstreamRequestId: row.upstream_request_id,
    startedAt: row.startedAt,
    firstByteMs: row.first_byte_ms,
    firstTokenMs: row.first_token_ms,
    durationMs: row.duration_ms,
    overheadMs: row.overhead_ms,
    requestBytes: row.request_bytes,
    responseBytes: row.response_bytes,
    abortAction: row.abort_action as UsageEvent['abortAction'],
    clientRetry: row.client_retry,
    meters: metersOf(row),
    otherMeters: row.other_meters,
    usageSource: row.usage_source as UsageEvent['usageSource'],
    estimator: row.estimator,
    estimatedMeters: row.estimated_meters as UsageEvent['estimatedMeters'],
    rawUsage: row.raw_usage,
    providerStatedCostUsd: row.provider_stated_cost_usd,
    alterations: row.alterations as UsageEvent['alterations'],
    snapshotVersion: row.snapshot_version,
    proxyId: row.proxy_id,
  };
}

/** NULL is unknown, and unknown is an absent key. */
function metersOf(row: LedgerEvent): Meters {
  const meters: Meters = {};
  for (const meter of METERS) {
    const quantity = row[COLUMN_OF[meter]];
    if (typeof quantity === 'number') meters[meter] = quantity;
  }
  return meters;
}
