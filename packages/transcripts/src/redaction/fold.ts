/** A text as detectors read it, and where each of its characters stands in the original. */
export interface FoldedText {
  readonly text: string;
  /** Offset in the original of a character of `text`, and of its end. */
  originalOf(offset: number): number;
}

const ESCAPE = /^\\+u([0-9a-fA-F]{4})/;
const ESCAPE_MAX_LENGTH = 16;
/** Characters that nobody sees: soft hyphen, zero-width ones, joiners, byte order mark. */
const UNSEEN = /^[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]$/;
const DASH = /^[\u2010-\u2015\u2212]$/;
const PLAIN = /^[\0-\x7f]*$/;

/**
 * Undoes what hides a text from a pattern and not from a reader: escapes of JSON that stand in the text itself, full-width
 * and other compatible forms of characters, unseen characters, spaces and dashes of other kinds.
 */
export function folded(text: string): FoldedText {
  if (!text.includes('\\u') && PLAIN.test(text)) return { text, originalOf: (offset) => offset };
  const places: number[] = [];
  let plain = '';
  let at = 0;
  while (at < text.length) {
    const hidden = text[at] === '\\' ? ESCAPE.exec(text.slice(at, at + ESCAPE_MAX_LENGTH)) : null;
    const char = hidden === null ? (text[at] as string) : String.fromCharCode(Number.parseInt(hidden[1] as string, 16));
    const readable = readableOf(char);
    for (let n = 0; n < readable.length; n++) places.push(at);
    plain += readable;
    at += hidden?.[0].length ?? 1;
  }
  places.push(text.length);
  return { text: plain, originalOf: (offset) => places[offset] ?? text.length };
}

function readableOf(char: string): string {
  if (char < '\x80') return char;
  if (UNSEEN.test(char)) return '';
  if (DASH.test(char)) return '-';
  const compatible = char.normalize('NFKC');
  return compatible.length === 1 ? compatible : char;
}
