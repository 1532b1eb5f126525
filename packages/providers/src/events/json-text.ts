/** Deeper than any answer is; what reads a parsed value may then be written with recursion. */
export const DEPTH_MAX = 200;

export type ParsedText = { readonly value: unknown } | { readonly fault: 'not_json' | 'too_deep' };

export function parsedText(text: string): ParsedText {
  if (isTooDeep(text)) return { fault: 'too_deep' };
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return { fault: 'not_json' };
  }
}

function isTooDeep(text: string): boolean {
  if (text.length <= DEPTH_MAX) return false;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) at = endOfString(text, at + 1);
    else if (code === 0x7b || code === 0x5b) {
      if (++depth > DEPTH_MAX) return true;
    } else if (code === 0x7d || code === 0x5d) depth--;
  }
  return false;
}

function endOfString(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x5c) at++;
    else if (code === 0x22) return at;
  }
  return text.length;
}

/** Ends of a text at which it can be closed, from the last one on; a broken text has few that are tried in vain. */
const TRIES_MAX = 8;

/**
 * The value of a JSON text that was cut off, read as far as it came: open strings, arrays and objects are closed where
 * they ended. Null when nothing of it can be told.
 */
export function valueOfCut(text: string): { readonly value: unknown; readonly length: number } | null {
  const { ends, isInString } = closings(text);
  if (isInString !== null) {
    const whole = text.replace(/\\(?:u[0-9a-fA-F]{0,3})?$/, '');
    const parsed = parsedText(`${whole}"${isInString}`);
    if ('value' in parsed) return { value: parsed.value, length: whole.length };
  }
  for (const { at, closing } of ends.reverse()) {
    const parsed = parsedText(text.slice(0, at) + closing);
    if ('value' in parsed) return { value: parsed.value, length: at };
  }
  return null;
}

interface Closing {
  readonly at: number;
  readonly closing: string;
}

function closings(text: string): { ends: Closing[]; isInString: string | null } {
  const open: string[] = [];
  const ends: Closing[] = [];
  const closing = () => open.toReversed().join('');
  const end = (at: number) => {
    ends.push({ at, closing: closing() });
    if (ends.length > TRIES_MAX) ends.shift();
  };
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '"') {
      const stringEnd = endOfString(text, at + 1);
      if (stringEnd >= text.length) return { ends, isInString: closing() };
      at = stringEnd;
    } else if (char === '{' || char === '[') {
      open.push(char === '{' ? '}' : ']');
      end(at + 1);
    } else if (char === '}' || char === ']') {
      open.pop();
      end(at + 1);
    } else if (char === ',') end(at);
  }
  end(text.length);
  return { ends, isInString: null };
}
