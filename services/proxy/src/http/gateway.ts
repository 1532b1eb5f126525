import type { IncomingMessage } from 'node:http';
import { REFUSALS } from '@weir/contracts';
import { Refusal } from '../errors.js';
import { Settlement } from '../estimation/settlement.js';
import type { MemoryRoom } from '../memory-room.js';
import { isInquiry } from '../metering/billed.js';
import type { CredentialMask } from '../metering/credential-mask.js';
import type { OpenEvent } from '../metering/event.js';
import { openSession, type SessionOwner, type SessionRequest } from '../realtime/open-session.js';
import { Sessions } from '../realtime/sessions.js';
import type { TurnRecorder } from '../realtime/turns.js';
import type { SessionRecording } from '../recording/session/session-recording.js';
import type { ServedProvider } from '../snapshot/snapshot.js';
import { OTLP_PREFIX, SpanDoor } from '../spans/door.js';
import { admit } from './admit.js';
import { type Admitted, type Call, newCall } from './call.js';
import { guessDialect, sendRefusal } from './error-response.js';
import type { CallRequest, CallResponse } from './exchange.js';
import { type GatewayParts, overloaded } from './gateway-parts.js';
import { prepare } from './prepare.js';
import { Relay } from './relay.js';
import type { RelayOwner } from './relay-call.js';
import { ClientGone } from './upload.js';

/** Takes a call from its first line to its relay, or turns it down. */
export class Gateway implements RelayOwner, SessionOwner {
  isDraining = false;
  readonly relays = new Set<Relay>();
  readonly sessions = new Sessions();
  /** Answers and sessions being read on for nobody. */
  drains = 0;
  readonly settlement: Settlement;
  private readonly spanDoor: SpanDoor;

  constructor(private readonly parts: GatewayParts) {
    this.settlement = new Settlement(parts.journal, parts.estimator);
    this.spanDoor = new SpanDoor(parts);
  }

  get evidenceRoom(): MemoryRoom {
    return this.settlement.room;
  }

  get writeStallMs(): number {
    return this.parts.writeStallMs;
  }

  /** Never rejects. */
  async handle(req: CallRequest, res: CallResponse, expectsContinue: boolean): Promise<void> {
    const { metrics } = this.parts;
    const call = newCall(req, res, expectsContinue);
    metrics.inFlight++;
    res.once('close', () => {
      metrics.inFlight--;
    });
    if (req.url?.startsWith(OTLP_PREFIX)) {
      await this.spanDoor.handle(call, this.isDraining);
      return;
    }
    try {
      const admitted = admit(call, this.parts);
      if (admitted.head.isWebSocket) await this.openSession(call, admitted);
      else await this.forward(call, admitted);
    } catch (error) {
      this.turnDown(call, error);
    }
  }

  beginDrain(): boolean {
    if (this.drains >= this.parts.maxDrains) return false;
    this.drains++;
    this.parts.metrics.inFlight++;
    return true;
  }

  endDrain(): void {
    this.drains--;
    this.parts.metrics.inFlight--;
  }

  onFinal(relay: Relay, onRecorded?: () => void): void {
    const { metrics } = this.parts;
    const { event, call } = relay;
    const { watch } = call;
    if (watch !== null) watch.overMs = performance.now();
    this.relays.delete(relay);
    call.provider.pool.release();
    call.mask.apply(event);
    metrics.call(event.outcome);
    metrics.latency(event.firstByteMs, event.overheadMs);
    const { recording, req, mask, provider } = call;
    const onClosed = watch === null ? undefined : () => this.parts.telemetry?.over(watch, call, event, provider);
    if (recording === null) {
      this.settlement.close(event, relay.takeEvidence(), onRecorded, onClosed);
      return;
    }
    const onWritten = () => {
      onRecorded?.();
      this.parts.recorder.finish(recording, event, req.rawHeaders, mask);
    };
    this.settlement.close(event, relay.takeEvidence(), onWritten, onClosed);
  }

  refuse(relay: Relay, refusal: Refusal): void {
    const { req, res, provider, event } = relay.call;
    this.parts.metrics.refusal(refusal.code);
    sendRefusal(req, res, provider.dialect, refusal, event.callId, this.isDraining);
  }

  /** Looks after calls whose upstream keeps them waiting, and sessions that are no longer allowed. */
  tick(nowMs: number): void {
    for (const relay of this.relays) relay.tick(nowMs);
    if (this.sessions.size > 0) this.sessions.check(this.parts.snapshots, Date.now());
  }

  /** Writes down how far streams have come. */
  checkpoint(): void {
    for (const relay of this.relays) {
      if (!relay.refresh()) continue;
      relay.call.mask.apply(relay.event);
      this.parts.journal.checkpoint(relay.event);
    }
  }

  recorderOf(request: SessionRequest, mask: CredentialMask): TurnRecorder {
    const { journal, metrics, telemetry, recorder } = this.parts;
    const { watch, provider, req } = request;
    return {
      open: (event) => this.open(event),
      close: (event, recording) => {
        mask.apply(event);
        if (recording === null) journal.close(event);
        else journal.close(event, () => recorder.finish(recording, event, req.rawHeaders, mask));
        metrics.call(event.outcome);
        if (watch === null) return;
        if (event !== request.event) telemetry?.turnOver(watch, event, provider);
        else telemetry?.over(watch, request, event, provider);
      },
    };
  }

  recordingOf(callId: string, provider: () => ServedProvider, endpoint: string): SessionRecording | null {
    const script = provider().dialect.sessionScript?.(endpoint) ?? null;
    return this.parts.recorder.beginSession(() => provider().config, callId, script);
  }

  private openSession(call: Call, admitted: Admitted): Promise<void> {
    const { req, res, startMs, startedAt, method, watch } = call;
    const client = (req as IncomingMessage).socket;
    return openSession(
      { ...admitted, callPath: admitted.route.callPath, req, res, client, startMs, startedAt, method, watch },
      this,
    );
  }

  /** Records that the call is open, and only then asks the upstream. @throws Refusal, ClientGone */
  private async forward(call: Call, admitted: Admitted): Promise<void> {
    const { event, provider } = admitted;
    provider.pool.lease();
    // What is counted before it is asked would be in the conversation twice.
    const recording = isInquiry(event.endpoint) ? null : this.parts.recorder.begin(provider.config, event.callId);
    let relay: Relay | null = null;
    try {
      const { options, relayCall } = await prepare(call, admitted, recording, this.parts);
      this.open(event);
      relay = new Relay(relayCall, this);
      if (relay.isOver) return;
      this.relays.add(relay);
      if (call.watch !== null) call.watch.sentMs = performance.now();
      provider.pool.dispatch(options, relay);
    } finally {
      if (relay === null) {
        provider.pool.release();
        recording?.drop();
      }
    }
  }

  private open(event: OpenEvent): void {
    try {
      this.parts.journal.open(event);
    } catch (cause) {
      throw overloaded('cannot record usage at present', cause);
    }
  }

  private turnDown(call: Call, error: unknown): void {
    const { req, res, event } = call;
    if (error instanceof ClientGone) {
      if (event !== null) {
        event.abortAction = 'cancelled';
        this.record(call, event, 'client_closed', null);
      }
      res.destroy();
      return;
    }
    const refusal = error instanceof Refusal ? error : this.unexpected(call, error);
    this.parts.metrics.refusal(refusal.code);
    if (event !== null) {
      event.status = REFUSALS[refusal.code];
      this.record(call, event, 'refused', refusal.code);
    } else if (call.watch !== null) this.parts.telemetry?.refused(call.watch, call, refusal.code);
    if (res.headersSent || res.destroyed) res.destroy();
    else {
      // A client that was not told to go on may or may not send its body: the connection cannot be used again.
      const closeAfter = this.isDraining || call.expectsContinue;
      sendRefusal(req, res, call.provider?.dialect ?? guessDialect(req), refusal, call.id, closeAfter);
    }
  }

  private record(call: Call, event: OpenEvent, outcome: 'refused' | 'client_closed', errorCode: string | null): void {
    event.outcome = outcome;
    event.errorCode = errorCode;
    event.durationMs = performance.now() - call.startMs;
    this.parts.journal.close(event);
    this.parts.metrics.call(outcome);
    if (call.watch !== null) this.parts.telemetry?.over(call.watch, call, event, call.provider);
  }

  private unexpected(call: Call, error: unknown): Refusal {
    const { name, message, stack } = error as Error;
    const text = `${name}: ${message}`;
    this.parts.log('error', 'a call failed inside the proxy', { requestId: call.id, error: text, stack });
    return new Refusal(
      'overloaded',
      'The proxy failed to handle this call; try again, and report the request id if it stays.',
    );
  }
}
