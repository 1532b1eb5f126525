const At = {
  Value: 0,
  Key: 1,
  InKey: 2,
  Colon: 3,
  AfterValue: 4,
  InString: 5,
  InNested: 6,
  InNestedString: 7,
  InScalar: 8,
  Done: 9,
} as const;
type At = (typeof At)[keyof typeof At];

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

/** A key longer than this cannot be one we look for. */
const KEY_MAX_BYTES = 64;

/** More elements of one array than this are not kept. */
const LIST_MAX_ITEMS = 4_096;

interface Wanted {
  readonly path: string | null;
  readonly members: Map<string, Wanted>;
  /** Every element of an array that is looked into; null where an object is. */
  readonly items: Wanted | null;
  /** The path leads through an array, so that its member may be found many times. */
  readonly isListed: boolean;
}

interface Found {
  start: number;
  /** -1 while the value is still open. */
  end: number;
  /** Of a value that is cut by the end of a push. */
  pieces: Buffer[];
  bytes: number;
  /** Null while the value is open, and for good when it is too long. */
  text: string | null;
  readonly list: List | null;
}

interface List {
  readonly texts: (string | null)[];
  bytes: number;
}

/** Where a member's value stands, in bytes from the first byte pushed. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Name of a path's step into the elements of an array. */
const ITEMS = '[]';

function wantedTree(paths: readonly (readonly string[])[], path: string | null, isListed: boolean): Wanted {
  const groups = new Map<string, string[][]>();
  for (const [key, ...rest] of paths) {
    if (key !== undefined) groups.set(key, [...(groups.get(key) ?? []), rest]);
  }
  const members = new Map<string, Wanted>();
  for (const [key, rests] of groups) {
    const at = path === null ? key : `${path}.${key}`;
    members.set(key, wantedTree(rests, at, isListed || key === ITEMS));
  }
  const items = members.get(ITEMS) ?? null;
  return { path: members.size === 0 ? path : null, members, items, isListed };
}

/**
 * Paths to look for, prepared once and used by many scanners. A path may not be the parent of another one. `[]` stands
 * for every element of an array: `candidates.[].finishReason`.
 */
export class MemberPaths {
  readonly root: Wanted;
  /** Keys are looked up as a lenient parser might read them. */
  readonly isLenient: boolean;

  /**
   * @param occurrences `every`: each member counts of several with equal keys, and of keys in another case; `texts` and
   * `values` then hold them in order
   */
  constructor(paths: readonly string[], occurrences: 'last' | 'every' = 'last') {
    this.isLenient = occurrences === 'every';
    this.root = wantedTree(
      paths.map((path) => path.split('.')),
      null,
      this.isLenient,
    );
  }
}

/**
 * Finds a few members of one JSON object while its bytes pass by, in any number of pieces, and keeps their text exactly
 * as sent. Linear, never throws, holds nothing but the members asked for (each up to `valueMaxBytes`), so a body of any
 * size can be read without parsing it. It does not validate: what is no JSON merely yields nothing. As in `JSON.parse`,
 * the last of several equal keys counts.
 */
export class MemberScanner {
  private at: At = At.Value;
  private readonly open: Wanted[] = [];
  private wanted: Wanted | null;
  private readonly found = new Map<string, Found>();
  private readonly lists = new Map<string, List>();
  private capture: Found | null = null;
  private captureFrom = 0;
  private key = '';
  private isKeyPlain = true;
  private depth = 0;
  private isEscaped = false;
  /** Bytes pushed before this push, and where this push began in its buffer. */
  private offset = 0;
  private pushedFrom = 0;

  constructor(
    private readonly paths: MemberPaths,
    private readonly valueMaxBytes = 65_536,
  ) {
    this.wanted = paths.root;
  }

  /** Whether the value has ended. */
  get isDone(): boolean {
    return this.at === At.Done;
  }

  reset(): void {
    this.at = At.Value;
    this.open.length = 0;
    this.wanted = this.paths.root;
    this.found.clear();
    this.lists.clear();
    this.capture = null;
    this.depth = 0;
    this.isEscaped = false;
    this.offset = 0;
  }

  /** Text of a member's value exactly as sent, or null when it was not there, has not ended yet or is too long. */
  text(path: string): string | null {
    return this.found.get(path)?.text ?? null;
  }

  /**
   * Texts of what a path through an array found, in order; null stands for a value too long to keep, and for all that
   * come after more than can be kept.
   */
  texts(path: string): readonly (string | null)[] {
    return this.lists.get(path)?.texts ?? [];
  }

  /** A member's value parsed; undefined when there is none or it is no JSON. */
  value(path: string): unknown {
    return parsedText(this.text(path));
  }

  /** What a path through an array found, parsed, as far as it is JSON of a size that is kept. */
  values(path: string): unknown[] {
    return this.texts(path)
      .map(parsedText)
      .filter((value) => value !== undefined);
  }

  span(path: string): Span | null {
    const found = this.found.get(path);
    return found && found.end >= 0 ? { start: found.start, end: found.end } : null;
  }

  /** Returns where it stopped: `to`, or the offset just past the value's last byte. */
  push(bytes: Buffer, from = 0, to = bytes.length): number {
    this.captureFrom = from;
    this.pushedFrom = from;
    let i = from;
    while (i < to && this.at !== At.Done) {
      switch (this.at) {
        case At.InString:
        case At.InNestedString:
          i = this.skipString(bytes, i, to);
          break;
        case At.InNested:
          i = this.skipNested(bytes, i, to);
          break;
        case At.InKey:
          i = this.readKey(bytes, i, to);
          break;
        default:
          i = this.step(bytes, i);
      }
    }
    if (this.capture) this.keep(bytes, to);
    this.offset += to - from;
    return i;
  }

  /** Moves past one byte outside of strings and nested values. */
  private step(bytes: Buffer, i: number): number {
    const byte = bytes[i] as number;
    switch (this.at) {
      case At.Value:
        if (byte > 0x20 && byte !== 0xef && byte !== 0xbb && byte !== 0xbf) return this.beginValue(bytes, i);
        return i + 1;
      case At.Key:
        if (byte === QUOTE) {
          this.at = At.InKey;
          this.key = '';
          this.isKeyPlain = true;
          this.isEscaped = false;
        } else if (byte === CLOSE_BRACE) this.close();
        return i + 1;
      case At.Colon:
        if (byte === COLON) this.beginMember();
        return i + 1;
      case At.InScalar:
        if (byte > 0x20 && byte !== COMMA && byte !== CLOSE_BRACE && byte !== CLOSE_BRACKET) return i + 1;
        this.endValue(bytes, i);
        return i;
      default:
        this.afterValue(byte);
        return i + 1;
    }
  }

  private afterValue(byte: number): void {
    const items = this.open[this.open.length - 1]?.items ?? null;
    if (byte === COMMA && items === null) this.at = At.Key;
    else if (byte === COMMA) {
      this.wanted = items;
      this.at = At.Value;
    } else if (byte === (items === null ? CLOSE_BRACE : CLOSE_BRACKET)) this.close();
  }

  private readKey(bytes: Buffer, from: number, to: number): number {
    let i = from;
    while (i < to && (bytes[i] !== QUOTE || this.isEscaped)) {
      this.isEscaped = bytes[i] === BACKSLASH && !this.isEscaped;
      if (bytes[i] === BACKSLASH) this.isKeyPlain = false;
      i++;
    }
    if (this.key.length <= KEY_MAX_BYTES) {
      this.key += bytes.toString('latin1', from, Math.min(i, from + KEY_MAX_BYTES + 1));
    }
    if (i === to) return to;
    this.at = At.Colon;
    return i + 1;
  }

  private beginMember(): void {
    const parent = this.open[this.open.length - 1] as Wanted;
    const key = this.isKeyPlain ? this.key : unescaped(this.key);
    this.wanted = parent.members.get(this.paths.isLenient ? folded(key) : key) ?? null;
    if (this.wanted) this.forget(this.wanted);
    this.at = At.Value;
  }

  private beginValue(bytes: Buffer, i: number): number {
    const byte = bytes[i] as number;
    const wanted = this.wanted;
    if (wanted?.path != null) {
      const list = wanted.isListed && byte !== CLOSE_BRACKET ? this.listOf(wanted.path) : null;
      this.capture = { start: this.offset + i - this.pushedFrom, end: -1, pieces: [], bytes: 0, text: null, list };
      this.captureFrom = i;
      if (!wanted.isListed) this.found.set(wanted.path, this.capture);
    }
    if (byte === OPEN_BRACE && wanted !== null && wanted.path === null && wanted.items === null) {
      this.open.push(wanted);
      this.at = At.Key;
    } else if (byte === OPEN_BRACKET && wanted !== null && wanted.items !== null) {
      this.open.push(wanted);
      this.wanted = wanted.items;
      this.at = At.Value;
    } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      this.depth = 1;
      this.at = At.InNested;
    } else if (byte === QUOTE) {
      this.isEscaped = false;
      this.at = At.InString;
    } else if (byte === COMMA || byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      // No value where one was due.
      this.endValue(bytes, i);
      return i;
    } else this.at = At.InScalar;
    return i + 1;
  }

  private endValue(bytes: Buffer, end: number): void {
    const { capture } = this;
    if (capture) {
      capture.end = this.offset + end - this.pushedFrom;
      const isWhole = capture.bytes === 0;
      if (!isWhole) this.keep(bytes, end);
      const length = isWhole ? end - this.captureFrom : capture.bytes;
      if (length <= this.valueMaxBytes) {
        capture.text = isWhole
          ? bytes.toString('utf8', this.captureFrom, end)
          : Buffer.concat(capture.pieces).toString('utf8');
      }
      if (capture.list !== null) this.enlist(capture.list, capture.text);
      this.capture = null;
    }
    this.at = this.open.length === 0 ? At.Done : At.AfterValue;
  }

  private listOf(path: string): List {
    const list = this.lists.get(path) ?? { texts: [], bytes: 0 };
    this.lists.set(path, list);
    return list;
  }

  private enlist(list: List, text: string | null): void {
    if (list.texts.length > LIST_MAX_ITEMS || list.bytes > this.valueMaxBytes) return;
    list.bytes += text?.length ?? 0;
    const isKept = list.texts.length < LIST_MAX_ITEMS && list.bytes <= this.valueMaxBytes;
    list.texts.push(isKept ? text : null);
  }

  /** An earlier member of the same name, and what was found inside it, no longer counts. */
  private forget(wanted: Wanted): void {
    if (wanted.path !== null && !wanted.isListed) this.found.delete(wanted.path);
    // Inside an array the elements before this one have members of the same name.
    if (!wanted.isListed) for (const member of wanted.members.values()) this.forgetAll(member);
  }

  private forgetAll(wanted: Wanted): void {
    if (wanted.path !== null) {
      this.found.delete(wanted.path);
      this.lists.delete(wanted.path);
    }
    for (const member of wanted.members.values()) this.forgetAll(member);
  }

  /** Copies the open member's bytes up to `to`; past the limit only their number is kept. */
  private keep(bytes: Buffer, to: number): void {
    const capture = this.capture as Found;
    capture.bytes += to - this.captureFrom;
    if (capture.bytes > this.valueMaxBytes) capture.pieces = [];
    else capture.pieces.push(Buffer.from(bytes.subarray(this.captureFrom, to)));
  }

  private close(): void {
    this.open.pop();
    this.at = this.open.length === 0 ? At.Done : At.AfterValue;
  }

  private skipString(bytes: Buffer, i: number, to: number): number {
    const quote = bytes.indexOf(QUOTE, i);
    const stop = quote < 0 || quote >= to ? to : quote;
    let backslashes = 0;
    while (stop - 1 - backslashes >= i && bytes[stop - 1 - backslashes] === BACKSLASH) backslashes++;
    const isWholeRun = stop - backslashes === i;
    const isEscaped = (backslashes % 2 === 1) !== (isWholeRun && this.isEscaped);
    if (stop === to) {
      this.isEscaped = isEscaped;
      return to;
    }
    this.isEscaped = false;
    if (isEscaped) return stop + 1;
    if (this.at === At.InNestedString) this.at = At.InNested;
    else this.endValue(bytes, stop + 1);
    return stop + 1;
  }

  private skipNested(bytes: Buffer, from: number, to: number): number {
    for (let i = from; i < to; i++) {
      const byte = bytes[i] as number;
      if (byte === QUOTE) {
        this.isEscaped = false;
        this.at = At.InNestedString;
        return i + 1;
      }
      // `{` and `[`, `}` and `]` differ in one bit only.
      const bracket = byte | 0x20;
      if (bracket === OPEN_BRACE) this.depth++;
      else if (bracket === CLOSE_BRACE && --this.depth === 0) {
        this.endValue(bytes, i + 1);
        return i + 1;
      }
    }
    return to;
  }
}

function unescaped(key: string): string {
  try {
    return JSON.parse(`"${key}"`) as string;
  } catch {
    // No valid JSON string, so no key we look for.
    return key;
  }
}

/** Keys are held byte by byte. */
function folded(key: string): string {
  return Buffer.from(key, 'latin1').toString('utf8').normalize('NFKC').toLowerCase().trim();
}

/** A value's text parsed; undefined when there is none or it is no JSON, which counts as not stated. */
function parsedText(text: string | null): unknown {
  if (text === null) return undefined;
  if (text.startsWith('"') && !text.includes('\\')) return text.slice(1, -1);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // What the upstream sent here is no JSON.
    return undefined;
  }
}
