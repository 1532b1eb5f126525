/** Bytes of a body, from `start` up to `end`. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

/**
 * Where the values stand that requests repeat from turn to turn: elements of the arrays that are members of the body
 * (messages, tools, system blocks), and members that are none. In their order, of at least `minBytes`.
 * @param body valid JSON
 */
export function repeatedRanges(body: Buffer, minBytes: number): ByteRange[] {
  const ranges: ByteRange[] = [];
  const take = (start: number, end: number) => {
    if (end - start >= minBytes) ranges.push({ start, end });
  };
  const takeElements = (open: number): number => {
    let at = afterSpace(body, open + 1);
    while (at < body.length && body[at] !== CLOSE_BRACKET) {
      const end = endOfValue(body, at);
      take(at, end);
      at = afterSpace(body, end);
      if (body[at] === COMMA) at = afterSpace(body, at + 1);
    }
    return at + 1;
  };
  const first = afterSpace(body, 0);
  if (body[first] === OPEN_BRACKET) takeElements(first);
  if (body[first] !== OPEN_BRACE) return ranges;
  let at = afterSpace(body, first + 1);
  while (body[at] === QUOTE) {
    const colon = afterSpace(body, endOfString(body, at));
    const start = afterSpace(body, colon + 1);
    const isArray = body[start] === OPEN_BRACKET;
    const end = isArray ? takeElements(start) : endOfValue(body, start);
    if (!isArray) take(start, end);
    at = afterSpace(body, end);
    if (body[at] === COMMA) at = afterSpace(body, at + 1);
  }
  return ranges;
}

function afterSpace(body: Buffer, from: number): number {
  let at = from;
  while (at < body.length && (body[at] as number) <= 0x20) at++;
  return at;
}

/** Offset past the closing quote. */
function endOfString(body: Buffer, start: number): number {
  let at = start + 1;
  for (;;) {
    const quote = body.indexOf(QUOTE, at);
    if (quote < 0) return body.length;
    let back = quote - 1;
    while (back >= at && body[back] === BACKSLASH) back--;
    if ((quote - back) % 2 === 1) return quote + 1;
    at = quote + 1;
  }
}

function endOfValue(body: Buffer, start: number): number {
  let depth = 0;
  let at = start;
  while (at < body.length) {
    const byte = body[at] as number;
    if (byte === QUOTE) {
      at = endOfString(body, at);
      if (depth === 0) return at;
      continue;
    }
    if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth++;
    else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      if (depth === 0) return at;
      if (--depth === 0) return at + 1;
    } else if (depth === 0 && (byte === COMMA || byte <= 0x20)) return at;
    at++;
  }
  return at;
}
