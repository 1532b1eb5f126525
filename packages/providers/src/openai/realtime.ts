import { MemberPaths, MemberScanner } from '../json/member-scanner.js';
import { textOf } from '../json/value.js';
import type { SessionReader, SessionSign, SessionTurn } from '../session/session-reader.js';
import { AskedAnswers } from './asked-answers.js';
import { audioReplyAs } from './audio-reply.js';
import { reading } from './reading.js';
import { OPENAI_USAGE, type UsageConvention } from './usage-convention.js';
import { MODEL_MAX_LENGTH } from './wire.js';

const CODE_MAX_LENGTH = 127;
const NOTHING: readonly SessionSign[] = [];

const PATHS = new MemberPaths([
  ...['type', 'usage', 'response_id', 'item_id', 'content_index', 'error.code', 'error.type'],
  ...['session.id', 'session.model', 'session.audio.input.transcription.model'],
  ...['session.input_audio_transcription.model', 'response.id', 'response.status', 'response.usage'],
  ...['response.status_details.error.code', 'response.status_details.error.type'],
]);

/**
 * Turns of an OpenAI Realtime session. Each answer states its usage in `response.done`, each transcript of what the user
 * said in `conversation.item.input_audio_transcription.completed`, which runs a model of its own
 * (https://platform.openai.com/docs/api-reference/realtime-server-events).
 */
export class RealtimeReader implements SessionReader {
  sessionId: string | null = null;
  isUnderstood = false;
  private transcriptionModel: string | null = null;
  /** Answers of which nothing has been heard. */
  private readonly silent = new Set<string>();
  private readonly members = new MemberScanner(PATHS);
  private readonly asked = new AskedAnswers();

  /** @param model as the address of the session names it; null = it does not */
  constructor(
    private model: string | null,
    private readonly convention: UsageConvention = OPENAI_USAGE,
  ) {}

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
  }

  received(): readonly SessionSign[] {
    const type = this.text('type');
    const signs = this.signs(type);
    this.isUnderstood ||= signs.length > 0 || this.sessionId !== null;
    this.members.reset();
    return signs;
  }

  private signs(type: string | null): readonly SessionSign[] {
    switch (type) {
      case 'session.created':
      case 'session.updated':
      case 'transcription_session.created':
      case 'transcription_session.updated':
        this.remember();
        return NOTHING;
      case 'response.created':
        return this.answerBegun();
      case 'response.done':
        return this.answerEnded();
      case 'input_audio_buffer.committed':
        return this.transcriptionModel === null ? NOTHING : begun(this.transcript());
      case 'conversation.item.input_audio_transcription.completed':
        return this.transcriptEnded(null);
      case 'conversation.item.input_audio_transcription.failed':
        return this.transcriptEnded(this.code('error') ?? 'transcription_failed');
      case 'error':
        // What was asked for may have been turned down, and then nothing begins.
        this.asked.settle();
        return NOTHING;
      default:
        return type?.endsWith('.delta') ? this.heard() : NOTHING;
    }
  }

  private text(path: string, maxLength = MODEL_MAX_LENGTH): string | null {
    return textOf(this.members.value(path), maxLength);
  }

  private code(path: string): string | null {
    return this.text(`${path}.code`, CODE_MAX_LENGTH) ?? this.text(`${path}.type`, CODE_MAX_LENGTH);
  }

  private remember(): void {
    this.sessionId ??= this.text('session.id');
    this.model = this.text('session.model') ?? this.model;
    this.transcriptionModel =
      this.text('session.audio.input.transcription.model') ?? this.text('session.input_audio_transcription.model');
  }

  private answer(): SessionTurn | null {
    const id = this.text('response.id');
    return id === null ? null : { id, endpoint: 'realtime.response', model: null };
  }

  private answerBegun(): readonly SessionSign[] {
    this.asked.settle();
    const turn = this.answer();
    if (turn !== null) this.silent.add(turn.id);
    return begun(turn);
  }

  private heard(): readonly SessionSign[] {
    const id = this.silent.size === 0 ? null : this.text('response_id');
    return id !== null && this.silent.delete(id) ? [{ kind: 'first_token', id }] : NOTHING;
  }

  private answerEnded(): readonly SessionSign[] {
    const turn = this.answer();
    if (turn === null) return NOTHING;
    this.silent.delete(turn.id);
    const isFailed = this.text('response.status') === 'failed';
    const errorCode = isFailed ? (this.code('response.status_details.error') ?? 'response_failed') : null;
    const rawUsage = stated(this.members.text('response.usage'));
    const state = { servedModel: this.model, serviceTier: null, errorCode, sawToken: true, finished: true, rawUsage };
    return [{ kind: 'ended', turn, reading: reading(state, true, { convention: this.convention }) }];
  }

  private transcript(): SessionTurn | null {
    const item = this.text('item_id');
    if (item === null) return null;
    const part = this.members.value('content_index');
    const id = typeof part === 'number' && part > 0 ? `${item}/${part}/transcript` : `${item}/transcript`;
    return { id, endpoint: 'realtime.transcription', model: this.transcriptionModel };
  }

  /** Read as any transcript's: in tokens or in seconds, by the model. */
  private transcriptEnded(errorCode: string | null): readonly SessionSign[] {
    const turn = this.transcript();
    if (turn === null) return NOTHING;
    const rules = audioReplyAs({ convention: this.convention }, false);
    const rawUsage = stated(this.members.text('usage'));
    const servedModel = this.transcriptionModel;
    const state = { ...rules.initial, rawUsage, servedModel, errorCode, sawToken: true, finished: true };
    return [{ kind: 'ended', turn, reading: rules.reading(state) }];
  }
}

function begun(turn: SessionTurn | null): readonly SessionSign[] {
  return turn === null ? NOTHING : [{ kind: 'begun', turn }];
}

/** A turn that was broken off states `null`. */
function stated(rawUsage: string | null): string | null {
  return rawUsage === 'null' ? null : rawUsage;
}
