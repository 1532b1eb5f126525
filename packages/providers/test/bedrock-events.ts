import { EventStreamCodec } from '@smithy/eventstream-codec';

/** One message of a stream as a fixture writes it down. */
export interface FixtureMessage {
  /** Text as it is; other types as `{"byte": 7}`, `{"binary": "<base64>"}`. */
  readonly headers: Readonly<Record<string, string | boolean | Readonly<Record<string, number | string>>>>;
  /** JSON, or text that goes as it is. */
  readonly payload?: unknown;
  /** In place of `payload`: what `{"bytes": <base64>}` is wrapped around. */
  readonly bytes?: unknown;
  /** One bit of the payload or prelude turned, or the message cut before its end. */
  readonly damage?: 'payload' | 'prelude' | 'cut';
}

const utf8 = {
  to: (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8'),
  from: (text: string) => Buffer.from(text),
};
const codec = new EventStreamCodec(utf8.to, utf8.from);

/** The bytes of a stream as AWS's own codec writes them. */
export function encoded(messages: readonly FixtureMessage[]): Buffer {
  return Buffer.concat(messages.map(encodedMessage));
}

type Headers = Parameters<EventStreamCodec['encode']>[0]['headers'];

function encodedMessage({ headers, payload, bytes, damage }: FixtureMessage): Buffer {
  const body = bytes === undefined ? payload : wrapped(bytes);
  const typed = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, typedValue(value)]));
  const message = codec.encode({
    headers: typed as Headers,
    body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
  });
  const encodedBytes = Buffer.from(message);
  if (damage === 'cut') return encodedBytes.subarray(0, encodedBytes.length - 3);
  // Byte 7 is the last of the header length, the sixth from the end belongs to the payload.
  const at = damage === 'prelude' ? 7 : encodedBytes.length - 6;
  if (damage !== undefined) encodedBytes[at] = (encodedBytes[at] as number) ^ 1;
  return encodedBytes;
}

function wrapped(chunk: unknown): object {
  return { bytes: Buffer.from(JSON.stringify(chunk)).toString('base64'), p: 'abcdefghijklmnopq' };
}

function typedValue(value: FixtureMessage['headers'][string]): unknown {
  if (typeof value === 'string') return { type: 'string', value };
  if (typeof value === 'boolean') return { type: 'boolean', value };
  const [type, raw] = Object.entries(value)[0] as [string, number | string];
  switch (type) {
    case 'binary':
      return { type, value: Buffer.from(String(raw), 'base64') };
    case 'timestamp':
      return { type, value: new Date(raw) };
    case 'long':
      return { type, value: int64(BigInt(raw)) };
    default:
      return { type, value: raw };
  }
}

/** What the codec takes for its 64-bit integers. */
function int64(value: bigint): { bytes: Uint8Array } {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(value);
  return { bytes };
}
