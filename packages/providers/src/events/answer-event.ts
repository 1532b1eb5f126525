/** One statement of an answer, and where in its bytes it stands. */
export interface AnswerEvent {
  /** Offset of its first byte. */
  readonly start: number;
  /** Offset just past its last byte. */
  readonly end: number;
  /** `exception`: AWS's own word for an error that ends a stream. */
  readonly kind: 'event' | 'exception' | 'end';
  /** The stream's own name of the event, where it has one beside the value. */
  readonly name: string | null;
  /** Parsed JSON; null for `end`. */
  readonly value: unknown;
  /** The bytes ended before the value did; it is read as far as it came. */
  readonly isCut: boolean;
}

/** Bytes that say nothing to us, and why. */
export interface UnreadableRange {
  readonly start: number;
  readonly end: number;
  readonly reason: 'cut' | 'damaged' | 'not_json' | 'too_deep';
}

export interface AnswerEvents {
  /** `json`: one object; `array`: an array of them; `lines`: one after the other. */
  readonly form: 'json' | 'array' | 'lines' | 'sse' | 'aws' | 'none';
  readonly events: readonly AnswerEvent[];
  readonly unreadable: readonly UnreadableRange[];
  /** An array that was closed, or a single object that is whole. Of other forms only their events tell. */
  readonly isClosed: boolean;
}
