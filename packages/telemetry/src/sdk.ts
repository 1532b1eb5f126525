import { setTimeout as sleep } from 'node:timers/promises';
import { metrics, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { OTLPMetricExporter as JsonMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPMetricExporter as ProtoMetricExporter } from '@opentelemetry/exporter-metrics-otlp-proto';
import { OTLPTraceExporter as JsonTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtoTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import { PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { NodeSDK } from '@opentelemetry/sdk-node';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace';
import type { OtlpSettings } from './otlp-settings.js';
import { readableSpan } from './readable-span.js';
import type { TelemetrySettings } from './settings.js';
import { SpanQueue } from './span-queue.js';
import type { ProcessIdentity } from './start.js';
import type { Spans, Telemetry } from './telemetry.js';

const SAMPLED = 2;
/** Of one metric; what comes beyond is summed under one overflow attribute. */
const CARDINALITY = 1_000;

/** @throws what the SDK says of settings it does not take */
export function startSdk(settings: TelemetrySettings, identity: ProcessIdentity): Telemetry {
  const resource = defaultResource().merge(
    resourceFromAttributes({
      'service.instance.id': identity.instanceId,
      ...settings.resource,
      'service.name': settings.serviceName ?? identity.serviceName,
    }),
  );
  const queue = settings.traces === null ? null : spanQueue(settings.traces, settings);
  const root = rootSampler(settings.sampler.ratio);
  const sampler = settings.sampler.isParentBased ? new ParentBasedSampler({ root }) : root;
  const readers = settings.metrics === null ? [] : [metricReader(settings.metrics, settings.metricEveryMs)];
  const sdk = new NodeSDK({
    resource,
    sampler,
    autoDetectResources: false,
    spanProcessors: queue === null ? [] : [queue],
    metricReaders: readers,
    logRecordProcessors: [],
    instrumentations: [],
    textMapPropagator: null,
  });
  sdk.start();
  const spans: Spans | null = queue && {
    isKept: (traceId, parent) =>
      parent !== null && settings.sampler.isParentBased
        ? parent.isSampled
        : root.shouldSample(ROOT_CONTEXT, traceId).decision === SAMPLED,
    add: (span) => queue.onEnd(readableSpan(span, resource)),
    get counts() {
      return queue.counts;
    },
  };
  return {
    spans,
    meter: settings.metrics && metrics.getMeter('weir'),
    async stop(withinMs) {
      const stopped = sdk.shutdown().catch(() => undefined);
      await Promise.race([stopped, sleep(withinMs, undefined, { ref: false })]);
      queue?.abandon();
      // Another may be started in this process.
      metrics.disable();
      trace.disable();
    },
  };
}

function rootSampler(ratio: number) {
  if (ratio === 1) return new AlwaysOnSampler();
  return ratio === 0 ? new AlwaysOffSampler() : new TraceIdRatioBasedSampler(ratio);
}

function optionsOf({ url, headers, timeoutMs, compression }: OtlpSettings) {
  return { url, headers: { ...headers }, timeoutMillis: timeoutMs, compression: compression as never };
}

function spanQueue(traces: OtlpSettings, settings: TelemetrySettings): SpanQueue {
  const Exporter = traces.protocol === 'http/json' ? JsonTraceExporter : ProtoTraceExporter;
  return new SpanQueue(new Exporter(optionsOf(traces)), {
    maxWaiting: settings.maxWaitingSpans,
    atOnce: settings.spansAtOnce,
    everyMs: settings.spanEveryMs,
    onFailure: (reason) => process.stderr.write(`OpenTelemetry: spans could not be sent and are dropped: ${reason}\n`),
  });
}

function metricReader(to: OtlpSettings, everyMs: number): PeriodicExportingMetricReader {
  const Exporter = to.protocol === 'http/json' ? JsonMetricExporter : ProtoMetricExporter;
  return new PeriodicExportingMetricReader({
    exporter: new Exporter(optionsOf(to)),
    exportIntervalMillis: everyMs,
    exportTimeoutMillis: Math.min(to.timeoutMs, everyMs),
    cardinalityLimits: { default: CARDINALITY },
  });
}
