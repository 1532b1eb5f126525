import type { Socket } from 'node:net';
import type { Outcome } from '@weir/contracts';
import type { SessionReader } from '@weir/providers';
import type { OpenEvent } from '../metering/event.js';
import type { ServedProvider } from '../snapshot/snapshot.js';
import { FrameReader } from './frames.js';
import { type Ending, type TurnRecorder, Turns } from './turns.js';

/** For the other side to close in its turn once it was asked to. */
const CLOSE_GRACE_MS = 5_000;

export interface SessionParts {
  readonly event: OpenEvent;
  readonly provider: ServedProvider;
  readonly client: Socket;
  readonly upstream: Socket;
  /** null: what passes is not known. */
  readonly reader: SessionReader | null;
  readonly recorder: TurnRecorder;
  readonly startMs: number;
  readonly onOver: (session: Session) => void;
}

/**
 * A WebSocket between an app and an upstream. Bytes go through as they are; usage is read beside them, turn by turn. When
 * the app leaves in the middle of a turn, the provider's policy decides whether the turn is still listened to.
 */
export class Session {
  private readonly turns: Turns;
  private readonly sent: FrameReader;
  private readonly received: FrameReader;
  /** The app's closing frame, held back while a turn is drained. */
  private closing: Buffer | null = null;
  private isClientGone = false;
  private isOver = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly parts: SessionParts) {
    const { event, reader, recorder } = parts;
    this.turns = new Turns(event, recorder);
    this.sent = new FrameReader({ onText: (piece) => reader?.send(piece), onTextEnd: () => reader?.sent() });
    this.received = new FrameReader({ onText: (piece) => reader?.receive(piece), onTextEnd: () => this.read() });
  }

  /** @param first bytes of the upstream that came along with its answer */
  start(first: Buffer): void {
    const { client, upstream } = this.parts;
    for (const socket of [client, upstream]) {
      socket.setNoDelay(true);
      socket.setKeepAlive(true, 30_000);
      socket.setTimeout(0);
    }
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

  /** Cuts the session because the process stops. */
  interrupt(): void {
    this.end({ outcome: 'interrupted', errorCode: 'proxy_stopped', abortAction: null });
  }

  private get isBusy(): boolean {
    return this.turns.size > 0 || (this.parts.reader?.awaited ?? 0) > 0;
  }

  private fromClient(chunk: Buffer): void {
    if (this.isOver) return;
    if (this.closing !== null) {
      this.closing = Buffer.concat([this.closing, chunk]);
      return;
    }
    const held = Buffer.from(this.sent.heldBytes);
    const { upTo, isClosing } = this.sent.push(chunk);
    // Bytes of a head that is not whole yet wait for the rest of it.
    const isHeldFree = held.length > 0 && upTo > 0;
    if (isHeldFree) this.toUpstream(held);
    if (upTo > 0) this.toUpstream(upTo === chunk.length ? chunk : chunk.subarray(0, upTo));
    if (!isClosing) return;
    this.closing = held.length > 0 && !isHeldFree ? Buffer.concat([held, chunk]) : Buffer.from(chunk.subarray(upTo));
    this.leave('completed');
  }

  private toUpstream(bytes: Buffer): void {
    const { client, upstream, event } = this.parts;
    event.requestBytes += bytes.length;
    if (upstream.write(bytes) || client.isPaused()) return;
    client.pause();
    upstream.once('drain', () => client.resume());
  }

  private fromUpstream(chunk: Buffer): void {
    if (this.isOver) return;
    const { client, upstream, event } = this.parts;
    event.firstByteMs ??= performance.now() - this.parts.startMs;
    event.responseBytes += chunk.length;
    if (client.writable && !client.write(chunk) && !this.isClientGone) {
      upstream.pause();
      client.once('drain', () => upstream.resume());
    }
    this.received.push(chunk);
    if (this.isClientGone && !this.isBusy) this.letGo();
  }

  private read(): void {
    try {
      const { reader, event } = this.parts;
      const signs = reader?.received() ?? [];
      event.conversation ??= reader?.sessionId ?? null;
      for (const sign of signs) this.turns.take(sign);
    } catch {
      // What cannot be recorded is not served on.
      this.end({ outcome: 'interrupted', errorCode: 'overloaded', abortAction: null });
    }
  }

  private clientLeft(): void {
    if (!this.isOver && !this.isClientGone) this.leave('client_closed');
    // One that has said goodbye may have gone before it was answered.
    else if (!this.isOver && !this.isBusy) this.end({ outcome: this.parts.event.outcome, ...NOTHING });
  }

  /** The app is done. A turn under way is drained or cancelled; without one the goodbye is simply passed on. */
  private leave(outcome: Outcome): void {
    const { provider, event, upstream } = this.parts;
    this.isClientGone = true;
    this.turns.isDraining = true;
    event.outcome = outcome;
    upstream.resume();
    const { onClientClose, drainMs } = provider.config;
    if (!this.isBusy) {
      this.letGo();
    } else if (onClientClose === 'drain') {
      event.abortAction = 'drained';
      this.timer = setTimeout(() => {
        event.abortAction = 'drain_cut';
        this.end({ outcome: 'client_closed', errorCode: null, abortAction: 'drain_cut' });
      }, drainMs);
    } else {
      event.abortAction = 'cancelled';
      this.end({ outcome: 'client_closed', errorCode: null, abortAction: 'cancelled' });
    }
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
    this.timer = setTimeout(() => this.end({ outcome: event.outcome, ...NOTHING }), CLOSE_GRACE_MS);
  }

  private upstreamLeft(isBroken: boolean): void {
    if (this.isOver) return;
    const { event } = this.parts;
    if (this.isClientGone) {
      this.end({ outcome: 'client_closed', errorCode: null, abortAction: 'drained' });
    } else if (isBroken) {
      event.errorCode = 'upstream_reset';
      event.outcome = 'upstream_error';
      this.end({ outcome: 'upstream_error', errorCode: 'upstream_reset', abortAction: null });
    } else {
      event.outcome = 'completed';
      this.end({ outcome: 'upstream_error', errorCode: 'session_ended', abortAction: null });
    }
  }

  /** @param ending of the turns that are open */
  private end(ending: Ending): void {
    if (this.isOver) return;
    this.isOver = true;
    clearTimeout(this.timer);
    const { event, reader, recorder, client, upstream, startMs } = this.parts;
    this.turns.endAll(ending);
    if (event.outcome === 'interrupted') event.errorCode = ending.errorCode;
    // Nothing of it was understood, so nothing is known of what it used.
    if (!reader?.isUnderstood) event.endpoint = 'opaque';
    event.durationMs = performance.now() - startMs;
    recorder.close(event);
    client.destroySoon();
    upstream.destroy();
    setTimeout(() => client.destroy(), CLOSE_GRACE_MS).unref();
    this.parts.onOver(this);
  }
}

const NOTHING = { errorCode: null, abortAction: null } as const;
