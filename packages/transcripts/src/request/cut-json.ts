/** An escape that is not whole, or the first half of a character that takes two. */
const HALF = /^\\(?:u[0-9A-Fa-f]{0,3})?$|^\\u[Dd][89AaBb][0-9A-Fa-f]{2}(?:\\(?:u[0-9A-Fa-f]{0,3})?)?$/;
/** What is left of a character whose bytes were cut. */
const HALF_CHARACTER = /[\uD800-\uDBFF\uFFFD]$/;

/** Where a JSON text could be ended, and what would close it there. */
interface Rest {
  readonly at: number;
  readonly open: number;
}

/**
 * The beginning of a JSON text made whole: what is open is closed, a string where it was cut; a name without its value and a
 * number that may lack digits are left out.
 */
export function closedJson(text: string): string {
  const open: ('}' | ']')[] = [];
  let rest: Rest = { at: 0, open: 0 };
  let isName = false;
  for (let at = 0; at < text.length; at++) {
    const byte = text[at];
    if (byte === '{' || byte === '[') {
      open.push(byte === '{' ? '}' : ']');
      isName = byte === '{';
      rest = { at: at + 1, open: open.length };
    } else if (byte === '}' || byte === ']') {
      open.pop();
      isName = false;
      rest = { at: at + 1, open: open.length };
    } else if (byte === ',') {
      rest = { at, open: open.length };
      isName = open.at(-1) === '}';
    } else if (byte === ':') isName = false;
    else if (byte === '"') {
      const end = endOfString(text, at + 1);
      if (end < 0 && !isName) return `${text.slice(0, at + 1)}${wholeCharacters(text.slice(at + 1))}"${closing(open)}`;
      if (end < 0) break;
      at = end;
      if (!isName) rest = { at: at + 1, open: open.length };
    }
  }
  return text.slice(0, rest.at) + closing(open.slice(0, rest.open));
}

const closing = (open: readonly string[]): string => open.toReversed().join('');

/** -1: it does not end. */
function endOfString(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at;
  }
  return -1;
}

/** A string's beginning without half a character at its end. */
function wholeCharacters(text: string): string {
  for (let at = text.indexOf('\\'); at >= 0; at = text.indexOf('\\', at + (text[at + 1] === 'u' ? 6 : 2))) {
    if (text.length - at < 12 && HALF.test(text.slice(at))) return text.slice(0, at);
  }
  return text.replace(HALF_CHARACTER, '');
}
