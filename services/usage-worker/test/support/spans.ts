import { zstdCompressSync } from 'node:zlib';
import { type AgentSpan, encodeSpanFrame, newId, type SpanFrame, type TranscriptBatch } from '@weir/contracts';

/** A span as a proxy keeps it. */
export function agentSpan(over: Partial<AgentSpan> & Pick<AgentSpan, 'traceId' | 'spanId'>): AgentSpan {
  return {
    ...{ parentSpanId: null, name: 'step', kind: 'internal', category: 'step', status: 'unset', errorType: null },
    ...{ startedAtUs: Date.now() * 1_000 + 7, durationMs: 3.5, service: 'planner', conversationId: null, user: null },
    ...{ agent: null, tool: null, requestedModel: null, servedModel: null, responseId: null, requestId: null },
    ...{ inputTokens: null, outputTokens: null, attributes: { 'gen_ai.tool.name': 'gauge' }, leftOut: 2 },
    ...over,
  };
}

export function batchOfSpans(frame: Omit<SpanFrame, 'v' | 'environment' | 'app' | 'receivedAt'>): TranscriptBatch {
  const whole: SpanFrame = { v: 1, environment: 'production', app: 'shop', receivedAt: Date.now(), ...frame };
  const bytes = encodeSpanFrame(whole, (json) => [zstdCompressSync(json)]);
  return { v: 1, batchId: `s-${newId()}`, frames: bytes.toString('base64') };
}
