import { MemberScanner } from '../json/member-scanner.js';
import type { ReplyRules, ReplyState } from './reply-rules.js';

const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const COMMA = 0x2c;

/** Reads a JSON array that is streamed element by element, each of them an event. Holds only the members asked for. */
export class ArrayReader<S extends ReplyState> {
  private state: S;
  private readonly scanner: MemberScanner;
  private isOpen = false;
  private isClosed = false;
  private isInElement = false;

  constructor(private readonly rules: ReplyRules<S>) {
    this.state = rules.initial;
    this.scanner = new MemberScanner(rules.eventPaths);
  }

  get sawToken(): boolean {
    return this.state.sawToken;
  }

  push(chunk: Buffer): void {
    let at = this.isOpen ? 0 : chunk.indexOf(OPEN_BRACKET) + 1;
    this.isOpen = true;
    while (at < chunk.length && !this.isClosed) {
      if (this.isInElement) at = this.readElement(chunk, at);
      else at = this.betweenElements(chunk, at);
    }
  }

  /** The state as if the array ended here: an element that is cut counts as far as it came. */
  stateNow(): S {
    return this.isInElement ? this.rules.event(this.state, this.scanner) : this.state;
  }

  private betweenElements(chunk: Buffer, at: number): number {
    const byte = chunk[at] as number;
    if (byte === CLOSE_BRACKET) {
      this.isClosed = true;
      this.state = { ...this.state, finished: true };
    } else if (byte > 0x20 && byte !== COMMA) {
      this.isInElement = true;
      this.scanner.reset();
      return at;
    }
    return at + 1;
  }

  private readElement(chunk: Buffer, at: number): number {
    const end = this.scanner.push(chunk, at);
    if (this.scanner.isDone) {
      this.state = this.rules.event(this.state, this.scanner);
      this.isInElement = false;
    }
    // A bracket where an element was due is none.
    return end === at ? at + 1 : end;
  }
}
