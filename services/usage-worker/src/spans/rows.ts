import { type SpanRow, timeText } from '@weir/clickhouse';
import type { AgentSpan, SpanFrame } from '@weir/contracts';

const DAY_MS = 86_400_000;

const text = (value: string): string => value.toWellFormed();
const maybe = (value: string | null): string | null => (value === null ? null : text(value));

/** @param retentionDays from the day it began on */
export function spanRowOf(span: AgentSpan, frame: SpanFrame, retentionDays: number, batchId: string): SpanRow {
  const startedMs = Math.floor(span.startedAtUs / 1_000);
  const attributes = Object.entries(span.attributes).map(([name, value]) => [text(name), text(value)]);
  return {
    project_id: frame.projectId,
    trace_id: span.traceId,
    started_at: `${timeText(startedMs)}${String(span.startedAtUs % 1_000).padStart(3, '0')}`,
    app_id: frame.appId,
    span_id: span.spanId,
    parent_span_id: span.parentSpanId ?? '',
    environment: text(frame.environment),
    app: text(frame.app),
    name: text(span.name),
    kind: span.kind,
    category: span.category,
    duration_ms: span.durationMs,
    status: span.status,
    error_type: maybe(span.errorType),
    service: maybe(span.service),
    conversation: maybe(span.conversationId),
    user: maybe(span.user),
    agent: maybe(span.agent),
    tool: maybe(span.tool),
    requested_model: maybe(span.requestedModel),
    served_model: maybe(span.servedModel),
    response_id: maybe(span.responseId),
    request_id: span.requestId,
    input_tokens: span.inputTokens,
    output_tokens: span.outputTokens,
    attributes: Object.fromEntries(attributes),
    left_out: span.leftOut,
    received_at: timeText(frame.receivedAt),
    expires_at: new Date((Math.floor(startedMs / DAY_MS) + retentionDays + 1) * DAY_MS).toISOString().slice(0, 10),
    batch_id: batchId,
  };
}
