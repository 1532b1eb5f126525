import { parseTraceparent, REFUSALS, type RefusalCode, type UsageEvent } from '@weir/contracts';
import { AttributeSet, newSpanId, type Spans, type Telemetry } from '@weir/telemetry';
import type { RequestHead } from '../http/head.js';
import type { ServedProvider } from '../snapshot/snapshot.js';
import { type Alike, AlikeCalls } from './alike.js';
import { BatchLinks } from './batch-links.js';
import { methodOf, ownClientAttributes, ownServerAttributes, ROUTE, serverAttributes } from './call-attributes.js';
import { CallMetrics } from './call-metrics.js';
import { CallTrace, type CallWatch } from './call-trace.js';
import { errorTypeOf } from './semantics.js';

const NONE = {};

/** When a call began, on the clock of the wall and on the monotonic one. */
export interface CallStart {
  readonly method: string;
  readonly startedAt: number;
  readonly startMs: number;
}

/**
 * Tells a collector of calls: one SERVER span each and one CLIENT span for its attempt at the upstream, made once the
 * event of the call is final, out of what stands on it. While a call runs nothing but two span ids exists.
 */
export class CallTelemetry {
  readonly links = new BatchLinks();
  private readonly spans: Spans | null;
  private readonly metrics: CallMetrics | null;
  private readonly alikes: AlikeCalls;

  constructor({ spans, meter }: Pick<Telemetry, 'spans' | 'meter'>) {
    this.spans = spans;
    this.metrics = meter && new CallMetrics(meter);
    this.alikes = new AlikeCalls(this.metrics);
  }

  /** @returns what is to be handed back once the call is over */
  begin({ traceparent, tracestate }: Pick<RequestHead, 'traceparent' | 'tracestate'>): CallWatch {
    const { spans } = this;
    if (spans === null) return { trace: null, sentMs: null, overMs: null };
    const parent = parseTraceparent(traceparent);
    const trace = new CallTrace(parent, parent && tracestate, (id, by) => spans.isKept(id, by));
    return { trace, sentMs: null, overMs: null };
  }

  /** A call is over and its event final. */
  over(watch: CallWatch, call: CallStart, event: UsageEvent, provider: ServedProvider | null): void {
    const { startedAt, startMs } = call;
    const { durationMs, abortAction } = event;
    // Where the app has left, the upstream was read on without it.
    const isReadOn = abortAction !== null || durationMs === null;
    const overMs = isReadOn ? (watch.overMs ?? performance.now()) : startMs + durationMs;
    const alike = provider && this.alikes.of(event, provider);
    const common = alike?.server ?? new AttributeSet(serverAttributes(call.method, event.status, event, null));
    if (watch.trace?.isKept) {
      this.links.note(event.eventId, watch.trace);
      this.addServer(watch.trace, call, event, common, event.status, durationMs ?? overMs - startMs);
    }
    if (watch.sentMs === null || alike === null) return;
    const firstMs = event.streamed ? event.firstTokenMs : null;
    const firstChunkSeconds = firstMs === null ? null : Math.max(0, firstMs - (watch.sentMs - startMs)) / 1_000;
    const fromMs = startedAt + watch.sentMs - startMs;
    const untilMs = startedAt + overMs - startMs;
    this.measure(alike, event, (untilMs - fromMs) / 1_000, firstChunkSeconds);
    if (watch.trace?.isKept) {
      this.addClient(watch.trace, watch.trace.clientSpanId, event, alike, firstChunkSeconds, fromMs, untilMs);
    }
  }

  /** A turn of a session is over: an operation of its own in the trace of the session. */
  turnOver({ trace }: CallWatch, event: UsageEvent, provider: ServedProvider): void {
    const { startedAt, firstTokenMs, durationMs } = event;
    const firstChunkSeconds = firstTokenMs === null ? null : firstTokenMs / 1_000;
    const alike = this.alikes.of(event, provider);
    this.measure(alike, event, (durationMs ?? 0) / 1_000, firstChunkSeconds);
    if (!trace?.isKept) return;
    const spanId = newSpanId();
    this.links.note(event.eventId, trace);
    this.addClient(trace, spanId, event, alike, firstChunkSeconds, startedAt, startedAt + (durationMs ?? 0));
  }

  /** A request was turned down before it was known whose it was. */
  refused({ trace }: CallWatch, call: CallStart, code: RefusalCode): void {
    if (!trace?.isKept) return;
    const common = new AttributeSet(serverAttributes(call.method, REFUSALS[code], null, code));
    this.addServer(trace, call, null, common, REFUSALS[code], performance.now() - call.startMs);
  }

  private measure({ series }: Alike, event: UsageEvent, seconds: number, firstChunkSeconds: number | null): void {
    if (series !== null) this.metrics?.record(series, event, seconds, firstChunkSeconds);
  }

  private addServer(
    trace: CallTrace,
    { method, startedAt }: CallStart,
    event: UsageEvent | null,
    common: AttributeSet,
    status: number | null,
    durationMs: number,
  ): void {
    this.spans?.add({
      name: `${methodOf(method)} ${ROUTE}`,
      kind: 'server',
      place: { traceId: trace.traceId, spanId: trace.serverSpanId },
      parent: trace.parent && { ...trace.parent, isRemote: true },
      traceState: trace.traceState,
      startMs: startedAt,
      endMs: startedAt + durationMs,
      common,
      attributes: event === null ? NONE : ownServerAttributes(event),
      // By the conventions of HTTP, what the caller did wrong is no failure of the server.
      hasFailed: (status ?? 0) >= 500 || event?.outcome === 'interrupted',
    });
  }

  private addClient(
    trace: CallTrace,
    spanId: string,
    event: UsageEvent,
    { client, clientName, isOperation }: Alike,
    firstChunkSeconds: number | null,
    startMs: number,
    endMs: number,
  ): void {
    this.spans?.add({
      name: clientName,
      kind: 'client',
      place: { traceId: trace.traceId, spanId },
      parent: { traceId: trace.traceId, spanId: trace.serverSpanId, isRemote: false },
      traceState: trace.traceState,
      startMs,
      endMs,
      common: client,
      attributes: ownClientAttributes(event, isOperation, firstChunkSeconds),
      hasFailed: errorTypeOf(event) !== null,
    });
  }
}
