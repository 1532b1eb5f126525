import { timeText, type UsageEventRow } from '@weir/clickhouse';
import type { UsageEvent } from '@weir/contracts';

/** Half a surrogate pair has no UTF-8 form, and one of them would make the server refuse the whole batch. */
function text(value: string): string {
  return value.isWellFormed() ? value : value.toWellFormed();
}

function maybe(value: string | null): string | null {
  return value === null ? null : text(value);
}

function wellFormed(tags: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [text(key), text(value)]));
}

/** An absent meter is unknown and becomes NULL. */
export function toRow(event: UsageEvent, batchId: string): UsageEventRow {
  const { meters } = event;
  return {
    project_id: event.projectId,
    started_at: timeText(event.startedAt),
    event_id: event.eventId,
    call_id: event.callId,
    attempt: event.attempt,
    environment: text(event.environment),
    provider: event.provider,
    provider_id: event.providerId,
    provider_type: event.providerType,
    endpoint: text(event.endpoint),
    method: text(event.method),
    path: text(event.path),
    requested_model: maybe(event.requestedModel),
    served_model: maybe(event.servedModel),
    service_tier: maybe(event.serviceTier),
    streamed: event.streamed,
    app_id: event.appId,
    app: text(event.app),
    token_id: event.tokenId,
    user: maybe(event.user),
    agent: maybe(event.agent),
    tags: wellFormed(event.tags),
    conversation: maybe(event.conversation),
    trace_id: event.traceId,
    outcome: event.outcome,
    error_code: maybe(event.errorCode),
    status: event.status,
    upstream_status: event.upstreamStatus,
    upstream_request_id: maybe(event.upstreamRequestId),
    first_byte_ms: event.firstByteMs,
    first_token_ms: event.firstTokenMs,
    duration_ms: event.durationMs,
    overhead_ms: event.overheadMs,
    request_bytes: event.requestBytes,
    response_bytes: event.responseBytes,
    abort_action: event.abortAction,
    client_retry: event.clientRetry,
    input_tokens: meters.input ?? null,
    cached_input_tokens: meters.cachedInput ?? null,
    cache_write_5m_tokens: meters.cacheWrite5m ?? null,
    cache_write_1h_tokens: meters.cacheWrite1h ?? null,
    cache_write_unknown_tokens: meters.cacheWriteUnknown ?? null,
    output_tokens: meters.output ?? null,
    reasoning_tokens: meters.reasoning ?? null,
    tool_use_input_tokens: meters.toolUseInput ?? null,
    audio_input_tokens: meters.audioInput ?? null,
    audio_output_tokens: meters.audioOutput ?? null,
    image_input_tokens: meters.imageInput ?? null,
    image_output_tokens: meters.imageOutput ?? null,
    cached_audio_input_tokens: meters.cachedAudioInput ?? null,
    other_meters: event.otherMeters,
    usage_source: event.usageSource,
    estimator: maybe(event.estimator),
    estimated_meters: event.estimatedMeters,
    raw_usage: maybe(event.rawUsage),
    provider_stated_cost_usd: maybe(event.providerStatedCostUsd),
    alterations: event.alterations,
    snapshot_version: event.snapshotVersion,
    proxy_id: text(event.proxyId),
    batch_id: batchId,
  };
}
