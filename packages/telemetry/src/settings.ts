import { WeirError } from '@weir/contracts';
import { type OtlpSettings, otlpSettings } from './otlp-settings.js';
import { type Env, Reading } from './reading.js';
import { type SamplerSettings, samplerSettings } from './sampler-settings.js';

/** Where telemetry goes and what of it, as the standard variables say. */
export interface TelemetrySettings {
  /** null: no spans. */
  readonly traces: OtlpSettings | null;
  /** null: no metrics. */
  readonly metrics: OtlpSettings | null;
  readonly sampler: SamplerSettings;
  /** null: the process's own name stands. */
  readonly serviceName: string | null;
  /** Attributes of `OTEL_RESOURCE_ATTRIBUTES`. */
  readonly resource: Readonly<Record<string, string>>;
  readonly metricEveryMs: number;
  /** Finished spans that wait to be sent at the most; what comes beyond is dropped and counted. */
  readonly maxWaitingSpans: number;
  readonly spansAtOnce: number;
  readonly spanEveryMs: number;
}

/**
 * The standard variables (https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/).
 * @returns null where telemetry is off: no endpoint is named, or the operator has switched it off
 * @throws WeirError `TELEMETRY_INVALID` naming every variable at fault
 */
export function readTelemetrySettings(env: Env = process.env): TelemetrySettings | null {
  const reading = new Reading(env);
  if (reading.flag('OTEL_SDK_DISABLED')) return null;
  const traces = otlpSettings(reading, 'TRACES');
  const metrics = otlpSettings(reading, 'METRICS');
  if (traces === null && metrics === null && reading.faults.length === 0) return null;
  const resource = reading.pairs('OTEL_RESOURCE_ATTRIBUTES');
  const maxWaitingSpans = reading.whole('OTEL_BSP_MAX_QUEUE_SIZE', 8_192, 1, 1_000_000);
  const settings: TelemetrySettings = {
    traces,
    metrics,
    sampler: samplerSettings(reading),
    serviceName: reading.text('OTEL_SERVICE_NAME') ?? resource['service.name'] ?? null,
    resource,
    metricEveryMs: reading.whole('OTEL_METRIC_EXPORT_INTERVAL', 60_000, 100, 86_400_000),
    maxWaitingSpans,
    spansAtOnce: Math.min(reading.whole('OTEL_BSP_MAX_EXPORT_BATCH_SIZE', 1_024, 1, 100_000), maxWaitingSpans),
    spanEveryMs: reading.whole('OTEL_BSP_SCHEDULE_DELAY', 2_000, 10, 600_000),
  };
  if (reading.faults.length > 0) {
    const faults = reading.faults.map((fault) => `- ${fault}`).join('\n');
    throw new WeirError('TELEMETRY_INVALID', `OpenTelemetry cannot be set up:\n${faults}`);
  }
  return settings;
}
