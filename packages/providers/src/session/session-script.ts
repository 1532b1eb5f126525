import type { SessionTurn } from './session-reader.js';

/**
 * What one message of a session is to the record of its turns.
 * `asks`: the app asks for an answer. `given`: the next answer is made from it. `session`: how the session stands from now on.
 * `said`: part of a turn's answer; null = of the one that is under way. `refused`: nothing comes of what was asked for first.
 * `audio`: sound, in base64 from `start` to `end` of the message's bytes; null = of the app, for the next answer.
 */
export type MessagePart =
  | { readonly kind: 'asks' | 'session' | 'refused' | 'aside' }
  | { readonly kind: 'given'; readonly endsAudio: boolean }
  | { readonly kind: 'said'; readonly turnId: string | null; readonly endsAudio: boolean }
  | {
      readonly kind: 'audio';
      readonly type: string;
      readonly turnId: string | null;
      readonly itemId: string | null;
      readonly start: number;
      readonly end: number;
    };

/**
 * Tells which messages of a session make up which turn, for whoever keeps a record of them. Looks at one message at a time;
 * holds nothing of it; never throws on any bytes.
 */
export interface SessionScript {
  /** `message`: a turn's request is the message that asks for it; `events`: every message since the turn before. */
  readonly requestForm: 'message' | 'events';
  /** The turn is made from sound alone, which other turns are made from, too. */
  hearsOnly(turn: SessionTurn): boolean;
  /** A message of the app. */
  sent(message: Buffer): MessagePart;
  /** A message of the upstream. */
  received(message: Buffer): MessagePart;
}
