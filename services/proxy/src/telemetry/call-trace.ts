import type { TraceParent } from '@weir/contracts';
import { newSpanId, newTraceId } from '@weir/telemetry';

/** Where a call stands in its trace, decided before anything is known of how it goes. */
export class CallTrace {
  readonly traceId: string;
  readonly serverSpanId = newSpanId();
  /** The attempt at the upstream. */
  readonly clientSpanId = newSpanId();

  constructor(
    /** What the app says; null = it names no valid one. */
    readonly parent: TraceParent | null,
    /** `tracestate`, which counts only together with a parent. */
    readonly traceState: string | null,
    isKept: (traceId: string, parent: TraceParent | null) => boolean,
  ) {
    this.traceId = parent?.traceId ?? newTraceId();
    this.isKept = isKept(this.traceId, parent);
  }

  /** Its spans are sent to a collector. */
  readonly isKept: boolean;

  /** What the upstream hears. */
  get traceparent(): string {
    return `00-${this.traceId}-${this.clientSpanId}-${this.isKept ? '01' : '00'}`;
  }
}

/** What is measured of a call for a collector. Times are on the monotonic clock. */
export interface CallWatch {
  /** null: spans are off. */
  readonly trace: CallTrace | null;
  /** When the upstream was asked; null = it was not. */
  sentMs: number | null;
  /** When nothing more came of it. */
  overMs: number | null;
}
