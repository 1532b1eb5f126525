import { type AbortAction, newId, type Outcome } from '@weir/contracts';
import type { SessionSign, SessionTurn, UsageReading } from '@weir/providers';
import { applyReading, cut, type OpenEvent } from '../metering/event.js';
import type { Recording } from '../recording/recording.js';
import type { SessionRecording } from '../recording/session/session-recording.js';

/** Where the events of turns go. */
export interface TurnRecorder {
  /** @throws when it cannot be written */
  open(event: OpenEvent): void;
  /** @param recording what was said; null = it is not recorded */
  close(event: OpenEvent, recording: Recording | null): void;
}

interface OpenTurn {
  readonly event: OpenEvent;
  readonly startMs: number;
}

const MAX_REMEMBERED = 1_000;

/** How turns end that the upstream did not end itself. */
export interface Ending {
  readonly outcome: Outcome;
  readonly errorCode: string | null;
  readonly abortAction: AbortAction | null;
}

/** The turns of one session: each is a call with an event of its own, under the session's name as conversation. */
export class Turns {
  private readonly open = new Map<string, OpenTurn>();
  /** Turns that have ended lately: what is said of one again is no further call. */
  private readonly ended = new Set<string>();
  /** The app is gone, and what still comes is read for its usage alone. */
  isDraining = false;

  /**
   * @param session the event of the session, whose caller and provider every turn shares
   * @param recording null: what is said is not recorded
   */
  constructor(
    private readonly session: OpenEvent,
    private readonly recorder: TurnRecorder,
    private readonly recording: SessionRecording | null,
  ) {}

  get size(): number {
    return this.open.size;
  }

  /**
   * What one message of the upstream says.
   * @throws when a turn that begins cannot be recorded
   */
  take(signs: readonly SessionSign[]): void {
    const known = signs.filter((sign) => sign.kind === 'first_token' || !this.ended.has(sign.turn.id));
    this.recording?.received(known);
    for (const sign of known) {
      if (sign.kind === 'first_token') this.hear(sign.id);
      else if (sign.kind === 'begun') this.begin(sign.turn);
      else this.end(sign.turn, sign.reading);
    }
  }

  endAll({ outcome, errorCode, abortAction }: Ending): void {
    for (const [id, { event, startMs }] of this.open) {
      event.abortAction = abortAction;
      this.close(id, event, startMs, outcome, errorCode);
    }
    this.open.clear();
  }

  private begin(turn: SessionTurn): OpenTurn {
    const known = this.open.get(turn.id);
    if (known) return known;
    const { session } = this;
    const event: OpenEvent = {
      ...session,
      eventId: newId(),
      callId: newId(),
      attempt: 1,
      clientRetry: null,
      endpoint: cut(turn.endpoint, 63),
      requestedModel: turn.model === null ? session.requestedModel : cut(turn.model, 255),
      startedAt: Date.now(),
      firstByteMs: null,
      overheadMs: null,
      requestBytes: 0,
      responseBytes: 0,
      outcome: 'interrupted',
      abortAction: null,
    };
    const begun = { event, startMs: performance.now() };
    this.recorder.open(event);
    this.open.set(turn.id, begun);
    return begun;
  }

  private hear(id: string): void {
    const turn = this.open.get(id);
    if (!turn || turn.event.firstTokenMs !== null) return;
    turn.event.firstTokenMs = performance.now() - turn.startMs;
    turn.event.firstByteMs ??= turn.event.firstTokenMs;
  }

  private end(turn: SessionTurn, reading: UsageReading): void {
    const { event, startMs } = this.begin(turn);
    this.open.delete(turn.id);
    if (this.ended.size >= MAX_REMEMBERED) this.ended.delete(this.ended.values().next().value as string);
    this.ended.add(turn.id);
    applyReading(event, reading);
    if (this.isDraining) event.abortAction = 'drained';
    const outcome = reading.errorCode !== null ? 'upstream_error' : this.isDraining ? 'client_closed' : 'completed';
    this.close(turn.id, event, startMs, outcome, reading.errorCode);
  }

  private close(id: string, event: OpenEvent, startMs: number, outcome: Outcome, errorCode: string | null): void {
    event.outcome = outcome;
    event.errorCode = errorCode;
    event.durationMs = performance.now() - startMs;
    this.recorder.close(event, this.recording?.take(id) ?? null);
  }
}
