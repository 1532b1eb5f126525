import { parseTraceparent, REFUSALS, type RefusalCode, type UsageEvent } from '@weir/contracts';
import { newSpanId, type Spans, type Telemetry } from '@weir/telemetry';
import type { RequestHead } from '../http/head.js';
import type { ServedProvider } from '../snapshot/snapshot.js';
import { BatchLinks } from './batch-links.js';
import { clientAttributes, methodOf, ROUTE, serverAttributes } from './call-attributes.js';
import { CallMetrics } from './call-metrics.js';
import { CallTrace, type CallWatch } from './call-trace.js';
import { errorTypeOf, operationOf } from './semantics.js';

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

  constructor({ spans, meter }: Pick<Telemetry, 'spans' | 'meter'>) {
    this.spans = spans;
    this.metrics = meter && new CallMetrics(meter);
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
    if (watch.trace?.isKept) {
      this.links.note(event.eventId, watch.trace);
      this.addServer(watch.trace, call, event, null, event.status, durationMs ?? overMs - startMs);
    }
    if (watch.sentMs === null || provider === null) return;
    const firstMs = event.streamed ? event.firstTokenMs : null;
    const firstChunkSeconds = firstMs === null ? null : Math.max(0, firstMs - (watch.sentMs - startMs)) / 1_000;
    const fromMs = startedAt + watch.sentMs - startMs;
    const untilMs = startedAt + overMs - startMs;
    this.metrics?.record(event, provider, (untilMs - fromMs) / 1_000, firstChunkSeconds);
    if (watch.trace?.isKept) {
      this.addClient(watch.trace, watch.trace.clientSpanId, event, provider, firstChunkSeconds, fromMs, untilMs);
    }
  }

  /** A turn of a session is over: an operation of its own in the trace of the session. */
  turnOver({ trace }: CallWatch, event: UsageEvent, provider: ServedProvider): void {
    const { startedAt, firstTokenMs, durationMs } = event;
    const firstChunkSeconds = firstTokenMs === null ? null : firstTokenMs / 1_000;
    this.metrics?.record(event, provider, (durationMs ?? 0) / 1_000, firstChunkSeconds);
    if (!trace?.isKept) return;
    const spanId = newSpanId();
    this.links.note(event.eventId, trace);
    this.addClient(trace, spanId, event, provider, firstChunkSeconds, startedAt, startedAt + (durationMs ?? 0));
  }

  /** A request was turned down before it was known whose it was. */
  refused({ trace }: CallWatch, call: CallStart, code: RefusalCode): void {
    if (trace?.isKept) this.addServer(trace, call, null, code, REFUSALS[code], performance.now() - call.startMs);
  }

  private addServer(
    trace: CallTrace,
    { method, startedAt }: CallStart,
    event: UsageEvent | null,
    code: string | null,
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
      attributes: serverAttributes(method, status, event, code),
      // By the conventions of HTTP, what the caller did wrong is no failure of the server.
      hasFailed: (status ?? 0) >= 500 || event?.outcome === 'interrupted',
    });
  }

  private addClient(
    trace: CallTrace,
    spanId: string,
    event: UsageEvent,
    provider: ServedProvider,
    firstChunkSeconds: number | null,
    startMs: number,
    endMs: number,
  ): void {
    const operation = operationOf(event.endpoint);
    const model = event.requestedModel;
    this.spans?.add({
      name: operation === null ? methodOf(event.method) : model === null ? operation : `${operation} ${model}`,
      kind: 'client',
      place: { traceId: trace.traceId, spanId },
      parent: { traceId: trace.traceId, spanId: trace.serverSpanId, isRemote: false },
      traceState: trace.traceState,
      startMs,
      endMs,
      attributes: clientAttributes(event, provider, firstChunkSeconds),
      hasFailed: errorTypeOf(event) !== null,
    });
  }
}
