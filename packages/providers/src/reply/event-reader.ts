import { MemberScanner } from '../json/member-scanner.js';
import { EventBoundary } from '../sse/event-boundary.js';
import { EventData } from '../sse/event-data.js';
import { HeldBytes } from '../sse/held-bytes.js';
import { MarkSearch } from '../sse/mark-search.js';
import type { ReplyRules, ReplyState } from './reply-rules.js';

/** An event longer than this is read piece by piece instead of being held. */
const HELD_MAX_BYTES = 65_536;
/** Upstreams name the model in their first events or never; after this many only marked events are parsed. */
const MODEL_SEARCH_EVENTS = 16;
const END_EVENT_MAX_BYTES = 64;
const COLON = 0x3a;

/** Reads a server-sent event stream beside its way to the client. Holds at most one event's first 64 KiB. */
export class EventReader<S extends ReplyState> {
  private state: S;
  private events = 0;
  private readonly boundary = new EventBoundary();
  private readonly held = new HeldBytes();
  private readonly marks: MarkSearch;
  private readonly data = new EventData();
  private readonly scanner: MemberScanner;
  private isReadInPieces = false;

  constructor(private readonly rules: ReplyRules<S>) {
    this.state = rules.initial;
    this.marks = new MarkSearch(rules.marks);
    this.scanner = new MemberScanner(rules.eventPaths);
  }

  get sawToken(): boolean {
    return this.state.sawToken;
  }

  push(chunk: Buffer): void {
    let pos = this.boundary.tail(chunk);
    this.marks.begin(chunk);
    while (pos < chunk.length) {
      const end = this.boundary.next(chunk, pos);
      if (end < 0) {
        this.hold(chunk, pos, chunk.length);
        return;
      }
      if (this.held.length === 0 && !this.isReadInPieces) this.state = this.readEvent(this.state, chunk, pos, end);
      else {
        this.hold(chunk, pos, end);
        this.state = this.readHeld();
        this.held.clear();
        this.isReadInPieces = false;
        this.marks.begin(chunk);
      }
      this.events++;
      pos = end;
    }
  }

  /** The state as if the stream ended here: an event without its blank line counts as far as it came. */
  stateNow(): S {
    return this.held.length > 0 || this.isReadInPieces ? this.readHeld() : this.state;
  }

  private hold(chunk: Buffer, from: number, to: number): void {
    if (!this.isReadInPieces) {
      if (this.held.length + to - from <= HELD_MAX_BYTES) {
        this.held.add(chunk, from, to);
        return;
      }
      this.isReadInPieces = true;
      this.scanner.reset();
      this.data.reset();
      this.data.push(this.held.view(), 0, this.held.length, this.scanner);
      this.held.clear();
    }
    this.data.push(chunk, from, to, this.scanner);
  }

  private readHeld(): S {
    if (this.isReadInPieces) return this.rules.event(this.state, this.scanner);
    const bytes = this.held.view();
    this.marks.begin(bytes);
    return this.readEvent(this.state, bytes, 0, bytes.length);
  }

  private readEvent(state: S, bytes: Buffer, from: number, to: number): S {
    if (bytes[from] === COLON) return state;
    const isEveryEventRead = !state.sawToken || (state.servedModel === null && this.events < MODEL_SEARCH_EVENTS);
    if (!this.marks.isIn(from, to) && !isEveryEventRead) return state;
    const { endEvent } = this.rules;
    if (endEvent && to - from <= END_EVENT_MAX_BYTES && endEvent.test(bytes.toString('latin1', from, to))) {
      return { ...state, finished: true };
    }
    this.data.reset();
    this.scanner.reset();
    this.data.push(bytes, from, to, this.scanner);
    return this.rules.event(state, this.scanner);
  }
}
