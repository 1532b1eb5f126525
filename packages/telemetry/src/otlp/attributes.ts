import { ProtobufWriter } from './writer.js';

export type Attributes = Record<string, string | number | boolean>;

/** Fields of `KeyValue` and `AnyValue` (opentelemetry/proto/common/v1/common.proto) with their types. */
const KEY = 0x0a;
const VALUE = 0x12;
const TEXT = 0x0a;
const FLAG = 0x10;
const INTEGER = 0x18;
const DOUBLE = 0x21;

/** Names are few and always the same: none is encoded twice. */
const keys = new Map<string, Uint8Array>();
const scratch = new ProtobufWriter();

/**
 * Attributes as a repeated field of `KeyValue`. Whole numbers that are not negative are integers, others are doubles.
 * @param tag of the field
 */
export function writeAttributes(writer: ProtobufWriter, tag: number, attributes: Attributes): void {
  for (const name in attributes) {
    const value = attributes[name] as Attributes[string];
    if (typeof value === 'string') writeText(writer, tag, name, value);
    else {
      scratch.clear();
      if (typeof value === 'boolean') {
        scratch.byte(FLAG);
        scratch.byte(value ? 1 : 0);
      } else if (Number.isSafeInteger(value) && value >= 0) {
        scratch.byte(INTEGER);
        scratch.varint(value);
      } else {
        scratch.byte(DOUBLE);
        scratch.double(value);
      }
      const key = keyOf(name);
      // The value is less than 16 bytes, so that its length is one.
      writer.byte(tag);
      writer.varint(key.length + 2 + scratch.length);
      writer.raw(key);
      writer.byte(VALUE);
      writer.delimited(scratch.bytes);
    }
  }
}

function writeText(writer: ProtobufWriter, tag: number, name: string, value: string): void {
  const key = keyOf(name);
  const size = Buffer.byteLength(value);
  const held = 1 + varintBytes(size) + size;
  writer.byte(tag);
  writer.varint(key.length + 1 + varintBytes(held) + held);
  writer.raw(key);
  writer.byte(VALUE);
  writer.varint(held);
  writer.byte(TEXT);
  writer.sizedText(value, size);
}

function varintBytes(value: number): number {
  let bytes = 1;
  for (let left = value; left >= 0x80; left = Math.floor(left / 0x80)) bytes++;
  return bytes;
}

/** The field `key` of a `KeyValue`. */
function keyOf(name: string): Uint8Array {
  let key = keys.get(name);
  if (key === undefined) {
    const writer = new ProtobufWriter();
    writer.byte(KEY);
    writer.text(name);
    key = writer.bytes;
    keys.set(name, key);
  }
  return key;
}
