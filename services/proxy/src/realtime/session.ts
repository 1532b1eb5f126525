import type { Outcome } from '@weir/contracts';
import type { SessionReader } from '@weir/providers';
import type { Refusal } from '../errors.js';
import { Drain } from '../http/drain.js';
import type { SessionRecording } from '../recording/session/session-recording.js';
import type { ServedProvider } from '../snapshot/snapshot.js';
import { CLOSE_GRACE_MS, Flow, type FlowParts } from './flow.js';
import { FrameReader } from './frames.js';
import type { ModelGuard } from './model-guard.js';
import { closeFrame, pongFrame, textFrame } from './own-frames.js';
import { GOING_AWAY, type Retirement, STOPPING } from './retirement.js';
import { type Ending, type TurnRecorder, Turns } from './turns.js';

const NOTHING = { errorCode: null, abortAction: null } as const;
const SESSION_ENDED = { outcome: 'upstream_error', errorCode: 'session_ended', abortAction: null } as const;

export interface SessionParts extends FlowParts {
  readonly provider: ServedProvider;
  /** null: what passes is not known. */
  readonly reader: SessionReader | null;
  readonly guard: ModelGuard | null;
  /** null: what is said is not recorded. */
  readonly recording: SessionRecording | null;
  readonly recorder: TurnRecorder;
  readonly startMs: number;
  /** The app is gone and a turn is to be read on; false when too much is already. */
  readonly beginDrain: () => boolean;
  readonly endDrain: () => void;
  readonly retirementFor: (refusal: Refusal) => Retirement;
  readonly onOver: (session: Session) => void;
}

/**
 * A WebSocket between an app and an upstream. Bytes go through as they are; usage is read beside them, turn by turn. When
 * the app leaves in the middle of a turn, the provider's policy decides whether the turn is still listened to.
 */
export class Session {
  private readonly flow: Flow;
  private readonly turns: Turns;
  private readonly sent: FrameReader;
  private readonly received: FrameReader;
  /** The app's closing frame, held back while a turn is drained. */
  private closing: Buffer | null = null;
  private isUpstreamClosing = false;
  private isClientGone = false;
  private isOver = false;
  private drain: Drain | null = null;
  private retirement: Retirement | null = null;
  /** A message of the app was cut short on its way up. */
  private isCutShort = false;
  private refusal: Refusal | null = null;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly parts: SessionParts) {
    const { event, reader, guard, recording, recorder } = parts;
    this.flow = new Flow(parts);
    this.turns = new Turns(event, recorder, recording);
    this.sent = new FrameReader({
      onData: (piece) => {
        reader?.send(piece);
        guard?.push(piece);
        recording?.send(piece);
      },
      onDataEnd: () => {
        reader?.sent();
        recording?.sent();
        this.refusal ??= guard?.end() ?? null;
      },
    });
    this.received = new FrameReader({
      onData: (piece) => {
        reader?.receive(piece);
        recording?.receive(piece);
      },
      onDataEnd: () => this.read(),
      onPing: (payload) => this.answerPing(payload),
    });
  }

  /** @param first bytes of the upstream that came along with its answer */
  start(first: Buffer): void {
    const { client, upstream } = this.parts;
    client.on('data', (chunk: Buffer) => this.fromClient(chunk));
    client.once('end', () => this.clientLeft());
    client.once('close', () => this.clientLeft());
    client.on('error', () => this.clientLeft());
    upstream.on('data', (chunk: Buffer) => this.fromUpstream(chunk));
    upstream.once('end', () => this.upstreamLeft(false));
    upstream.once('close', () => this.upstreamLeft(false));
    upstream.on('error', () => this.upstreamLeft(true));
    if (first.length > 0) this.fromUpstream(first);
    client.resume();
    upstream.resume();
    if (client.destroyed) this.clientLeft();
    else if (upstream.destroyed) this.upstreamLeft(false);
  }

  /** Lets a turn under way come to its end, takes nothing more from the app, and closes the session. */
  retire(retirement: Retirement): void {
    if (this.isOver || this.isClientGone || this.retirement !== null) return;
    this.retirement = retirement;
    if (this.isBusy) this.timer = setTimeout(() => this.sayGoodbye(), this.parts.provider.config.drainMs);
    else this.sayGoodbye();
  }

  /** Cuts the session because the process stops. */
  interrupt(): void {
    if (this.isClientGone) {
      if (this.isBusy) this.cutDrain(STOPPING.errorCode);
      else this.end({ outcome: this.parts.event.outcome, ...NOTHING });
      return;
    }
    this.retirement ??= STOPPING;
    this.sayGoodbye();
  }

  get isRetiring(): boolean {
    return this.retirement !== null;
  }

  private get isBusy(): boolean {
    return this.turns.size > 0 || (this.parts.reader?.awaited ?? 0) > 0;
  }

  private fromClient(chunk: Buffer): void {
    if (this.isOver || this.retirement !== null) return;
    if (this.closing !== null) {
      this.closing = Buffer.concat([this.closing, chunk]);
      return;
    }
    const held = Buffer.from(this.sent.heldBytes);
    const { upTo, isClosing } = this.sent.push(chunk);
    if (this.refusal !== null) {
      // Without its last bytes the message says nothing to the upstream.
      this.isCutShort = true;
      this.retire(this.parts.retirementFor(this.refusal));
      return;
    }
    // Bytes of a head that is not whole yet wait for the rest of it.
    const isHeldFree = held.length > 0 && upTo > 0;
    if (isHeldFree) this.flow.toUpstream(held);
    if (upTo > 0) this.flow.toUpstream(upTo === chunk.length ? chunk : chunk.subarray(0, upTo));
    this.parts.recording?.settle();
    if (!isClosing) return;
    this.closing = held.length > 0 && !isHeldFree ? Buffer.concat([held, chunk]) : Buffer.from(chunk.subarray(upTo));
    this.leave('completed');
  }

  private fromUpstream(chunk: Buffer): void {
    if (this.isOver) return;
    const { event, startMs } = this.parts;
    event.firstByteMs ??= performance.now() - startMs;
    this.flow.toClient(chunk);
    this.isUpstreamClosing ||= this.received.push(chunk).isClosing;
    if (this.isOver) return;
    if (this.isClientGone && !this.isBusy) this.letGo();
    else if (this.drain !== null && !this.drain.take(chunk.length)) this.cutDrain(null);
    else if (this.retirement !== null && !this.isBusy && !this.received.isInsideFrame) this.sayGoodbye();
  }

  private read(): void {
    try {
      const { reader, recording, event } = this.parts;
      const signs = reader?.received() ?? [];
      const sessionId = reader?.sessionId ?? null;
      event.conversation ??= sessionId;
      if (recording !== null) recording.sessionId = sessionId;
      this.turns.take(signs);
    } catch {
      // What cannot be recorded is not served on.
      this.end({ outcome: 'interrupted', errorCode: 'overloaded', abortAction: null });
    }
  }

  /** While a turn is read on for nobody, nobody else would, and the upstream would take the session for dead. */
  private answerPing(payload: Buffer): void {
    if (this.drain !== null && !this.sent.isInsideFrame && !this.isOver) {
      this.parts.upstream.write(pongFrame(payload, 'upstream'));
    }
  }

  private clientLeft(): void {
    if (!this.isOver && !this.isClientGone) this.leave('client_closed');
    // One that has said goodbye may have gone before it was answered.
    else if (!this.isOver && !this.isBusy) this.end({ outcome: this.parts.event.outcome, ...NOTHING });
  }

  /** The app is done. A turn under way is drained or cancelled; without one the goodbye is simply passed on. */
  private leave(outcome: Outcome): void {
    const { provider, event, beginDrain } = this.parts;
    clearTimeout(this.timer);
    this.flow.partFromClient();
    this.isClientGone = true;
    event.outcome = outcome;
    if (this.isUpstreamClosing) this.turns.endAll(SESSION_ENDED);
    if (!this.isBusy || this.isUpstreamClosing) {
      if (outcome === 'client_closed') event.abortAction = 'cancelled';
      this.letGo();
      return;
    }
    event.outcome = 'client_closed';
    const { onClientClose, drainMs } = provider.config;
    if (onClientClose === 'drain' && beginDrain()) {
      this.turns.isDraining = true;
      this.drain = new Drain(performance.now(), drainMs);
      event.abortAction = 'drained';
      this.timer = setTimeout(() => this.cutDrain(null), drainMs);
    } else {
      event.abortAction = 'cancelled';
      this.end({ outcome: 'client_closed', errorCode: null, abortAction: 'cancelled' });
    }
  }

  private cutDrain(errorCode: string | null): void {
    this.parts.event.abortAction = 'drain_cut';
    this.end({ outcome: 'client_closed', errorCode, abortAction: 'drain_cut' });
  }

  /** Nothing more is waited for: the upstream hears the goodbye and may answer it. */
  private letGo(): void {
    const { upstream, client, event } = this.parts;
    clearTimeout(this.timer);
    if (this.closing === null || client.destroyed) {
      this.end({ outcome: event.outcome, ...NOTHING });
      return;
    }
    upstream.write(this.closing);
    this.closing = null;
    this.timer = setTimeout(() => this.end({ outcome: event.outcome, ...NOTHING }), CLOSE_GRACE_MS);
  }

  /** Closes a session that was retired, in both directions, where that can still be said. */
  private sayGoodbye(): void {
    const { client, upstream, event } = this.parts;
    const { closeCode, errorCode, notice } = this.retirement as Retirement;
    if (client.writable && !this.received.isInsideFrame) {
      if (notice !== null) client.write(textFrame(notice, 'client'));
      client.write(closeFrame(closeCode, errorCode, 'client'));
    }
    if (upstream.writable && !this.sent.isInsideFrame && !this.isCutShort) {
      upstream.write(closeFrame(GOING_AWAY, '', 'upstream'));
    }
    event.outcome = 'interrupted';
    this.end({ outcome: 'interrupted', errorCode, abortAction: null });
  }

  private upstreamLeft(isBroken: boolean): void {
    if (this.isOver) return;
    const { event } = this.parts;
    const errorCode = isBroken ? 'upstream_reset' : SESSION_ENDED.errorCode;
    if (this.drain !== null && this.isBusy) {
      this.cutDrain(errorCode);
    } else if (this.isClientGone) {
      this.end({ outcome: event.outcome, ...NOTHING });
    } else {
      event.outcome = isBroken ? 'upstream_error' : 'completed';
      event.errorCode = isBroken ? errorCode : null;
      this.end({ ...SESSION_ENDED, errorCode });
    }
  }

  /** @param ending of the turns that are open */
  private end(ending: Ending): void {
    if (this.isOver) return;
    this.isOver = true;
    clearTimeout(this.timer);
    const { event, reader, recording, recorder, startMs, endDrain, onOver } = this.parts;
    this.turns.endAll(ending);
    if (event.outcome === 'interrupted') event.errorCode = ending.errorCode;
    // Nothing of it was understood, so nothing is known of what it used.
    if (!reader?.isUnderstood) event.endpoint = 'opaque';
    event.durationMs = performance.now() - startMs;
    recorder.close(event, recording?.end(reader?.isUnderstood === true) ?? null);
    this.flow.end();
    if (this.drain !== null) endDrain();
    onOver(this);
  }
}
