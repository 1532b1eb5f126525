import type { Recording } from '../recording.js';
import type { GatheredMessage } from './gatherer.js';
import { Sound, withoutSound } from './sound.js';

const SEPARATOR = Buffer.from(',\n');

/** What is told of a turn whose request is a list of messages. */
interface Around {
  /** The answer before it. */
  readonly previousResponseId: string | null;
  /** The upstream's own message about the session. */
  readonly session: Buffer | null;
}

/** One turn of a session while it is recorded: its answer, message by message. */
export class TurnDraft {
  /** The upstream has ended the answer itself. */
  isEnded = false;
  private said = 0;
  private readonly sounds = new Map<string | null, Sound>();

  constructor(private readonly recording: Recording) {
    for (const side of [recording.request, recording.response]) {
      if (side !== null) side.contentType = 'application/json';
    }
  }

  /** The message is the request. */
  ask(message: Buffer, leftOut: number): void {
    const { request } = this.recording;
    request?.push(message);
    request?.skip(leftOut);
    request?.end();
  }

  /**
   * The request is these messages.
   * @param leftOut bytes that came after them
   */
  give(messages: readonly Buffer[], leftOut: number, { previousResponseId, session }: Around): void {
    const { request } = this.recording;
    request?.push(Buffer.from('{"events":['));
    for (const [at, message] of messages.entries()) {
      if (at > 0) request?.push(SEPARATOR);
      request?.push(withoutSound(message));
    }
    request?.skip(leftOut);
    const previous = previousResponseId === null ? '' : `,"previous_response_id":${JSON.stringify(previousResponseId)}`;
    request?.push(Buffer.from(`]${previous}`));
    if (session !== null) request?.push(Buffer.concat([Buffer.from(',"session":'), withoutSound(session)]));
    request?.push(Buffer.from('}'));
    request?.end();
  }

  say({ bytes, leftOut }: GatheredMessage): void {
    const { response } = this.recording;
    response?.push(this.said++ === 0 ? Buffer.from('[') : SEPARATOR);
    response?.push(withoutSound(bytes));
    response?.skip(leftOut);
  }

  sound(type: string, itemId: string | null, base64: Buffer): void {
    let sound = this.sounds.get(itemId);
    if (sound === undefined) {
      sound = new Sound(type, itemId);
      this.sounds.set(itemId, sound);
    }
    sound.add(base64);
  }

  /** What was to be heard has been said in full. */
  endSounds(): void {
    for (const sound of this.sounds.values()) this.say({ bytes: sound.note(), leftOut: 0 });
    this.sounds.clear();
  }

  lose(): void {
    this.recording.lose();
  }

  /** Nothing more comes. */
  finish(): Recording {
    this.endSounds();
    const { response } = this.recording;
    if (this.isEnded && this.said > 0) {
      response?.push(Buffer.from(']'));
      response?.end();
    }
    return this.recording;
  }
}
