export { newSpanId, newTraceId } from './ids.js';
export type { Histogram } from './metrics/histogram.js';
export type { Series } from './metrics/series.js';
export { AttributeSet } from './otlp/attribute-set.js';
export type { Attributes } from './otlp/attributes.js';
export { readTelemetrySettings, type TelemetrySettings } from './settings.js';
export { startTelemetry } from './start.js';
export type { FinishedSpan, Meter, SpanCounts, SpanPlace, Spans, Telemetry } from './telemetry.js';
