import type { InstrumentationScope } from '@opentelemetry/core';
import type { Resource } from '@opentelemetry/resources';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { readableSpan } from './readable-span.js';
import type { SpanBatch } from './span-queue.js';
import type { FinishedSpan } from './telemetry.js';

/** Spans for the SDK's exporter, which writes them as JSON. */
export class JsonBatch implements SpanBatch {
  readonly spans: ReadableSpan[] = [];

  constructor(
    private readonly resource: Resource,
    private readonly scope: InstrumentationScope,
  ) {}

  get size(): number {
    return this.spans.length;
  }

  add(span: FinishedSpan): void {
    this.spans.push(readableSpan(span, this.resource, this.scope));
  }
}
