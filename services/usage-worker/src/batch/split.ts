/** One element of a batch's body: its text, and what it parsed to. */
export interface Piece {
  readonly text: string;
  readonly value?: unknown;
  /** Set when the text is no JSON. */
  readonly fault?: string;
}

/**
 * The elements of a JSON array, each parsed alone, so that one that is broken does not take its neighbours with it.
 * @returns null when the body is not even an array
 */
export function splitBody(body: string): Piece[] | null {
  const whole = parse(body);
  if (whole.fault === undefined) {
    if (!Array.isArray(whole.value)) return null;
    return whole.value.map((value: unknown) => ({ text: '', value }));
  }
  const trimmed = body.trim();
  if (!trimmed.startsWith('[')) return null;
  const inner = trimmed.slice(1, trimmed.endsWith(']') ? -1 : undefined);
  return inner.split(EVENT_START).flatMap(piecesOf);
}

/** Where an event follows a comma. Inside a string its quotes would be escaped, so no event hides in another. */
const EVENT_START = /,\s*(?=\{"v":)/;

/** A stretch that begins where an event begins, and may end in something that is none. */
function piecesOf(stretch: string): Piece[] {
  const whole = parse(stretch);
  if (whole.fault === undefined) return [whole];
  const pieces = topLevel(stretch).map(parse);
  // An event with a quote or a bracket too many falls apart at the wrong places: it is one broken event.
  const isOneEvent = stretch.trimStart().startsWith('{"v":') && pieces[0]?.fault !== undefined;
  return isOneEvent ? [whole] : pieces;
}

function parse(text: string): Piece {
  try {
    return { text, value: JSON.parse(text) as unknown };
  } catch (error) {
    return { text, fault: (error as Error).message.slice(0, 200) };
  }
}

/** Cuts at the commas that are outside of strings, objects and arrays. */
function topLevel(text: string): string[] {
  const pieces: string[] = [];
  let start = 0;
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (inString) {
      if (char === '\\') i++;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === '{' || char === '[') depth++;
    else if (char === '}' || char === ']') depth--;
    else if (char === ',' && depth === 0) {
      pieces.push(text.slice(start, i));
      start = i + 1;
    }
  }
  pieces.push(text.slice(start));
  return pieces.filter((piece) => piece.trim() !== '');
}
