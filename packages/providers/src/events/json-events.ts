import type { AnswerEvent, AnswerEvents, UnreadableRange } from './answer-event.js';
import { parsedText, valueOfCut } from './json-text.js';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const COMMA = 0x2c;

/** Objects of a body, whatever stands between them: one, an array of them, one after the other. */
export function jsonEvents(bytes: Buffer): AnswerEvents {
  const reading = new Reading(bytes);
  reading.read();
  return reading.result();
}

class Reading {
  private readonly events: AnswerEvent[] = [];
  private readonly unreadable: UnreadableRange[] = [];
  private isArray = false;
  private isClosed = false;
  /** Start of bytes that belong to no object; -1 while there are none. */
  private strayAt = -1;

  constructor(private readonly bytes: Buffer) {}

  read(): void {
    const { bytes } = this;
    let at = 0;
    while (at < bytes.length) {
      const byte = bytes[at] as number;
      if (byte === OPEN_BRACE) {
        this.endStray(at);
        at = this.readObject(at);
        continue;
      }
      if (byte === OPEN_BRACKET && this.events.length === 0 && !this.isArray) this.isArray = true;
      else if (byte === CLOSE_BRACKET && this.isArray) this.isClosed = true;
      else if (!isBetween(byte) && this.strayAt < 0) this.strayAt = at;
      // A brace in a string that belongs to nothing begins no object.
      at = byte === QUOTE ? endOfString(bytes, at + 1) + 1 : at + 1;
    }
    this.endStray(bytes.length);
  }

  result(): AnswerEvents {
    const { events, unreadable, isArray } = this;
    const isOne = !isArray && events.length === 1;
    if (events.length === 0 && !isArray) return { form: 'none', events, unreadable, isClosed: false };
    const isWhole = isOne && events.every(({ isCut }) => !isCut);
    return {
      form: isArray ? 'array' : isOne ? 'json' : 'lines',
      events,
      unreadable,
      isClosed: isWhole || this.isClosed,
    };
  }

  private readObject(start: number): number {
    const { bytes } = this;
    const close = endOfObject(bytes, start);
    const end = close < 0 ? bytes.length : close;
    const text = bytes.toString('utf8', start, end);
    const parsed = parsedText(text);
    if ('value' in parsed) this.events.push({ ...event(start, end, parsed.value), isCut: false });
    else if (close >= 0 || parsed.fault === 'too_deep') this.unreadable.push({ start, end, reason: parsed.fault });
    else this.readCut(start, text);
    return end;
  }

  /** The end of a body that is one object is read as far as it came; half an event of many is none. */
  private readCut(start: number, text: string): void {
    const isOne = !this.isArray && this.events.length === 0;
    const cut = isOne ? valueOfCut(text) : null;
    const end = this.bytes.length;
    if (cut !== null) this.events.push({ ...event(start, end, cut.value), isCut: true });
    const readBytes = cut === null ? 0 : Buffer.byteLength(text.slice(0, cut.length));
    this.unreadable.push({ start: Math.min(start + readBytes, end), end, reason: 'cut' });
  }

  private endStray(at: number): void {
    if (this.strayAt >= 0) this.unreadable.push({ start: this.strayAt, end: at, reason: 'not_json' });
    this.strayAt = -1;
  }
}

const event = (start: number, end: number, value: unknown) => ({
  start,
  end,
  kind: 'event' as const,
  name: null,
  value,
});

/** White space, a comma, or a byte order mark. */
function isBetween(byte: number): boolean {
  return byte <= 0x20 || byte === COMMA || byte === 0xef || byte === 0xbb || byte === 0xbf;
}

/** Offset past the closing brace; -1 when the bytes end before. */
function endOfObject(bytes: Buffer, start: number): number {
  let depth = 0;
  for (let at = start; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) at = endOfString(bytes, at + 1);
    else if (byte === OPEN_BRACE) depth++;
    else if (byte === CLOSE_BRACE && --depth === 0) return at + 1;
  }
  return -1;
}

function endOfString(bytes: Buffer, from: number): number {
  for (let at = from; at < bytes.length; at++) {
    if (bytes[at] === BACKSLASH) at++;
    else if (bytes[at] === QUOTE) return at;
  }
  return bytes.length;
}
