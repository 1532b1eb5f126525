import { MemberPaths, MemberScanner } from '../json/member-scanner.js';
import { textOf } from '../json/value.js';
import type { SessionTurn } from '../session/session-reader.js';
import type { MessagePart, SessionScript } from '../session/session-script.js';

const ID_MAX_LENGTH = 255;
const PATHS = new MemberPaths(['type', 'response_id', 'response.id', 'item_id', 'audio', 'delta']);
const ASIDE: MessagePart = { kind: 'aside' };
const GIVEN: MessagePart = { kind: 'given', endsAudio: false };
const AUDIO_GIVEN: MessagePart = { kind: 'given', endsAudio: true };

/** They tell the upstream what to do, and no model anything. */
const CONTROLS: ReadonlySet<string> = new Set([
  ...['response.cancel', 'output_audio_buffer.clear', 'conversation.item.retrieve'],
]);
const AUDIO_DELTA = /^response\.(?:output_)?audio\.delta$/;
const AUDIO_DONE = /^response\.(?:output_)?audio\.done$/;

/** Members of one message that tell what it is. */
class MessageMembers {
  private readonly members = new MemberScanner(PATHS);

  constructor(message: Buffer) {
    this.members.push(message);
  }

  id(path: 'type' | 'response_id' | 'response.id' | 'item_id'): string | null {
    return textOf(this.members.value(path), ID_MAX_LENGTH);
  }

  audio(path: 'audio' | 'delta', type: string, turnId: string | null): MessagePart {
    const span = this.members.span(path);
    if (span === null) return ASIDE;
    // Without its quotes.
    return { kind: 'audio', type, turnId, itemId: this.id('item_id'), start: span.start + 1, end: span.end - 1 };
  }

  answer(type: string): MessagePart {
    const turnId = this.id('response.id') ?? this.id('response_id');
    if (AUDIO_DELTA.test(type)) return this.audio('delta', type, turnId);
    return { kind: 'said', turnId, endsAudio: AUDIO_DONE.test(type) };
  }
}

/** Realtime: what an answer is made from comes in messages of its own (https://platform.openai.com/docs/api-reference/realtime). */
export const realtimeScript: SessionScript = {
  requestForm: 'events',
  hearsOnly: ({ endpoint }: SessionTurn) => endpoint === 'realtime.transcription',
  sent(message) {
    const members = new MessageMembers(message);
    const type = members.id('type') ?? '';
    if (type === 'response.create') return { kind: 'asks' };
    if (type === 'input_audio_buffer.append') return members.audio('audio', type, null);
    if (CONTROLS.has(type)) return ASIDE;
    return type === 'input_audio_buffer.commit' || type === 'input_audio_buffer.clear' ? AUDIO_GIVEN : GIVEN;
  },
  received(message) {
    const members = new MessageMembers(message);
    const type = members.id('type') ?? '';
    switch (type) {
      case 'session.created':
      case 'session.updated':
      case 'transcription_session.created':
      case 'transcription_session.updated':
        return { kind: 'session' };
      case 'input_audio_buffer.committed':
      case 'input_audio_buffer.cleared':
        return AUDIO_GIVEN;
      case 'conversation.item.input_audio_transcription.completed':
        return GIVEN;
      case 'error':
        return { kind: 'refused' };
      default:
        return type.startsWith('response.') ? members.answer(type) : ASIDE;
    }
  },
};

/** Responses: the message that asks is a request as it is posted, with a `type` (https://platform.openai.com/docs/guides/websocket-mode). */
export const responsesScript: SessionScript = {
  requestForm: 'message',
  hearsOnly: () => false,
  sent: (message) => (new MessageMembers(message).id('type') === 'response.create' ? { kind: 'asks' } : ASIDE),
  received(message) {
    const members = new MessageMembers(message);
    const type = members.id('type') ?? '';
    if (type === 'error') return { kind: 'refused' };
    return type.startsWith('response.') ? members.answer(type) : ASIDE;
  },
};
