export type { Attributes, Histogram, Meter } from '@opentelemetry/api';
export { newSpanId, newTraceId } from './ids.js';
export { readTelemetrySettings, type TelemetrySettings } from './settings.js';
export { startTelemetry } from './start.js';
export type { FinishedSpan, SpanCounts, SpanPlace, Spans, Telemetry } from './telemetry.js';
