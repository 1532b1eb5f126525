import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';

export type Encoding = 'protobuf' | 'json';
export const CONTENT_TYPES: Readonly<Record<Encoding, string>> = {
  protobuf: 'application/x-protobuf',
  json: 'application/json',
};

/** An `ExportTraceServiceResponse`. @param message why some were rejected, for people */
export function accepted(encoding: Encoding, rejected: number, message: string): Buffer {
  if (encoding === 'json') {
    const partialSuccess = { rejectedSpans: String(rejected), errorMessage: message };
    return Buffer.from(JSON.stringify(rejected === 0 ? {} : { partialSuccess }));
  }
  const writer = new BinaryWriter();
  if (rejected > 0) {
    writer.tag(1, WireType.LengthDelimited).fork();
    writer.tag(1, WireType.Varint).int64(rejected);
    writer.tag(2, WireType.LengthDelimited).string(message);
    writer.join();
  }
  return Buffer.from(writer.finish());
}

/** HTTP status -> code of google.rpc.Code. */
const RPC_CODES: Readonly<Record<number, number>> = {
  400: 3,
  401: 16,
  403: 7,
  404: 5,
  413: 8,
  429: 8,
  431: 8,
  503: 14,
};
const UNKNOWN = 2;

/** A `google.rpc.Status`, as OTLP wants it with every refusal. */
export function refused(encoding: Encoding, status: number, message: string): Buffer {
  const code = RPC_CODES[status] ?? UNKNOWN;
  if (encoding === 'json') return Buffer.from(JSON.stringify({ code, message }));
  const writer = new BinaryWriter();
  writer.tag(1, WireType.Varint).int32(code);
  writer.tag(2, WireType.LengthDelimited).string(message);
  return Buffer.from(writer.finish());
}
