import { textOf } from './utf8.js';

/** Files that hold text come so: by themselves, or as a `data:` URL. */
const DATA_URL = /^data:[^,]{0,255};base64,/i;
const ALPHABET = /^[A-Za-z0-9+/_\r\n-]+={0,2}\s*$/;
/** A shorter word says little, and may be any word. */
const MIN_LENGTH = 24;
const HEAD_LENGTH = 96;
// biome-ignore lint/suspicious/noControlCharactersInRegex: what is no text has them
const BINARY = /[\x00-\x08\x0e-\x1f\x7f]/;

/**
 * A text that is base64 of a text, with that text changed.
 * @returns the same text where it is none, or nothing was changed: pictures, sound and archives stay as they are
 */
export function withinBase64(text: string, change: (inner: string) => string): string {
  const head = DATA_URL.exec(text)?.[0] ?? '';
  const coded = text.slice(head.length);
  if (coded.length < MIN_LENGTH || !ALPHABET.test(coded)) return text;
  // Nearly all that is long is a picture, and shows it at once.
  if (BINARY.test(Buffer.from(coded.slice(0, HEAD_LENGTH), 'base64').toString('latin1'))) return text;
  const inner = textOf(Buffer.from(coded, 'base64'));
  if (inner === null || BINARY.test(inner)) return text;
  const changed = change(inner);
  return changed === inner ? text : head + Buffer.from(changed).toString('base64');
}
