/** What is cut off is not searched. */
const TEXT_MAX_LENGTH = 1_048_576;
const WORD_MAX_LENGTH = 64;

/** Scripts that are written without spaces: each character is looked for by itself. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const WORDS = new RegExp(`${UNSPACED.source}|(?:(?!${UNSPACED.source})[\\p{L}\\p{N}\\p{M}])+`, 'gu');

/**
 * The words of a text, each once, as they are stored and as they are looked for: without case and forms of width, cut at
 * everything that is neither letter nor digit. Of long words the first 64 characters count.
 */
export function searchWords(text: string): string[] {
  const found = text.slice(0, TEXT_MAX_LENGTH).normalize('NFKC').toLowerCase().match(WORDS) ?? [];
  return [...new Set(found.map((word) => (word.length > WORD_MAX_LENGTH ? word.slice(0, WORD_MAX_LENGTH) : word)))];
}
