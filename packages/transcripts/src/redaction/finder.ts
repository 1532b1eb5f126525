/** A stretch of a text that must not be kept. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Finds what one rule is about. */
export interface Finder {
  /** Stands in the mark: `[REDACTED:name]`. */
  readonly name: string;
  find(text: string): readonly Span[];
}
