import {
  createTraceState,
  type Link,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
} from '@opentelemetry/api';
import type { InstrumentationScope } from '@opentelemetry/core';
import type { Resource } from '@opentelemetry/resources';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { hrTime } from './hr-time.js';
import type { FinishedSpan, SpanPlace } from './telemetry.js';

const KINDS = {
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
} as const;
const NONE: never[] = [];
const UNSET = { code: SpanStatusCode.UNSET };
const ERROR = { code: SpanStatusCode.ERROR };

/** A span in the form that the SDK's exporters take. */
export function readableSpan(span: FinishedSpan, resource: Resource, scope: InstrumentationScope): ReadableSpan {
  const { place, parent, traceState, startMs, endMs, links } = span;
  const context = contextOf(place, traceState ?? null, false);
  return {
    name: span.name,
    kind: KINDS[span.kind],
    spanContext: () => context,
    ...(parent && { parentSpanContext: contextOf(parent, null, parent.isRemote) }),
    startTime: hrTime(startMs),
    endTime: hrTime(endMs),
    duration: hrTime(Math.max(0, endMs - startMs)),
    status: span.hasFailed ? ERROR : UNSET,
    attributes: { ...span.common?.values, ...span.attributes },
    links: links === undefined ? NONE : links.map((each): Link => ({ context: contextOf(each, null, true) })),
    events: NONE,
    ended: true,
    resource,
    instrumentationScope: scope,
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  };
}

function contextOf({ traceId, spanId }: SpanPlace, traceState: string | null, isRemote: boolean): SpanContext {
  const context = { traceId, spanId, traceFlags: TraceFlags.SAMPLED, isRemote };
  return traceState === null ? context : { ...context, traceState: createTraceState(traceState) };
}
