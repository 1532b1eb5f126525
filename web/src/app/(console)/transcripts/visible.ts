/** Marks that turn the direction of what follows, so that a text reads as another than it is. */
const TURNS_DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** The text with what nobody sees, and what deceives, made visible. */
export function visible(text: string): string {
  return text.replace(
    TURNS_DIRECTION,
    (mark) => `⟨U+${mark.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`,
  );
}
