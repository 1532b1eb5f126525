/** The fields of one protobuf message (https://protobuf.dev/programming-guides/encoding/), looked up by number. */
export interface Fields {
  messages(number: number): Fields[];
  text(number: number): string | undefined;
  /** Of bytes; empty where there are none. */
  hex(number: number): string;
  integer(number: number): number | undefined;
  flag(number: number): boolean | undefined;
  fixed(number: number): number;
  double(number: number): number | undefined;
  /** Packed. */
  doubles(number: number): number[];
}

const VARINT = 0;
const FIXED64 = 1;
const LENGTH = 2;

export function fieldsOf(bytes: Buffer): Fields {
  const found = new Map<number, (Buffer | bigint)[]>();
  let at = 0;
  const varint = () => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at++] as number;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  const take = (length: number) => {
    at += length;
    return bytes.subarray(at - length, at);
  };
  while (at < bytes.length) {
    const tag = Number(varint());
    const type = tag & 7;
    const value = type === VARINT ? varint() : take(type === LENGTH ? Number(varint()) : type === FIXED64 ? 8 : 4);
    found.set(tag >> 3, [...(found.get(tag >> 3) ?? []), value]);
  }
  const buffers = (number: number) => (found.get(number) ?? []).filter((value) => Buffer.isBuffer(value));
  const integer = (number: number) => {
    const value = found.get(number)?.at(-1);
    return typeof value === 'bigint' ? Number(BigInt.asIntN(64, value)) : undefined;
  };
  return {
    messages: (number) => buffers(number).map(fieldsOf),
    text: (number) => buffers(number).at(-1)?.toString(),
    hex: (number) => buffers(number).at(-1)?.toString('hex') ?? '',
    integer,
    flag: (number) => (integer(number) === undefined ? undefined : integer(number) === 1),
    fixed: (number) => Number(buffers(number).at(-1)?.readBigUInt64LE() ?? 0n),
    double: (number) => buffers(number).at(-1)?.readDoubleLE(),
    doubles: (number) =>
      buffers(number).flatMap((packed) =>
        Array.from({ length: packed.length / 8 }, (_, index) => packed.readDoubleLE(index * 8)),
      ),
  };
}
