import { setTimeout as sleep } from 'node:timers/promises';
import { metrics, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { OTLPMetricExporter as JsonMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPMetricExporter as ProtoMetricExporter } from '@opentelemetry/exporter-metrics-otlp-proto';
import { defaultResource, type Resource, resourceFromAttributes } from '@opentelemetry/resources';
import { InstrumentType, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { NodeSDK } from '@opentelemetry/sdk-node';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace';
import { OwnMeter } from './metrics/meter.js';
import type { OtlpSettings } from './otlp-settings.js';
import type { TelemetrySettings } from './settings.js';
import { jsonQueue, protobufQueue } from './span-senders.js';
import type { ProcessIdentity } from './start.js';
import type { Spans, Telemetry } from './telemetry.js';

const SAMPLED = 2;
const SCOPE = { name: 'weir', version: '1' };

/** @throws what the SDK says of settings it does not take */
export function startSdk(settings: TelemetrySettings, identity: ProcessIdentity): Telemetry {
  const resource = defaultResource().merge(
    resourceFromAttributes({
      'service.instance.id': identity.instanceId,
      ...settings.resource,
      'service.name': settings.serviceName ?? identity.serviceName,
    }),
  );
  const queue = settings.traces === null ? null : spanQueue(settings.traces, settings, resource);
  const root = rootSampler(settings.sampler.ratio);
  const sampler = settings.sampler.isParentBased ? new ParentBasedSampler({ root }) : root;
  const measured = settings.metrics && metricReader(settings.metrics, settings.metricEveryMs, resource);
  const sdk = new NodeSDK({
    resource,
    sampler,
    autoDetectResources: false,
    // Spans and metrics of ours go their own way to the SDK's senders; nothing else makes any.
    spanProcessors: [],
    metricReaders: measured === null ? [] : [measured.reader],
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
    add: (span) => queue.add(span),
    get counts() {
      return queue.counts;
    },
  };
  return {
    spans,
    meter: measured?.meter ?? null,
    async stop(withinMs) {
      const stopped = Promise.allSettled([queue?.shutdown(), sdk.shutdown()]);
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

function spanQueue(traces: OtlpSettings, settings: TelemetrySettings, resource: Resource) {
  const queueOf = traces.protocol === 'http/json' ? jsonQueue : protobufQueue;
  return queueOf(optionsOf(traces), resource, SCOPE, {
    maxWaiting: settings.maxWaitingSpans,
    atOnce: settings.spansAtOnce,
    everyMs: settings.spanEveryMs,
    onFailure: (reason) => process.stderr.write(`OpenTelemetry: spans could not be sent and are dropped: ${reason}\n`),
  });
}

function metricReader(to: OtlpSettings, everyMs: number, resource: Resource) {
  const Exporter = to.protocol === 'http/json' ? JsonMetricExporter : ProtoMetricExporter;
  const exporter = new Exporter(optionsOf(to));
  const meter = new OwnMeter(resource, SCOPE, exporter.selectAggregationTemporality(InstrumentType.HISTOGRAM));
  const reader = new PeriodicExportingMetricReader({
    exporter,
    exportIntervalMillis: everyMs,
    exportTimeoutMillis: Math.min(to.timeoutMs, everyMs),
    metricProducers: [meter],
  });
  return { meter, reader };
}
