import type { UsageReading } from '../provider-type.js';

/** One billed run of a model inside a session, for example a spoken answer or the transcript of what was said. */
export interface SessionTurn {
  /** Unique in its session. */
  readonly id: string;
  /** Endpoint name of the event that records it, for example `realtime.response`. */
  readonly endpoint: string;
  /** The model asked for; null = the one the session was opened for. */
  readonly model: string | null;
}

/** What a message of the upstream says about its turns. A turn may end without having been seen to begin. */
export type SessionSign =
  | { readonly kind: 'begun'; readonly turn: SessionTurn }
  | { readonly kind: 'first_token'; readonly id: string }
  | { readonly kind: 'ended'; readonly turn: SessionTurn; readonly reading: UsageReading };

/** Reads the turns of one session over a WebSocket. Made per session; holds its own state; never throws on any bytes. */
export interface SessionReader {
  /** Name of the session as the upstream gives it; null until it has. */
  readonly sessionId: string | null;
  /** Turns that the app asked for and the upstream has not begun. */
  readonly awaited: number;
  /** The next text message of the upstream. */
  received(message: Buffer): readonly SessionSign[];
  /** The next text message of the app. */
  sent(message: Buffer): void;
}
