import { type JsonObject, objectOf } from '@weir/providers';
import { contentParts } from '../dialect/chat.js';
import { listOf } from '../dialect/list-of.js';
import { audioPart, type LeftOutAudio, leftOutAudio } from '../dialect/realtime.js';
import { itemOf } from '../dialect/responses.js';
import { toolDefinitions } from '../dialect/tools.js';
import { MessageList } from '../message/list.js';
import { stringOr, textPart } from '../message/make.js';
import type { PartOf } from '../message/part.js';
import type { Given } from './reading.js';

/**
 * One answer of a Realtime session: the messages that led to it, as the proxy put them together, and the session as it
 * stood. What was said before is kept upstream.
 */
export function realtimeGiven(request: JsonObject): Given {
  const turn = new SessionTurn();
  for (const each of listOf(request.events)) {
    const event = objectOf(each);
    if (event !== null) turn.take(event);
  }
  return turn.given(objectOf(objectOf(request.session)?.session));
}

/** A transcript is made from sound alone. */
export function heardGiven(request: JsonObject): Given {
  const list = new MessageList();
  for (const each of listOf(request.events)) {
    const audio = leftOutAudio(objectOf(each) ?? {});
    if (audio !== null) list.add('user', [audioPart(audio)]);
  }
  return { system: [], messages: list.messages };
}

class SessionTurn {
  private readonly list = new MessageList();
  /** By the upstream's id of what was heard; null = nothing is known of its sound. */
  private readonly heard = new Map<string, PartOf<'blob'> | null>();
  private sound: LeftOutAudio | null = null;
  private isCommitted = false;
  private updated: JsonObject | null = null;
  private asked: JsonObject | null = null;

  take(event: JsonObject): void {
    this.sound = leftOutAudio(event) ?? this.sound;
    switch (event.type) {
      case 'session.update':
        this.updated = { ...this.updated, ...objectOf(event.session) };
        return;
      case 'conversation.item.create':
        this.add(event.item);
        return;
      case 'input_audio_buffer.commit':
        this.isCommitted = true;
        return;
      case 'input_audio_buffer.committed':
        this.hear(stringOr(event.item_id, ''));
        return;
      case 'input_audio_buffer.clear':
      case 'input_audio_buffer.cleared':
        this.sound = null;
        return;
      case 'conversation.item.input_audio_transcription.completed':
        this.understand(stringOr(event.item_id, ''), stringOr(event.transcript, ''));
        return;
      case 'response.create':
        this.asked = objectOf(event.response);
        for (const item of listOf(this.asked?.input)) this.add(item);
    }
  }

  /** @param session as the upstream told it last; null = it has not */
  given(session: JsonObject | null): Given {
    if (this.sound !== null && this.isCommitted) this.hear('');
    const { asked, updated, list } = this;
    return {
      system: contentParts(asked?.instructions ?? session?.instructions ?? updated?.instructions),
      messages: list.messages,
      tools: toolDefinitions({ tools: asked?.tools ?? session?.tools ?? updated?.tools }),
    };
  }

  private add(each: unknown): void {
    const item = objectOf(each);
    if (item === null) return;
    const { role, parts } = itemOf(item);
    if (role === 'assistant') this.list.extend(role, parts);
    else this.list.add(role, parts);
  }

  private hear(itemId: string): void {
    const part = this.sound === null ? null : audioPart(this.sound);
    this.heard.set(itemId, part);
    this.sound = null;
    if (part !== null) this.list.add('user', [part]);
  }

  /** What was heard before this answer was asked for is words of the user, too. */
  private understand(itemId: string, transcript: string): void {
    if (transcript === '') return;
    const part = this.heard.get(itemId);
    if (part) part.transcript = transcript;
    else this.list.add('user', [textPart(transcript)]);
  }
}
