import type { IncomingMessage } from 'node:http';
import { type MasterKey, newId, REFUSALS, type UsageEvent } from '@weir/contracts';
import { authenticate, checkExpiry } from '../access/authenticate.js';
import { authorize, checkPassthrough } from '../access/authorize.js';
import { Refusal } from '../errors.js';
import type { Estimator } from '../estimation/estimator.js';
import type { EvidenceRoom } from '../estimation/evidence.js';
import { mayEstimate } from '../estimation/fallback.js';
import { Settlement } from '../estimation/settlement.js';
import type { Log } from '../log.js';
import type { CredentialMask } from '../metering/credential-mask.js';
import { applyFacts, applyProvider, type OpenEvent, openEvent } from '../metering/event.js';
import type { Metrics } from '../metrics/metrics.js';
import { openSession, type SessionOwner } from '../realtime/open-session.js';
import type { Session } from '../realtime/session.js';
import type { TurnRecorder } from '../realtime/turns.js';
import type { SnapshotHolder } from '../snapshot/holder.js';
import type { ServedProvider } from '../snapshot/snapshot.js';
import { readAttempt } from './attempt.js';
import { readAttribution } from './attribution.js';
import { type ReadBody, readBody } from './body.js';
import { guessDialect, sendRefusal } from './error-response.js';
import type { CallRequest, CallResponse } from './exchange.js';
import { FormModel } from './form-model.js';
import { type RequestHead, readHead } from './head.js';
import type { IsDropped } from './headers.js';
import type { Inspector } from './inspector.js';
import { outgoing } from './outgoing.js';
import { Relay } from './relay.js';
import type { RelayOwner } from './relay-call.js';
import { parseRoute, type Route } from './route.js';
import { ClientGone, readThrough, type UploadWatch } from './upload.js';

const MODEL_MAX_LENGTH = 255;
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** Where events go. `open` throws when it cannot write; `close` never does. */
export interface CallJournal {
  readonly writable: boolean;
  open(event: UsageEvent): void;
  checkpoint(event: UsageEvent): void;
  close(event: UsageEvent, onRecorded?: () => void): void;
}

export interface GatewayParts {
  readonly master: MasterKey;
  readonly snapshots: SnapshotHolder;
  readonly journal: CallJournal;
  readonly metrics: Metrics;
  readonly inspector: Inspector;
  readonly estimator: Estimator;
  readonly uploads: UploadWatch;
  readonly isDropped: IsDropped;
  readonly proxyId: string;
  readonly maxInFlight: number;
  /** Answers that are read on at a time although their client is gone. */
  readonly maxDrains: number;
  readonly writeStallMs: number;
  readonly log: Log;
}

/** What is known of a call so far; a refusal is told and recorded with as much of it as there is. */
interface Call {
  readonly req: CallRequest;
  readonly res: CallResponse;
  /** What the app calls it, or a new one. */
  id: string;
  readonly method: string;
  readonly startMs: number;
  readonly startedAt: number;
  /** The client waits for a sign before it sends its body. */
  readonly expectsContinue: boolean;
  provider: ServedProvider | null;
  /** null until a known token has been presented. */
  event: OpenEvent | null;
}

interface Admitted {
  readonly event: OpenEvent;
  readonly provider: ServedProvider;
  readonly endpoint: string;
  readonly route: Route;
  readonly head: RequestHead;
  readonly maxBytes: number;
}

/** Takes a call from its first line to its relay, or turns it down. */
export class Gateway implements RelayOwner, SessionOwner {
  isDraining = false;
  readonly relays = new Set<Relay>();
  readonly sessions = new Set<Session>();
  /** Answers being read on for nobody. */
  drains = 0;
  readonly settlement: Settlement;

  constructor(private readonly parts: GatewayParts) {
    this.settlement = new Settlement(parts.journal, parts.estimator);
  }

  get evidenceRoom(): EvidenceRoom {
    return this.settlement.room;
  }

  get writeStallMs(): number {
    return this.parts.writeStallMs;
  }

  /** Never rejects. */
  async handle(req: CallRequest, res: CallResponse, expectsContinue: boolean): Promise<void> {
    const { metrics } = this.parts;
    const call: Call = {
      req,
      res,
      id: newId(),
      method: req.method ?? '',
      startMs: performance.now(),
      startedAt: Date.now(),
      expectsContinue,
      provider: null,
      event: null,
    };
    metrics.inFlight++;
    res.once('close', () => {
      metrics.inFlight--;
    });
    try {
      const admitted = this.admit(call);
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
    this.relays.delete(relay);
    call.provider.pool.release();
    call.mask.apply(event);
    metrics.call(event.outcome);
    metrics.latency(event.firstByteMs, event.overheadMs);
    this.settlement.close(event, relay.takeEvidence(), onRecorded);
  }

  refuse(relay: Relay, refusal: Refusal): void {
    const { req, res, provider, event } = relay.call;
    this.parts.metrics.refusal(refusal.code);
    sendRefusal(req, res, provider.dialect, refusal, event.callId, this.isDraining);
  }

  /** Looks after calls whose upstream keeps them waiting. */
  tick(nowMs: number): void {
    for (const relay of this.relays) relay.tick(nowMs);
  }

  /** Writes down how far streams have come. */
  checkpoint(): void {
    for (const relay of this.relays) {
      if (!relay.refresh()) continue;
      relay.call.mask.apply(relay.event);
      this.parts.journal.checkpoint(relay.event);
    }
  }

  /** Everything that can be decided from the request line and the headers. @throws Refusal */
  private admit(call: Call): Admitted {
    const { parts } = this;
    const { req, method, startedAt } = call;
    if (!METHODS.has(method)) {
      throw new Refusal(
        'request_invalid',
        `The method ${method} is not supported; use the one the upstream API names.`,
      );
    }
    const route = parseRoute(req.url ?? '');
    const head = readHead(req, parts.isDropped);
    const view = parts.snapshots.current(startedAt);
    const token = authenticate(view, parts.master, head);
    const event = openEvent({
      callId: call.id,
      token: token.config,
      route,
      method,
      startedAt,
      snapshotVersion: view.version,
      proxyId: parts.proxyId,
    });
    call.event = event;
    checkExpiry(token, startedAt);
    const provider = authorize(view, token, route.provider);
    call.provider = provider;
    const endpoint = provider.dialect.endpointOf(method, route.callPath);
    applyProvider(event, provider.config, endpoint);
    checkPassthrough(provider, head);
    const attempt = readAttempt(head);
    call.id = attempt.callId ?? call.id;
    Object.assign(event, attempt, { callId: call.id }, readAttribution(head));
    if (parts.metrics.inFlight > parts.maxInFlight) throw overloaded('has too many calls open');
    if (!parts.journal.writable) throw overloaded('cannot record usage at present');
    return { event, provider, endpoint, route, head, maxBytes: view.snapshot.maxBodyBytes };
  }

  recorderOf(mask: CredentialMask): TurnRecorder {
    const { journal, metrics } = this.parts;
    return {
      open: (event) => this.open(event),
      close: (event) => {
        mask.apply(event);
        journal.close(event);
        metrics.call(event.outcome);
      },
    };
  }

  private openSession(call: Call, { event, provider, endpoint, route, head }: Admitted): Promise<void> {
    const { req, res, startMs } = call;
    const client = (req as IncomingMessage).socket;
    return openSession({ req, res, client, event, provider, endpoint, callPath: route.callPath, head, startMs }, this);
  }

  /** Reads what must be read, records that the call is open, and only then asks the upstream. @throws Refusal */
  private async forward(call: Call, admitted: Admitted): Promise<void> {
    const { req, res, startMs } = call;
    const { event, provider, endpoint, route, head } = admitted;
    provider.pool.lease();
    let relay: Relay | null = null;
    try {
      const decidedMs = performance.now();
      const body = await this.read(call, admitted);
      const waitedMs = performance.now() - decidedMs;
      if (res.destroyed) throw new ClientGone();
      let isAwaitingClient = true;
      let isUploaded = body?.kind !== 'stream';
      const isModelInForm = endpoint !== 'opaque' && event.requestedModel === null;
      const form = isModelInForm ? FormModel.of(head.contentType) : null;
      const upload = () => {
        this.goOn(call);
        return readThrough(
          req,
          admitted.maxBytes,
          this.parts.uploads,
          (chunk) => {
            event.requestBytes += chunk.length;
            form?.push(chunk);
            if (form !== null) event.requestedModel = form.model?.slice(0, MODEL_MAX_LENGTH) ?? null;
          },
          (turn) => {
            isAwaitingClient = turn === 'client';
            isUploaded = turn === 'done';
          },
        );
      };
      const prepared = outgoing(provider, call.method, route.callPath, head, body, upload);
      const isReady = !(prepared instanceof Promise);
      const { options, filter, alterations, mask } = isReady ? prepared : await prepared;
      if (!isReady && res.destroyed) throw new ClientGone();
      event.alterations = alterations;
      this.open(event);
      relay = new Relay(
        {
          req,
          res,
          event,
          provider,
          endpoint,
          request: body?.kind === 'whole' && mayEstimate(provider.config, endpoint) ? body.bytes : null,
          startMs,
          addedBeforeMs: performance.now() - startMs - waitedMs,
          filter,
          mask,
          isAwaitingClient: () => body?.kind === 'stream' && isAwaitingClient,
          isUploaded: () => isUploaded,
        },
        this,
      );
      if (relay.isOver) return;
      this.relays.add(relay);
      provider.pool.dispatch(options, relay);
    } finally {
      if (relay === null) provider.pool.release();
    }
  }

  private async read(call: Call, { event, provider, endpoint, route, head, maxBytes }: Admitted): Promise<ReadBody> {
    const { inspector, uploads } = this.parts;
    const { req, method } = call;
    const onRead = () => this.goOn(call);
    const request = { req, method, head, provider, endpoint, callPath: route.callPath, maxBytes, onRead };
    const body = await readBody(request, inspector, uploads, (inspection) => {
      if (inspection.facts !== null) applyFacts(event, inspection.facts);
    });
    if (body?.kind === 'whole') event.requestBytes = body.bytes.length;
    return body;
  }

  private goOn({ res, expectsContinue }: Call): void {
    if (expectsContinue) res.writeContinue();
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
    }
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
  }

  private unexpected(call: Call, error: unknown): Refusal {
    const { name, message, stack } = error as Error;
    this.parts.log('error', 'a call failed inside the proxy', {
      requestId: call.id,
      error: `${name}: ${message}`,
      stack,
    });
    return new Refusal(
      'overloaded',
      'The proxy failed to handle this call; try again, and report the request id if it stays.',
    );
  }
}

function overloaded(what: string, cause?: unknown): Refusal {
  return new Refusal('overloaded', `The proxy ${what}; try again in a moment.`, cause);
}
