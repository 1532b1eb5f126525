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

/**
 * Reads the turns of one session over a WebSocket. A message may come in any number of pieces and be of any size; none is
 * kept. Made per session; holds its own state; never throws on any bytes.
 */
export interface SessionReader {
  /** Name of the session as the upstream gives it; null until it has, or where it gives none. */
  readonly sessionId: string | null;
  /** A message of the upstream was one of this protocol. */
  readonly isUnderstood: boolean;
  /** Turns that the app asked for and the upstream has not begun. */
  readonly awaited: number;
  /** The next bytes of a text message of the upstream. */
  receive(bytes: Buffer): void;
  /** That message is whole. */
  received(): readonly SessionSign[];
  /** The next bytes of a text message of the app. */
  send(bytes: Buffer): void;
  /** That message is whole. */
  sent(): void;
}
