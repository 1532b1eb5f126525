import { type AgentSpan, isSpanId, isTraceId, SPAN_KINDS, SPAN_STATUSES, uuid } from '@weir/contracts';
import { COUNTED_AS, categoryOf, STATED_AS, statedCount, statedText } from './conventions.js';
import type { Attributes, AttributeValue, OtlpSpan } from './otlp/span.js';

const DAY_MS = 86_400_000;
/** What is older is gone by then anyway. */
const OLDEST_DAYS = 366;
const NS_PER_US = 1_000n;
const MAX_KEPT = 128;
const MAX_VALUE = 1_023;

/**
 * What is kept of a span. @returns why there is nothing to keep, where ids or times say nothing
 * @param nowMs UTC epoch ms
 */
export function recordOf(span: OtlpSpan, resource: Attributes, nowMs: number): AgentSpan | string {
  const [traceId, spanId, parent] = [span.traceId, span.spanId, span.parentSpanId].map((id) => id.toLowerCase());
  if (!isTraceId(traceId as string)) return 'a trace id is not 16 bytes, or all of them are 0';
  if (!isSpanId(spanId as string)) return 'a span id is not 8 bytes, or all of them are 0';
  const startedAtUs = Number(span.startNs / NS_PER_US);
  const startedMs = startedAtUs / 1_000;
  if (startedMs < nowMs - OLDEST_DAYS * DAY_MS || startedMs > nowMs + DAY_MS) {
    return `a span starts more than ${OLDEST_DAYS} days ago or more than one ahead; check the clock, and that times are in nanoseconds`;
  }
  const { kept } = span.attributes;
  const all = new Map([...resource.kept, ...kept]);
  const isClient = span.kind === SPAN_KINDS.indexOf('client');
  const text = (field: keyof typeof STATED_AS): string | null => statedText(all, STATED_AS[field]);
  const requestId = uuid.safeParse(text('requestId'));
  const attributes = keptAttributes(all);
  return {
    traceId: traceId as string,
    spanId: spanId as string,
    parentSpanId: isSpanId(parent as string) && parent !== spanId ? (parent as string) : null,
    name: span.name,
    kind: SPAN_KINDS[span.kind] ?? 'unspecified',
    category: categoryOf(kept, isClient),
    startedAtUs,
    durationMs: span.endNs < span.startNs ? null : Number(span.endNs - span.startNs) / 1e6,
    status: SPAN_STATUSES[span.statusCode] ?? 'unset',
    errorType: text('errorType') ?? span.exceptionType?.slice(0, 255) ?? null,
    service: statedText(resource.kept, ['service.name']),
    conversationId: text('conversationId'),
    user: text('user'),
    agent: text('agent'),
    tool: text('tool'),
    requestedModel: text('requestedModel'),
    servedModel: text('servedModel'),
    responseId: text('responseId'),
    requestId: requestId.success ? requestId.data.toLowerCase() : null,
    inputTokens: statedCount(kept, COUNTED_AS.inputTokens),
    outputTokens: statedCount(kept, COUNTED_AS.outputTokens),
    attributes,
    leftOut: span.leftOut + span.attributes.leftOut + Math.max(0, all.size - Object.keys(attributes).length),
  };
}

function keptAttributes(values: ReadonlyMap<string, AttributeValue>): Record<string, string> {
  return Object.fromEntries(
    [...values].slice(0, MAX_KEPT).map(([name, value]) => {
      const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
      return [name, text.slice(0, MAX_VALUE)];
    }),
  );
}
