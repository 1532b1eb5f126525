import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { isKept } from '../kept-attributes.js';
import {
  type Attributes,
  type AttributeValue,
  cutText,
  emptySpan,
  MAX_ATTRIBUTES,
  MAX_LIST,
  MAX_TEXT,
  noAttributes,
  type OnSpan,
  OtlpFault,
  type OtlpSpan,
  type Scalar,
} from './span.js';

/** Takes a field's value out of the reader; false = it is to be skipped. */
type OnField = (field: number, reader: BinaryReader) => boolean;

/**
 * Reads an `ExportTraceServiceRequest` (https://github.com/open-telemetry/opentelemetry-proto) in one pass and to no other
 * depth than the messages it knows: what is not kept is skipped over by its length and never made into a value.
 * @throws OtlpFault
 */
export function readProtobuf(bytes: Uint8Array, onSpan: OnSpan): void {
  let n = 0;
  at('', () =>
    fields(bytes, { 1: WireType.LengthDelimited }, (_field, reader) => {
      readResourceSpans(reader.bytes(), `resource_spans[${n++}]`, onSpan);
      return true;
    }),
  );
}

function readResourceSpans(bytes: Uint8Array, place: string, onSpan: OnSpan): void {
  const resource = noAttributes();
  const scopes: Uint8Array[] = [];
  at(place, () => {
    // The order of fields is the sender's: what a span needs of its resource may come after it.
    fields(bytes, { 1: WireType.LengthDelimited, 2: WireType.LengthDelimited }, (field, reader) => {
      if (field === 1) at('resource', () => readAttributes(reader.bytes(), 1, resource));
      else scopes.push(reader.bytes());
      return true;
    });
    for (const [n, scope] of scopes.entries()) at(`scope_spans[${n}]`, () => readScopeSpans(scope, resource, onSpan));
  });
}

function readScopeSpans(bytes: Uint8Array, resource: Attributes, onSpan: OnSpan): void {
  let n = 0;
  fields(bytes, { 2: WireType.LengthDelimited }, (_field, reader) => {
    const span = reader.bytes();
    at(`spans[${n++}]`, () => onSpan(readSpan(span), resource));
    return true;
  });
}

const SPAN_FIELDS = {
  ...{ 1: WireType.LengthDelimited, 2: WireType.LengthDelimited, 4: WireType.LengthDelimited },
  ...{ 5: WireType.LengthDelimited, 6: WireType.Varint, 7: WireType.Bit64, 8: WireType.Bit64 },
  ...{ 9: WireType.LengthDelimited, 11: WireType.LengthDelimited, 13: WireType.LengthDelimited },
  ...{ 15: WireType.LengthDelimited },
};

function readSpan(bytes: Uint8Array): OtlpSpan {
  const span = emptySpan();
  fields(bytes, SPAN_FIELDS, (field, reader) => {
    if (field === 1) span.traceId = hexOf(reader.bytes());
    else if (field === 2) span.spanId = hexOf(reader.bytes());
    else if (field === 4) span.parentSpanId = hexOf(reader.bytes());
    else if (field === 5) span.name = textOf(reader.bytes(), 255);
    else if (field === 6) span.kind = reader.int32();
    else if (field === 7) span.startNs = BigInt(reader.fixed64());
    else if (field === 8) span.endNs = BigInt(reader.fixed64());
    else if (field === 9) readKeyValue(reader.bytes(), span.attributes);
    else if (field === 15) span.statusCode = readStatus(reader.bytes());
    else {
      span.leftOut++;
      if (field === 13) return false;
      span.exceptionType = readExceptionType(reader.bytes()) ?? span.exceptionType;
    }
    return true;
  });
  return span;
}

function readStatus(bytes: Uint8Array): number {
  let code = 0;
  fields(bytes, { 3: WireType.Varint }, (_field, reader) => {
    code = reader.int32();
    return true;
  });
  return code;
}

/** The only thing about events that is kept. */
function readExceptionType(bytes: Uint8Array): string | null {
  let type: string | null = null;
  fields(bytes, { 3: WireType.LengthDelimited }, (_field, reader) => {
    const [key, value] = keyAndValue(reader.bytes());
    if (key === 'exception.type') type = scalarText(value);
    return true;
  });
  return type;
}

function scalarText(bytes: Uint8Array): string | null {
  const value = readAnyValue(bytes);
  return typeof value === 'string' ? value : null;
}

function readAttributes(bytes: Uint8Array, of: number, into: Attributes): void {
  fields(bytes, { [of]: WireType.LengthDelimited }, (_field, reader) => {
    readKeyValue(reader.bytes(), into);
    return true;
  });
}

function readKeyValue(bytes: Uint8Array, into: Attributes): void {
  const [key, value] = keyAndValue(bytes);
  const read = isKept(key) && into.kept.size < MAX_ATTRIBUTES ? readAnyValue(value) : null;
  if (read === null) into.leftOut++;
  else into.kept.set(key, read);
}

const NO_BYTES = new Uint8Array();

function keyAndValue(bytes: Uint8Array): [key: string, value: Uint8Array] {
  let key = '';
  let value: Uint8Array = NO_BYTES;
  fields(bytes, { 1: WireType.LengthDelimited, 2: WireType.LengthDelimited }, (field, reader) => {
    if (field === 1) key = textOf(reader.bytes(), 255);
    else value = reader.bytes();
    return true;
  });
  return [key, value];
}

const VALUE_FIELDS = {
  ...{ 1: WireType.LengthDelimited, 2: WireType.Varint, 3: WireType.Varint, 4: WireType.Bit64 },
  5: WireType.LengthDelimited,
};

/** null = it has none, or one of a kind that is not kept. Maps are none, and lists hold no lists. */
function readAnyValue(bytes: Uint8Array, isInList = false): AttributeValue | null {
  let value: AttributeValue | null = null;
  fields(bytes, VALUE_FIELDS, (field, reader) => {
    if (field === 1) value = textOf(reader.bytes(), MAX_TEXT);
    else if (field === 2) value = reader.bool();
    else if (field === 3) value = Number(reader.int64());
    else if (field === 4) value = reader.double();
    else if (isInList) return false;
    else value = readList(reader.bytes());
    return true;
  });
  return value;
}

function readList(bytes: Uint8Array): Scalar[] {
  const list: Scalar[] = [];
  fields(bytes, { 1: WireType.LengthDelimited }, (_field, reader) => {
    if (list.length >= MAX_LIST) return false;
    const value = readAnyValue(reader.bytes(), true);
    if (value !== null) list.push(value as Scalar);
    return true;
  });
  return list;
}

/** @param known fields that are looked at, and how they have to be written */
function fields(bytes: Uint8Array, known: Readonly<Record<number, WireType>>, on: OnField): void {
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [field, wire] = reader.tag();
    const wanted = known[field];
    if (wanted !== undefined && wanted !== wire) {
      throw new OtlpFault('', `field ${field} is of wire type ${wire} in place of ${wanted}`);
    }
    if (wanted === undefined || !on(field, reader)) reader.skip(wire, field);
  }
}

function at(place: string, read: () => void): void {
  try {
    read();
  } catch (error) {
    throw OtlpFault.within(place, error);
  }
}

const bufferOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
/** No id is longer; one that is too long stays too long. */
const hexOf = (bytes: Uint8Array): string => bufferOf(bytes.subarray(0, 32)).toString('hex');
/** A character takes at most 4 bytes. */
const textOf = (bytes: Uint8Array, max: number): string => cutText(bufferOf(bytes).toString('utf8', 0, max * 4), max);
