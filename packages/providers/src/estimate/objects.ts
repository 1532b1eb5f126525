const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN = 0x7b;
const CLOSE = 0x7d;

/** A whole body as JSON objects, whatever stands between them: one object, an array of them, one a line. */
export function objectsIn(bytes: Buffer): unknown[] {
  const objects: unknown[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) at = endOfString(bytes, at + 1);
    else if (byte === OPEN && depth++ === 0) start = at;
    else if (byte === CLOSE && depth > 0 && --depth === 0) push(objects, bytes.toString('utf8', start, at + 1));
  }
  return objects;
}

/** Server-sent events whose data is JSON; an event that is cut off says nothing. */
export function sseObjectsIn(bytes: Buffer): unknown[] {
  const objects: unknown[] = [];
  for (const event of bytes.toString('utf8').split(/(?:\r\n|\r(?!\n)|\n){2}/)) {
    const data = event
      .split(/\r\n|\r|\n/)
      .filter((line) => line.startsWith('data:'))
      .map((line) => line.slice(line.startsWith('data: ') ? 6 : 5));
    if (data.length > 0) push(objects, data.join('\n'));
  }
  return objects;
}

const PRELUDE_BYTES = 12;
const CHECKSUM_BYTES = 4;

/** Payloads of AWS's event stream; those that wrap a model's own event in base64 are unwrapped. */
export function awsObjectsIn(bytes: Buffer): unknown[] {
  const objects: unknown[] = [];
  for (let at = 0; at + PRELUDE_BYTES <= bytes.length; ) {
    const total = bytes.readUInt32BE(at);
    const payloadAt = at + PRELUDE_BYTES + bytes.readUInt32BE(at + 4);
    const end = at + total;
    if (total < PRELUDE_BYTES + CHECKSUM_BYTES || end > bytes.length || payloadAt > end - CHECKSUM_BYTES) break;
    push(objects, bytes.toString('utf8', payloadAt, end - CHECKSUM_BYTES));
    at = end;
  }
  return objects.map(unwrapped);
}

function unwrapped(payload: unknown): unknown {
  const wrapped = (payload as { bytes?: unknown } | null)?.bytes;
  if (typeof wrapped !== 'string') return payload;
  const inner: unknown[] = [];
  push(inner, Buffer.from(wrapped, 'base64').toString('utf8'));
  return inner[0];
}

function push(objects: unknown[], text: string): void {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) objects.push(value);
  } catch {
    // `[DONE]`, or an event that is cut or broken: it has no text to count.
  }
}

function endOfString(bytes: Buffer, from: number): number {
  for (let at = from; at < bytes.length; at++) {
    if (bytes[at] === BACKSLASH) at++;
    else if (bytes[at] === QUOTE) return at;
  }
  return bytes.length;
}
