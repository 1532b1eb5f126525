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

interface Wanted {
  readonly path: string | null;
  readonly members: Map<string, Wanted>;
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
}

/** Where a member's value stands, in bytes from the first byte pushed. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

function wantedTree(paths: readonly string[]): Wanted {
  const root: Wanted = { path: null, members: new Map() };
  for (const path of paths) {
    let node = root;
    const keys = path.split('.');
    for (const [index, key] of keys.entries()) {
      const old = node.members.get(key);
      const next: Wanted = {
        path: index === keys.length - 1 ? path : (old?.path ?? null),
        members: old?.members ?? new Map(),
      };
      node.members.set(key, next);
      node = next;
    }
  }
  return root;
}

/** Paths to look for, prepared once and used by many scanners. A path may not be the parent of another one. */
export class MemberPaths {
  readonly root: Wanted;

  constructor(paths: readonly string[]) {
    this.root = wantedTree(paths);
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
    this.capture = null;
    this.depth = 0;
    this.isEscaped = false;
    this.offset = 0;
  }

  /** Text of a member's value exactly as sent, or null when it was not there, has not ended yet or is too long. */
  text(path: string): string | null {
    return this.found.get(path)?.text ?? null;
  }

  /** A member's value parsed; undefined when there is none or it is no JSON. */
  value(path: string): unknown {
    const text = this.text(path);
    if (text === null) return undefined;
    if (text.startsWith('"') && !text.includes('\\')) return text.slice(1, -1);
    try {
      return JSON.parse(text) as unknown;
    } catch {
      // What the upstream sent here is no JSON; the caller treats it as not stated.
      return undefined;
    }
  }

  span(path: string): Span | null {
    const found = this.found.get(path);
    return found && found.end >= 0 ? { start: found.start, end: found.end } : null;
  }

  push(bytes: Buffer, from = 0, to = bytes.length): void {
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
        } else if (byte === CLOSE_BRACE) this.closeObject();
        return i + 1;
      case At.Colon:
        if (byte === COLON) this.beginMember();
        return i + 1;
      case At.InScalar:
        if (byte > 0x20 && byte !== COMMA && byte !== CLOSE_BRACE && byte !== CLOSE_BRACKET) return i + 1;
        this.endValue(bytes, i);
        return i;
      default:
        if (byte === COMMA) this.at = At.Key;
        else if (byte === CLOSE_BRACE) this.closeObject();
        return i + 1;
    }
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
    this.wanted = parent.members.get(key) ?? null;
    if (this.wanted) forget(this.found, this.wanted);
    this.at = At.Value;
  }

  private beginValue(bytes: Buffer, i: number): number {
    const byte = bytes[i] as number;
    const wanted = this.wanted;
    if (wanted?.path != null) {
      this.capture = { start: this.offset + i - this.pushedFrom, end: -1, pieces: [], bytes: 0, text: null };
      this.captureFrom = i;
      this.found.set(wanted.path, this.capture);
    }
    if (byte === OPEN_BRACE && wanted !== null && wanted.path === null) {
      this.open.push(wanted);
      this.at = At.Key;
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
      this.capture = null;
    }
    this.at = this.open.length === 0 ? At.Done : At.AfterValue;
  }

  /** Copies the open member's bytes up to `to`; past the limit only their number is kept. */
  private keep(bytes: Buffer, to: number): void {
    const capture = this.capture as Found;
    capture.bytes += to - this.captureFrom;
    if (capture.bytes > this.valueMaxBytes) capture.pieces = [];
    else capture.pieces.push(Buffer.from(bytes.subarray(this.captureFrom, to)));
  }

  private closeObject(): void {
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

/** An earlier member of the same name, and what was found inside it, no longer counts. */
function forget(found: Map<string, Found>, wanted: Wanted): void {
  if (wanted.path !== null) found.delete(wanted.path);
  for (const member of wanted.members.values()) forget(found, member);
}
