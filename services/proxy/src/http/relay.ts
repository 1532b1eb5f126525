import { type AbortAction, type Outcome, REFUSALS } from '@weir/contracts';
import type { StreamFilter, UsageReading } from '@weir/providers';
import type { Dispatcher } from 'undici';
import { Refusal } from '../errors.js';
import { Evidence } from '../estimation/evidence.js';
import { mayEstimate } from '../estimation/fallback.js';
import { AnswerReading } from '../metering/answer-reading.js';
import { isMetered } from '../metering/billed.js';
import { cut, type OpenEvent } from '../metering/event.js';
import { Tap } from '../metering/tap.js';
import type { Capture } from '../recording/capture.js';
import { connectionFailure } from '../upstream/connector.js';
import { type UpstreamFault, upstreamFault } from '../upstream/faults.js';
import { AnswerHead, isOtherStream } from './answer-head.js';
import { Delivery } from './delivery.js';
import { Drain } from './drain.js';
import type { ResponseHeaders } from './headers.js';
import type { RelayCall, RelayOwner } from './relay-call.js';
import { cutOff, flushHead, isGone, joined, limitStall, writeHead } from './response.js';
import { ClientGone } from './upload.js';
import { UpstreamWait } from './upstream-wait.js';

const MAX_RESPONSE_HEADERS = 200;
/** For an upstream that has said its last word to end its answer, where it is not read on otherwise. */
const LAST_WORD_MS = 2_000;

/**
 * Carries one response from the upstream to the client: bytes as they come, back-pressure both ways, one ending.
 * An answer that did not come to its end upstream never gets an end downstream. Where the client leaves first, the
 * answer is broken off, or read on without it until its usage is known, as the provider is set.
 */
export class Relay implements Dispatcher.DispatchHandler {
  readonly event: OpenEvent;
  private controller: Dispatcher.DispatchController | null = null;
  /** null: the answer says nothing that can be read. */
  private answer: AnswerReading | null = null;
  private filter: StreamFilter | null = null;
  /** Keeps the answer as the upstream sends it; null: it is not recorded. */
  private readonly capture: Capture | null;
  private readonly wait: UpstreamWait;
  /** Bytes of a declared length that are still to come; -1 without one. */
  private remaining = -1;
  /** The chunk that completes a declared length: it would end the call for the client before it is recorded. */
  private last: Buffer | null = null;
  private isFinal = false;
  private isWaiting = false;
  private isEnding = false;
  private upstreamEndMs = 0;
  private receivedBytes = 0;
  private checkpointedBytes = 0;
  /** Set once the client is gone and the answer is read on. */
  private drain: Drain | null = null;
  private readonly delivery = new Delivery();
  private hasHead = false;

  constructor(
    readonly call: RelayCall,
    private readonly owner: RelayOwner,
  ) {
    this.event = call.event;
    this.capture = call.recording?.response ?? null;
    this.wait = new UpstreamWait(call.provider.config);
    call.res.once('close', () => this.clientClosed());
    if (isGone(call.res)) this.clientClosed();
  }

  get isOver(): boolean {
    return this.isFinal;
  }

  /** What its usage can be estimated from, once; null where it cannot be. */
  takeEvidence(): Evidence | null {
    return this.answer?.takeEvidence() ?? null;
  }

  /** The upstream's time to answer begins anew with each part of the request it takes. */
  onBodySent(): void {
    this.wait.isActive = true;
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    if (this.isFinal) {
      controller.abort(new Error('the call is over'));
      return;
    }
    this.wait.begin('answer');
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number, headers: ResponseHeaders): void {
    if (this.isFinal || status < 200) return;
    const { event, call } = this;
    this.wait.begin('more');
    this.hasHead = true;
    if (this.drain === null) event.firstByteMs = this.wait.sinceMs - call.startMs;
    event.upstreamStatus = status;
    const upstreamId = headers[call.provider.dialect.requestIdHeader];
    event.upstreamRequestId = upstreamId === undefined ? null : cut(String(upstreamId), 255);
    if (((controller.rawHeaders as readonly unknown[] | null)?.length ?? 0) > MAX_RESPONSE_HEADERS * 2) {
      this.fail(upstreamFault(call.provider.config.name, { code: 'HPE_HEADER_OVERFLOW' }));
      return;
    }
    this.openAnswer(status, headers);
    if (this.drain !== null) {
      if (this.answer === null) this.cutDrain(null);
      return;
    }
    try {
      const isFiltered = this.filter !== null;
      const length = writeHead(call.req, call.res, status, headers, event.callId, isFiltered, this.owner.isDraining);
      this.remaining = length ?? -1;
      event.status = status;
      // The body mostly comes with the headers and is then written with them; a stream that is slow to begin is not.
      process.nextTick(flushHead, call.res, event);
    } catch (error) {
      // Node refuses to write what no client could parse.
      this.fail(upstreamFault(call.provider.config.name, { code: 'HPE_INVALID_HEADER_TOKEN', cause: error }));
    }
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.isFinal) return;
    this.wait.isActive = true;
    this.receivedBytes += chunk.length;
    this.answer?.push(chunk);
    this.capture?.push(chunk);
    if (this.drain !== null) {
      if (!this.drain.take(chunk.length)) this.cutDrain(null);
      return;
    }
    if (this.answer?.sawToken && this.event.firstTokenMs === null) {
      this.event.firstTokenMs = performance.now() - this.call.startMs;
    }
    const out = this.filter === null ? chunk : this.filter.push(chunk);
    if (this.remaining >= 0) {
      this.remaining -= out.length;
      if (this.remaining <= 0) {
        this.last = out;
        return;
      }
    }
    if (out.length > 0 && !this.write(out)) this.waitForClient(controller);
  }

  onResponseEnd(): void {
    if (this.isFinal) return;
    const failure = connectionFailure();
    if (failure !== null) {
      this.fail(upstreamFault(this.call.provider.config.name, failure));
      return;
    }
    this.capture?.end();
    this.upstreamEndMs = performance.now();
    this.isEnding = true;
    this.wait.end();
    if (this.answer === null) this.complete();
    else this.answer.end(() => this.complete());
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    if (this.isFinal) return;
    // What our own reading of the request body threw comes back through undici.
    if (error instanceof Refusal) this.endBadly('refused', error.code, error);
    else if (error instanceof ClientGone) this.cancel();
    else this.fail(upstreamFault(this.call.provider.config.name, error));
  }

  /** Gives up on an upstream that has kept the call waiting for too long. Called every few milliseconds. */
  tick(nowMs: number): void {
    if (!this.wait.isOn) return;
    if (this.drain?.isDue(nowMs)) {
      this.cutDrain(null);
      return;
    }
    const fault = this.wait.fault(nowMs, this.call.isAwaitingClient);
    if (fault !== null) this.fail(fault);
  }

  /** Cuts the call because the process stops. */
  interrupt(): void {
    if (this.isFinal) return;
    if (this.drain === null) this.endBadly('interrupted', 'proxy_stopped', null);
    else this.cutDrain('proxy_stopped');
  }

  /** Brings the open event up to date; false when nothing changed since the last time. */
  refresh(): boolean {
    if (this.isFinal || this.receivedBytes === this.checkpointedBytes) return false;
    this.checkpointedBytes = this.receivedBytes;
    this.read(false);
    return true;
  }

  private openAnswer(status: number, headers: ResponseHeaders): void {
    const { provider, endpoint, filter, req, request } = this.call;
    const contentType = String(headers['content-type'] ?? '');
    const encoding = String(headers['content-encoding'] ?? '');
    const isStream = contentType.toLowerCase().includes('text/event-stream');
    if (this.capture !== null) {
      this.capture.contentType = contentType;
      this.capture.contentEncoding = encoding;
    }
    this.event.streamed = isStream || isOtherStream(contentType, endpoint, status);
    if (req.method === 'HEAD' || status === 204 || status === 304) return;
    if (filter !== null && isStream && (encoding === '' || encoding === 'identity')) this.filter = filter;
    if (endpoint === 'opaque' && status < 400) return;
    const tap = Tap.for(provider.dialect.usageReader(endpoint, new AnswerHead(status, contentType, headers)), encoding);
    if (tap === null) return;
    const isKept = status >= 200 && status < 300 && mayEstimate(provider.config, endpoint);
    const evidence = isKept ? new Evidence(request, encoding, this.owner.evidenceRoom) : null;
    this.answer = new AnswerReading(tap, evidence);
  }

  private write(chunk: Buffer): boolean {
    this.event.responseBytes += chunk.length;
    return this.call.res.write(chunk, this.delivery.begin());
  }

  private waitForClient(controller: Dispatcher.DispatchController): void {
    if (this.isWaiting) return;
    this.isWaiting = true;
    controller.pause();
    this.wait.end();
    const { res } = this.call;
    limitStall(res, this.owner.writeStallMs);
    res.once('drain', () => {
      this.isWaiting = false;
      if (this.isFinal || this.isEnding) return;
      limitStall(res, 0);
      this.wait.begin('more');
      controller.resume();
    });
  }

  private complete(): void {
    if (this.isFinal) return;
    const { event, call } = this;
    if (this.drain !== null) {
      this.completeUnheard();
      return;
    }
    const tail = this.filter === null ? this.last : joined(this.last, this.filter.flush());
    this.noteRemoved();
    const { outcome, errorCode } = this.ending(this.read(true));
    if (tail !== null) event.responseBytes += tail.length;
    this.finalise(outcome, errorCode, () => {
      if (tail === null || tail.length === 0) call.res.end();
      else call.res.end(tail);
      if (call.res.writableLength > 0) limitStall(call.res, this.owner.writeStallMs);
    });
  }

  /** The answer came to its end after the client had left. */
  private completeUnheard(): void {
    const reading = this.read(true);
    const { outcome, errorCode } = this.ending(reading);
    const isHeard = this.delivery.isAllOf(reading);
    this.event.abortAction = isHeard ? null : 'drained';
    this.finalise(isHeard ? outcome : 'client_closed', errorCode);
  }

  /** How an answer ended whose end was passed on. */
  private ending(reading: UsageReading | null): { outcome: Outcome; errorCode: string | null } {
    if (!this.isError(reading)) return { outcome: 'completed', errorCode: null };
    return { outcome: 'upstream_error', errorCode: reading?.errorCode ?? null };
  }

  private noteRemoved(): void {
    if (this.filter?.removed) this.event.alterations = [...this.event.alterations, 'usage_chunk_removed'];
  }

  private read(isComplete: boolean): UsageReading | null {
    return this.answer?.apply(this.event, isComplete) ?? null;
  }

  private isError(reading: UsageReading | null): boolean {
    return (this.event.upstreamStatus ?? 0) >= 400 || (reading?.errorCode ?? null) !== null;
  }

  private fail({ outcome, refusal }: UpstreamFault): void {
    if (this.drain === null) this.endBadly(outcome, refusal.code, refusal);
    else this.cutDrain(refusal.code);
  }

  private clientClosed(): void {
    if (this.isFinal || this.drain !== null) return;
    this.noteRemoved();
    const isHeard = this.isHeard();
    if (!isHeard && !this.isEnding && !this.isWorthReadingOn()) this.cancel();
    else if (this.owner.beginDrain()) this.readOn(isHeard);
    else this.cancel();
  }

  /** Some SDKs hang up at the last event of a stream, before the connection's own end. */
  private isHeard(): boolean {
    const { event, delivery, filter } = this;
    if (!event.streamed || this.last !== null || (this.isEnding && filter !== null && filter.flush().length > 0))
      return false;
    const reading = this.read(false);
    delivery.leave(reading, this.answer?.sawToken === true, this.isEnding);
    return delivery.isAllOf(reading);
  }

  /** Nothing is learnt from an answer that says nothing of usage, or to a question that was not sent whole. */
  private isWorthReadingOn(): boolean {
    const { provider, endpoint, isUploaded } = this.call;
    const isReadable = this.hasHead ? this.answer !== null : isMetered(endpoint);
    return provider.config.onClientClose === 'drain' && isReadable && isUploaded();
  }

  private readOn(isHeard: boolean): void {
    const { event, call } = this;
    const { onClientClose, drainMs } = call.provider.config;
    const nowMs = performance.now();
    this.drain = new Drain(nowMs, onClientClose === 'drain' ? drainMs : Math.min(drainMs, LAST_WORD_MS));
    event.durationMs = nowMs - call.startMs;
    event.overheadMs = call.addedBeforeMs;
    // As it stands if the proxy dies while it reads on; due for the next checkpoint.
    event.outcome = isHeard ? 'completed' : 'client_closed';
    event.abortAction = isHeard ? null : 'drain_cut';
    this.checkpointedBytes = -1;
    if (!this.isWaiting || this.isEnding) return;
    this.isWaiting = false;
    this.wait.begin('more');
    this.controller?.resume();
  }

  private cancel(): void {
    this.leave('cancelled', null);
  }

  private cutDrain(errorCode: string | null): void {
    this.leave('drain_cut', errorCode);
  }

  /** Lets go of an upstream that nobody listens to any more. */
  private leave(abortAction: AbortAction, cutBy: string | null): void {
    const reading = this.read(false);
    const isHeard = this.delivery.isAllOf(reading);
    const { outcome, errorCode } = isHeard
      ? this.ending(reading)
      : { outcome: 'client_closed' as const, errorCode: cutBy };
    this.event.abortAction = isHeard ? null : abortAction;
    this.endBadly(outcome, errorCode, null);
  }

  private endBadly(outcome: Outcome, errorCode: string | null, refusal: Refusal | null): void {
    const { res, event } = this.call;
    const isAnswerable = !res.headersSent && refusal !== null && !res.destroyed;
    this.read(false);
    this.answer?.destroy();
    this.upstreamEndMs ||= performance.now();
    if (isAnswerable) event.status = REFUSALS[refusal.code];
    this.finalise(outcome, errorCode);
    this.controller?.abort(new Error('the call is over'));
    if (isAnswerable) this.owner.refuse(this, refusal);
    else cutOff(res);
  }

  private finalise(outcome: Outcome, errorCode: string | null, onRecorded?: () => void): void {
    const { event, call } = this;
    this.isFinal = true;
    this.wait.end();
    event.outcome = outcome;
    event.errorCode = errorCode === null ? null : cut(errorCode, 127);
    if (this.drain === null) {
      const nowMs = performance.now();
      event.durationMs = nowMs - call.startMs;
      event.overheadMs = call.addedBeforeMs + (nowMs - this.upstreamEndMs);
    } else this.owner.endDrain();
    this.owner.onFinal(this, onRecorded);
  }
}
