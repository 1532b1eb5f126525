import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';

/** A message of fields that are all length-delimited, by number, in the order given. */
export function message(...fields: readonly (readonly [field: number, value: Uint8Array | string])[]): Buffer {
  const writer = new BinaryWriter();
  for (const [field, value] of fields) {
    writer.tag(field, WireType.LengthDelimited);
    if (typeof value === 'string') writer.string(value);
    else writer.bytes(value);
  }
  return Buffer.from(writer.finish());
}

export interface TestSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly name: string;
  readonly startMs: number;
  readonly attributes: Readonly<Record<string, string>>;
}

export function protobufBody({ traceId, spanId, name, startMs, attributes }: TestSpan): Buffer {
  const times = new BinaryWriter().tag(7, WireType.Bit64).fixed64(BigInt(startMs) * 1_000_000n);
  times.tag(8, WireType.Bit64).fixed64(BigInt(startMs) * 1_000_000n + 2_500_000n);
  const pairs = Object.entries(attributes).map(
    ([key, value]) => [9, message([1, key], [2, message([1, value])])] as const,
  );
  const ids = [[1, Buffer.from(traceId, 'hex')] as const, [2, Buffer.from(spanId, 'hex')] as const, [5, name] as const];
  const span = Buffer.concat([message(...ids, ...pairs), times.finish()]);
  return message([1, message([2, message([2, span])])]);
}

export function jsonBody({ traceId, spanId, name, startMs, attributes }: TestSpan): Buffer {
  const span = {
    ...{ traceId, spanId, name, startTimeUnixNano: `${startMs}000000`, endTimeUnixNano: `${startMs + 2}500000` },
    attributes: Object.entries(attributes).map(([key, value]) => ({ key, value: { stringValue: value } })),
  };
  return Buffer.from(JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] }));
}
