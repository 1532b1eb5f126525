import type { Outcome, RefusalCode } from '@weir/contracts';
import type { SpanCounts as TelemetryCounts } from '@weir/telemetry';
import type { DropReason } from '../recording/finished-call.js';

/** Upper bounds in seconds; the last bucket is open. */
export const LATENCY_BOUNDS = [
  0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120,
] as const;

/** Plain data, so that it can be sent between processes and added up. */
export interface HistogramState {
  counts: number[];
  sumSeconds: number;
}

export function emptyHistogram(): HistogramState {
  return { counts: new Array(LATENCY_BOUNDS.length + 1).fill(0), sumSeconds: 0 };
}

export function observe(histogram: HistogramState, ms: number): void {
  const seconds = ms / 1_000;
  let bucket = 0;
  while (bucket < LATENCY_BOUNDS.length && seconds > (LATENCY_BOUNDS[bucket] as number)) bucket++;
  histogram.counts[bucket] = (histogram.counts[bucket] as number) + 1;
  histogram.sumSeconds += seconds;
}

/** Everything one process counts over its life. */
export interface MetricsState {
  calls: Partial<Record<Outcome, number>>;
  refusals: Partial<Record<RefusalCode, number>>;
  upstream: HistogramState;
  added: HistogramState;
  /** Calls whose bodies were to be recorded. */
  transcripts: { recorded: number; dropped: Partial<Record<DropReason, number>> };
  /** Of agents: spans in the spool, those rejected, and attributes, events and links that are not kept. */
  spans: SpanCounts;
  /** Spans of our own for a collector. */
  telemetry: TelemetryCounts;
}

export interface SpanCounts {
  accepted: number;
  rejected: number;
  leftOut: number;
}

export function emptyMetrics(): MetricsState {
  return {
    calls: {},
    refusals: {},
    upstream: emptyHistogram(),
    added: emptyHistogram(),
    transcripts: { recorded: 0, dropped: {} },
    spans: { accepted: 0, rejected: 0, leftOut: 0 },
    telemetry: { exported: 0, dropped: 0 },
  };
}

export class Metrics {
  readonly state = emptyMetrics();
  inFlight = 0;

  call(outcome: Outcome): void {
    this.state.calls[outcome] = (this.state.calls[outcome] ?? 0) + 1;
  }

  refusal(code: RefusalCode): void {
    this.state.refusals[code] = (this.state.refusals[code] ?? 0) + 1;
  }

  recorded(calls: number): void {
    this.state.transcripts.recorded += calls;
  }

  notRecorded(reason: DropReason, calls: number): void {
    const { dropped } = this.state.transcripts;
    dropped[reason] = (dropped[reason] ?? 0) + calls;
  }

  spans(counts: Readonly<SpanCounts>): void {
    addSpans(this.state.spans, counts);
  }

  latency(upstreamMs: number | null, addedMs: number | null): void {
    if (upstreamMs !== null) observe(this.state.upstream, upstreamMs);
    if (addedMs !== null) observe(this.state.added, addedMs);
  }
}

/** Adds `from` to `into`. */
export function addMetrics(into: MetricsState, from: MetricsState): void {
  addCounts(into.calls, from.calls);
  addCounts(into.refusals, from.refusals);
  addHistogram(into.upstream, from.upstream);
  addHistogram(into.added, from.added);
  into.transcripts.recorded += from.transcripts.recorded;
  addCounts(into.transcripts.dropped, from.transcripts.dropped);
  addSpans(into.spans, from.spans);
  into.telemetry = {
    exported: into.telemetry.exported + from.telemetry.exported,
    dropped: into.telemetry.dropped + from.telemetry.dropped,
  };
}

function addSpans(into: SpanCounts, from: Readonly<SpanCounts>): void {
  into.accepted += from.accepted;
  into.rejected += from.rejected;
  into.leftOut += from.leftOut;
}

function addCounts<K extends string>(into: Partial<Record<K, number>>, from: Partial<Record<K, number>>): void {
  for (const [key, count] of Object.entries(from) as [K, number][]) into[key] = (into[key] ?? 0) + count;
}

function addHistogram(into: HistogramState, from: HistogramState): void {
  from.counts.forEach((count, bucket) => {
    into.counts[bucket] = (into.counts[bucket] ?? 0) + count;
  });
  into.sumSeconds += from.sumSeconds;
}
