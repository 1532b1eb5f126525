import type { InstrumentationScope } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { convertLegacyHttpOptions, createOtlpHttpExportDelegate } from '@opentelemetry/otlp-exporter-base/node-http';
import { ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import type { Resource } from '@opentelemetry/resources';
import { JsonBatch } from './json-batch.js';
import type { Attributes } from './otlp/attributes.js';
import { EncodedBatch, sourceOf } from './otlp/span-batch.js';
import { SpanQueue, type SpanQueueOptions } from './span-queue.js';

type HttpOptions = ConstructorParameters<typeof OTLPTraceExporter>[0];

/** Spans that the SDK writes and sends. */
export function jsonQueue(
  http: HttpOptions,
  resource: Resource,
  scope: InstrumentationScope,
  options: SpanQueueOptions,
): SpanQueue<JsonBatch> {
  const exporter = new OTLPTraceExporter(http);
  const sender = {
    export: ({ spans }: JsonBatch, done: Parameters<OTLPTraceExporter['export']>[1]) => exporter.export(spans, done),
    shutdown: () => exporter.shutdown(),
  };
  return new SpanQueue(() => new JsonBatch(resource, scope), sender, options);
}

/** Spans that are written here, as they come, and sent by the SDK. */
export function protobufQueue(
  http: HttpOptions,
  resource: Resource,
  scope: InstrumentationScope,
  options: SpanQueueOptions,
): SpanQueue<EncodedBatch> {
  const source = sourceOf(resource.attributes as Attributes, scope.name, scope.version ?? '');
  const sender = createOtlpHttpExportDelegate(
    convertLegacyHttpOptions(http ?? {}, 'TRACES', 'v1/traces', { 'Content-Type': 'application/x-protobuf' }),
    {
      serializeRequest: (batch: EncodedBatch) => batch.request(source),
      deserializeResponse: (bytes) => ProtobufTraceSerializer.deserializeResponse(bytes),
    },
    'otlp_http_span_exporter',
    { name: 'span', countItems: ({ size }: EncodedBatch) => size },
    undefined,
  );
  return new SpanQueue(() => new EncodedBatch(), sender, options);
}
