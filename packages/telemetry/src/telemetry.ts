import type { TraceParent } from '@weir/contracts';
import type { Histogram, HistogramDescription } from './metrics/histogram.js';
import type { AttributeSet } from './otlp/attribute-set.js';
import type { Attributes } from './otlp/attributes.js';

/** Where a span stands: 32 and 16 lower-case hex digits. */
export interface SpanPlace {
  readonly traceId: string;
  readonly spanId: string;
}

/** A span that is over. Times are UTC epoch ms, with fractions. */
export interface FinishedSpan {
  readonly name: string;
  readonly kind: 'server' | 'client' | 'producer' | 'consumer';
  readonly place: SpanPlace;
  /** null: the root of its trace. */
  readonly parent: (SpanPlace & { readonly isRemote: boolean }) | null;
  /** `tracestate` as it came. */
  readonly traceState?: string | null;
  readonly startMs: number;
  readonly endMs: number;
  /** Attributes that other spans have, too. */
  readonly common?: AttributeSet;
  readonly attributes: Attributes;
  readonly hasFailed: boolean;
  readonly links?: readonly SpanPlace[];
}

export interface SpanCounts {
  /** Spans that a collector has taken. */
  readonly exported: number;
  /** Spans that are lost: no room was left for them, or the collector did not take them. */
  readonly dropped: number;
}

/** Spans are handed over whole, once they are over: nothing is kept, looked up or locked while they run. */
export interface Spans {
  /** Whether the spans of a trace are kept; the same for all of them in this process. */
  isKept(traceId: string, parent: TraceParent | null): boolean;
  /** Never throws, never waits. */
  add(span: FinishedSpan): void;
  readonly counts: SpanCounts;
}

/** Makes metrics, once for a process. */
export interface Meter {
  histogram(description: HistogramDescription): Histogram;
}

/** What a process tells a collector. */
export interface Telemetry {
  /** null: no spans are wanted. */
  readonly spans: Spans | null;
  /** null: no metrics are wanted. */
  readonly meter: Meter | null;
  /** Sends what is left, for so long at the most. Never rejects. */
  stop(withinMs: number): Promise<void>;
}
