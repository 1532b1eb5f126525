import { MemberScanner } from '../json/member-scanner.js';
import type { ReplyState } from '../reply/reply-rules.js';
import { HeldBytes } from '../sse/held-bytes.js';
import type { AnswerRules, EventRule } from './answer-rules.js';
import { Base64Member } from './event-stream/base64-member.js';
import type { MessageHeaders } from './event-stream/message-headers.js';
import { MessageReader, type MessageSink } from './event-stream/message-reader.js';

const CODE_MAX_LENGTH = 127;
/** More than this is looked into while it comes, instead of being held. */
const HELD_MAX_BYTES = 65_536;

/** Follows a binary event stream; what a message says counts once its checksum held. */
export class StreamReader<S extends ReplyState> implements MessageSink {
  state: S;
  private readonly messages = new MessageReader(this);
  private readonly scanners = new Map<string, MemberScanner>();
  private readonly unwrap = new Base64Member((bytes) => this.unwrapped(bytes));
  /** What was unwrapped of a message so far, while that is little. */
  private readonly held = new HeldBytes();
  private isScanned = false;
  private scanner: MemberScanner | null = null;
  private rule: EventRule | null = null;
  private eventType = '';
  private errorCode: string | null = null;

  constructor(private readonly rules: AnswerRules<S>) {
    this.state = rules.initial;
  }

  push(bytes: Buffer): void {
    this.messages.push(bytes);
  }

  begin({ messageType, eventType, exceptionType, errorCode }: MessageHeaders): void {
    this.errorCode = errorOf(messageType, exceptionType, errorCode);
    this.eventType = eventType ?? '';
    const isEvent = this.errorCode === null && Object.hasOwn(this.rules.events, this.eventType);
    this.rule = isEvent ? (this.rules.events[this.eventType] as EventRule) : null;
    this.scanner = this.rule && this.scannerFor(this.rule);
    this.scanner?.reset();
    this.unwrap.reset();
    this.held.clear();
    this.isScanned = false;
  }

  payload(bytes: Buffer, from: number, to: number): void {
    if (this.scanner === null) return;
    if (this.rule?.isWrapped) this.unwrap.push(bytes, from, to);
    else this.scanner.push(bytes, from, to);
  }

  end(isIntact: boolean): void {
    if (!isIntact) return;
    if (this.errorCode !== null) this.state = { ...this.state, errorCode: this.errorCode };
    if (this.rule === null || this.saysNothingNew(this.rule)) return;
    if (this.held.length > 0) this.scanner?.push(this.held.view());
    this.state = this.rules.event(this.state, this.eventType, this.scanner);
  }

  private unwrapped(bytes: Buffer): void {
    if (!this.isScanned && this.held.length + bytes.length <= HELD_MAX_BYTES) {
      this.held.add(bytes, 0, bytes.length);
      return;
    }
    if (this.held.length > 0) this.scanner?.push(this.held.view());
    this.held.clear();
    this.isScanned = true;
    this.scanner?.push(bytes);
  }

  /** Most messages carry another word of the answer and nothing else. */
  private saysNothingNew({ isWrapped, marks }: EventRule): boolean {
    if (!isWrapped || marks === null || !this.state.sawToken || this.isScanned) return false;
    return !marks.test(this.held.view().toString('latin1'));
  }

  private scannerFor({ paths }: EventRule): MemberScanner | null {
    if (paths === null) return null;
    const known = this.scanners.get(this.eventType) ?? new MemberScanner(paths);
    this.scanners.set(this.eventType, known);
    return known;
  }
}

/** A modelled exception, or an error without a model, that ends the stream after its 200. */
function errorOf(messageType: string | null, exceptionType: string | null, errorCode: string | null): string | null {
  if (messageType === 'exception') return (exceptionType || 'exception').slice(0, CODE_MAX_LENGTH);
  if (messageType === 'error') return (errorCode || 'error').slice(0, CODE_MAX_LENGTH);
  return null;
}
