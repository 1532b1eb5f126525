/** Bytes of a header value by its type tag; -1: preceded by a two-byte length. Tags 0 and 1 are `true` and `false`. */
const VALUE_BYTES = [0, 0, 1, 2, 4, 8, -1, -1, 8, 16];
const STRING = 7;

/** Headers of a message that are read; all others are skipped. */
export interface MessageHeaders {
  /** `event`, `exception` or `error`. */
  readonly messageType: string | null;
  readonly eventType: string | null;
  readonly exceptionType: string | null;
  /** Of an unmodelled `error`. */
  readonly errorCode: string | null;
}

type Draft = { -readonly [K in keyof MessageHeaders]: MessageHeaders[K] };

const SLOTS: Readonly<Record<string, keyof MessageHeaders>> = {
  ':message-type': 'messageType',
  ':event-type': 'eventType',
  ':exception-type': 'exceptionType',
  ':error-code': 'errorCode',
};

/**
 * Reads the header section of one message as far as it is well-formed.
 * (https://smithy.io/2.0/aws/amazon-eventstream.html)
 */
export function readHeaders(bytes: Buffer, from: number, to: number): MessageHeaders {
  const headers: Draft = { messageType: null, eventType: null, exceptionType: null, errorCode: null };
  let at = from;
  while (at < to) {
    const nameEnd = at + 1 + (bytes[at] as number);
    if (nameEnd + 1 > to) break;
    const tag = bytes[nameEnd] as number;
    let length = VALUE_BYTES[tag];
    let valueAt = nameEnd + 1;
    if (length === undefined) break;
    if (length < 0) {
      if (valueAt + 2 > to) break;
      length = bytes.readUInt16BE(valueAt);
      valueAt += 2;
    }
    if (valueAt + length > to) break;
    const slot = tag === STRING ? SLOTS[bytes.toString('latin1', at + 1, nameEnd)] : undefined;
    if (slot !== undefined) headers[slot] = bytes.toString('utf8', valueAt, valueAt + length);
    at = valueAt + length;
  }
  return headers;
}
