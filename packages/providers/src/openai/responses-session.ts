import { MemberPaths, MemberScanner } from '../json/member-scanner.js';
import { textOf } from '../json/value.js';
import type { SessionReader, SessionSign, SessionTurn } from '../session/session-reader.js';
import { AskedAnswers } from './asked-answers.js';
import { responsesReplyAs } from './responses-reply.js';
import { OPENAI_USAGE, type UsageConvention } from './usage-convention.js';
import { MODEL_MAX_LENGTH } from './wire.js';

const ID_MAX_LENGTH = 255;
const NOTHING: readonly SessionSign[] = [];
const PATHS = new MemberPaths(['type', 'response.id', 'response.model', 'response_id']);
const ENDS: ReadonlySet<unknown> = new Set(['response.completed', 'response.incomplete', 'response.failed']);

/**
 * Turns of a Responses session: the events of a stream, one to a message, for one answer after the other
 * (https://platform.openai.com/docs/guides/websocket-mode).
 */
export class ResponsesSession implements SessionReader {
  readonly sessionId = null;
  isUnderstood = false;
  /** The answer that was begun last and of which nothing has been heard. */
  private silent: string | null = null;
  private readonly members = new MemberScanner(PATHS);
  private readonly answer: MemberScanner;
  private readonly asked = new AskedAnswers();
  private readonly rules: ReturnType<typeof responsesReplyAs>;

  constructor(convention: UsageConvention = OPENAI_USAGE) {
    this.rules = responsesReplyAs({ convention });
    this.answer = new MemberScanner(this.rules.eventPaths);
  }

  get awaited(): number {
    return this.asked.count;
  }

  send(bytes: Buffer): void {
    this.asked.push(bytes);
  }

  sent(): void {
    this.asked.end();
  }

  receive(bytes: Buffer): void {
    this.members.push(bytes);
    this.answer.push(bytes);
  }

  received(): readonly SessionSign[] {
    const signs = this.signs(this.members.value('type'));
    this.isUnderstood ||= signs.length > 0;
    this.members.reset();
    this.answer.reset();
    return signs;
  }

  private signs(type: unknown): readonly SessionSign[] {
    const turn = this.turn();
    if (type === 'response.created' && turn !== null) {
      this.asked.settle();
      this.silent = turn.id;
      return [{ kind: 'begun', turn }];
    }
    if (type === 'error') this.asked.settle();
    if (ENDS.has(type) && turn !== null) {
      const state = { ...this.rules.event(this.rules.initial, this.answer), finished: true };
      return [{ kind: 'ended', turn, reading: this.rules.reading(state) }];
    }
    if (typeof type !== 'string' || !type.endsWith('.delta') || this.silent === null) return NOTHING;
    const id = textOf(this.members.value('response_id'), ID_MAX_LENGTH) ?? this.silent;
    this.silent = null;
    return [{ kind: 'first_token', id }];
  }

  private turn(): SessionTurn | null {
    const id = textOf(this.members.value('response.id'), ID_MAX_LENGTH);
    const model = textOf(this.members.value('response.model'), MODEL_MAX_LENGTH);
    return id === null ? null : { id, endpoint: 'responses', model };
  }
}
