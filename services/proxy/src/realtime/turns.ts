import { type AbortAction, newId, type Outcome } from '@weir/contracts';
import type { SessionSign, SessionTurn, UsageReading } from '@weir/providers';
import { applyReading, cut, type OpenEvent } from '../metering/event.js';

/** Where the events of turns go. */
export interface TurnRecorder {
  /** @throws when it cannot be written */
  open(event: OpenEvent): void;
  close(event: OpenEvent): void;
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

  /** @param session the event of the session, whose caller and provider every turn shares */
  constructor(
    private readonly session: OpenEvent,
    private readonly recorder: TurnRecorder,
  ) {}

  get size(): number {
    return this.open.size;
  }

  /** @throws when a turn that begins cannot be recorded */
  take(sign: SessionSign): void {
    if (sign.kind === 'first_token') this.hear(sign.id);
    else if (this.ended.has(sign.turn.id)) return;
    else if (sign.kind === 'begun') this.begin(sign.turn);
    else this.end(sign.turn, sign.reading);
  }

  endAll({ outcome, errorCode, abortAction }: Ending): void {
    for (const { event, startMs } of this.open.values()) {
      event.abortAction = abortAction;
      this.close(event, startMs, outcome, errorCode);
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
    this.close(event, startMs, outcome, reading.errorCode);
  }

  private close(event: OpenEvent, startMs: number, outcome: Outcome, errorCode: string | null): void {
    event.outcome = outcome;
    event.errorCode = errorCode;
    event.durationMs = performance.now() - startMs;
    this.recorder.close(event);
  }
}
