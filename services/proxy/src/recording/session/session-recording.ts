import type { SessionScript, SessionSign, SessionTurn } from '@weir/providers';
import type { MemoryRoom } from '../../memory-room.js';
import type { Recording } from '../recording.js';
import { type GatheredMessage, Gatherer } from './gatherer.js';
import { Segment } from './segment.js';
import { Sound } from './sound.js';
import { TurnDraft } from './turn-draft.js';

/** Messages that carry sound may be longer than what is kept of a body. */
const MESSAGE_MIN_BYTES = 1024 * 1024;
/** Answers that an app asked for and the upstream has not begun; what more is asked with is not kept. */
const MAX_ASKED = 64;

/** How the provider of a session wants it to be recorded at the moment. */
export interface SessionSettings {
  readonly room: MemoryRoom;
  readonly maxBodyBytes: number;
  /** Which sides of a turn that begins now are kept; null = neither. */
  readonly sides: { readonly inputs: boolean; readonly outputs: boolean } | null;
  /** A turn that begins now; null = it is not recorded. */
  begin(): Recording | null;
}

/**
 * The turns of one session, as they are recorded beside it. Messages are looked at whole, one at a time, and what a turn will
 * be made from is in memory alone until it begins, when it is decided whether it is recorded.
 */
export class SessionRecording {
  /** Name of the session as the upstream gives it. */
  sessionId: string | null = null;
  private readonly fromApp: Gatherer;
  private readonly fromUpstream: Gatherer;
  private isAppGathered: boolean | null = null;
  /** Messages of the app that were not looked at yet. */
  private arrived: (GatheredMessage | null)[] = [];
  /** What answers that were asked for and have not begun are made from, in order. */
  private asked: Segment[] = [];
  /** What the one after them will be made from. */
  private next: Segment | null = null;
  private readonly open = new Map<string, TurnDraft>();
  private lastOpened: string | null = null;
  private lastResponseId: string | null = null;
  private session: Buffer | null = null;
  /** What the app lets the upstream hear. */
  private sound: Sound | null = null;
  private lastHeard: Buffer | null = null;
  private hasUpstreamSpoken = false;

  /** @param script null: what passes is not known */
  constructor(
    private readonly script: SessionScript | null,
    private readonly settings: SessionSettings,
  ) {
    const maxBytes = () => Math.max(settings.maxBodyBytes + 1, MESSAGE_MIN_BYTES);
    this.fromApp = new Gatherer(settings.room, maxBytes);
    this.fromUpstream = new Gatherer(settings.room, maxBytes);
  }

  /** The next bytes of a message of the app. */
  send(piece: Buffer): void {
    this.isAppGathered ??= this.script !== null && this.settings.sides?.inputs === true;
    if (this.isAppGathered) this.fromApp.push(piece);
  }

  /** That message is whole; it is looked at once `settle` is called, so that its bytes can go on first. */
  sent(): void {
    if (this.isAppGathered === true) this.arrived.push(this.fromApp.take());
    this.isAppGathered = null;
  }

  settle(): void {
    if (this.arrived.length === 0) return;
    const { arrived } = this;
    this.arrived = [];
    for (const message of arrived) this.takeFromApp(message);
  }

  /** The next bytes of a message of the upstream. */
  receive(piece: Buffer): void {
    if (this.script !== null) this.fromUpstream.push(piece);
  }

  /**
   * That message is whole.
   * @param signs what it says about turns, without those that have ended already
   */
  received(signs: readonly SessionSign[]): void {
    this.hasUpstreamSpoken = true;
    this.settle();
    const { script } = this;
    if (script === null) return;
    const message = this.fromUpstream.take();
    if (message === null) this.loseOpen();
    const part = message === null ? null : script.received(message.bytes);
    if (part?.kind === 'given' && message !== null) this.hearFromUpstream(message, part.endsAudio);
    for (const sign of signs) if (sign.kind !== 'first_token') this.begin(script, sign.turn);
    if (message === null || part === null) return;
    const ended = signs.flatMap((sign) => (sign.kind === 'ended' ? [sign.turn.id] : []));
    switch (part.kind) {
      case 'session':
        this.session = Buffer.from(message.bytes);
        break;
      case 'refused':
        this.refuse(message);
        break;
      case 'audio':
        this.open.get(part.turnId ?? '')?.sound(part.type, part.itemId, message.bytes.subarray(part.start, part.end));
        break;
      case 'said': {
        const turnId = part.turnId ?? this.lastOpened;
        if (part.endsAudio || ended.length > 0) this.open.get(turnId ?? '')?.endSounds();
        this.sayTo([turnId, ...ended], message);
        break;
      }
      default:
        this.sayTo(ended, message);
    }
    for (const id of ended) {
      const draft = this.open.get(id);
      if (draft !== undefined) draft.isEnded = true;
    }
  }

  /** A turn is over; null = it is not recorded. */
  take(turnId: string): Recording | null {
    const recording = this.open.get(turnId)?.finish() ?? null;
    this.open.delete(turnId);
    if (recording !== null) recording.sessionId = this.sessionId;
    return recording;
  }

  /**
   * The session is over. Returns a recording that says so where what passed could not be told apart; null otherwise.
   * @param isUnderstood something that passed was of a known protocol
   */
  end(isUnderstood: boolean): Recording | null {
    for (const segment of [...this.asked, ...(this.next === null ? [] : [this.next])]) segment.drop();
    for (const draft of this.open.values()) draft.lose();
    this.fromApp.drop();
    this.fromUpstream.drop();
    if (isUnderstood || !this.hasUpstreamSpoken) return null;
    const recording = this.settings.begin();
    if (recording !== null) recording.isUnread = true;
    return recording;
  }

  private takeFromApp(message: GatheredMessage | null): void {
    const part = message === null ? null : (this.script?.sent(message.bytes) ?? null);
    if (message === null || part === null) {
      this.nextSegment().lose();
      return;
    }
    switch (part.kind) {
      case 'asks':
        this.nextSegment().add(this.script?.requestForm === 'events' ? readable(message) : message);
        this.ask(this.nextSegment());
        break;
      case 'audio':
        this.sound ??= new Sound(part.type, null);
        this.sound.add(message.bytes.subarray(part.start, part.end));
        break;
      case 'given':
        if (part.endsAudio) this.endSound(this.nextSegment());
        this.nextSegment().add(readable(message));
    }
  }

  private nextSegment(): Segment {
    this.next ??= new Segment(this.settings.room, this.settings.maxBodyBytes + 1);
    return this.next;
  }

  private ask(segment: Segment): void {
    if (this.asked.length >= MAX_ASKED) segment.lose();
    this.asked.push(segment);
    this.next = null;
  }

  private endSound(segment: Segment): void {
    if (this.sound === null) return;
    this.lastHeard = this.sound.note();
    segment.add({ bytes: this.lastHeard, leftOut: 0 });
    this.sound = null;
  }

  /** What the upstream tells of the app's side: it belongs to the answer that comes first. */
  private hearFromUpstream(message: GatheredMessage, endsAudio: boolean): void {
    if (this.settings.sides?.inputs !== true) return;
    const segment = this.asked[0] ?? this.nextSegment();
    if (endsAudio) this.endSound(segment);
    segment.add(readable(message));
  }

  private begin(script: SessionScript, turn: SessionTurn): void {
    if (this.open.has(turn.id)) return;
    const isHeard = script.hearsOnly(turn);
    const segment = isHeard ? null : (this.asked.shift() ?? this.next);
    if (segment !== null && segment === this.next) this.next = null;
    const recording = this.settings.begin();
    if (recording !== null) {
      const draft = new TurnDraft(recording);
      this.open.set(turn.id, draft);
      if (segment?.isLost) draft.lose();
      else if (isHeard) draft.give(this.lastHeard === null ? [] : [this.lastHeard], 0, NOTHING_AROUND);
      else this.give(draft, script, segment);
    }
    segment?.drop();
    if (isHeard) return;
    this.lastOpened = turn.id;
    this.lastResponseId = turn.id;
  }

  private give(draft: TurnDraft, { requestForm }: SessionScript, segment: Segment | null): void {
    const { lastResponseId: previousResponseId, session } = this;
    const { messages = [], leftOut = 0 } = segment ?? {};
    if (requestForm === 'events') draft.give(messages, leftOut, { previousResponseId, session });
    else for (const message of messages) draft.ask(message, leftOut);
  }

  /** What was asked with stays said, and leads to the next answer, unless it was the request as a whole. */
  private refuse(message: GatheredMessage): void {
    const segment = this.asked.shift();
    if (segment === undefined) {
      this.sayTo([this.open.size === 1 ? this.lastOpened : null], message);
    } else if (this.script?.requestForm === 'message') {
      segment.drop();
    } else {
      const later = this.asked[0] ?? this.next;
      if (later !== null) segment.append(later);
      if (this.asked.length > 0) this.asked[0] = segment;
      else this.next = segment;
    }
  }

  private sayTo(turnIds: readonly (string | null)[], message: GatheredMessage): void {
    for (const id of new Set(turnIds)) this.open.get(id ?? '')?.say(message);
  }

  private loseOpen(): void {
    for (const draft of this.open.values()) draft.lose();
  }
}

const NOTHING_AROUND = { previousResponseId: null, session: null };

/** What is no JSON would make everything beside it unreadable, and rules blind. */
function readable(message: GatheredMessage): GatheredMessage {
  try {
    JSON.parse(message.bytes.toString('utf8'));
    return message;
  } catch {
    const told = { type: 'weir.unread', bytes: message.bytes.length + message.leftOut };
    return { bytes: Buffer.from(JSON.stringify(told)), leftOut: 0 };
  }
}
